import CLinux
import Glibc

/// One connection to the control socket: what was read and not yet answered, and what was answered and not yet sent.
struct ControlClient: ~Copyable {
    /// What is to become of a client after it was served.
    enum Fate {
        /// It stays.
        case stays
        /// It is to be closed: it went away, broke the rules, or got all that it asked for and will ask no more.
        case ends
    }

    /// The longest request, its line end included.
    static let longestRequest = 64 << 10
    /// What a watcher may be behind with broadcasts before it is given up; the answers that it has asked for do not count.
    static let longestBacklog = 1 << 20
    /// What is sent at once of a long answer, so that one client does not keep the engine busy.
    private static let sentOctetsAtOnce = 256 << 10
    /// What is read at once, so that one client does not keep the engine busy.
    private static let readOctets = 16 << 10

    private let descriptor: FileDescriptor
    private var input: [UInt8] = []
    /// Where the oldest request ends; nil while all that was read is the beginning of one.
    private var requestEnd: Int?
    /// What waits to be sent, the oldest first.
    private var output: [Portion] = []
    /// How much of the first portion is sent.
    private var sentOctets = 0
    /// The broadcasts that wait for an answer, behind which they belong.
    private var heldBroadcasts: [UInt8] = []
    /// The octets of broadcasts that are neither sent nor given up.
    private var backlog = 0
    /// How many of the next broadcasts are older than the answer with which the client began to watch.
    private var olderBroadcasts = 0
    private var hasEnded = false
    /// Whether the client gets what is broadcast.
    private(set) var isWatching = false
    /// Whether a request of the client is being answered, which takes longer than a turn.
    private(set) var isWaiting = false
    /// Whether that answer is the one behind which broadcasts belong.
    private var holdsBroadcasts = false

    /// Octets that wait to be sent.
    private struct Portion {
        /// At which length broadcasts begin another portion, so that sent ones do not take up memory for ever.
        static let usualLength = 64 << 10

        var octets: [UInt8]
        /// Whether it is an answer, and no broadcasts.
        let isAnswer: Bool
    }

    /// Takes over a connection.
    init(owning descriptor: consuming FileDescriptor) { self.descriptor = descriptor }

    /// What is ready while the client has something to say or has room.
    var fileDescriptor: Int32 { descriptor.rawValue }

    /// What the connection is to be watched for now.
    ///
    /// A client that does not take its answers, or waits for one, is not asked for more requests.
    var interest: EventLoop.Interest {
        if hasOutput { return .writing }
        return hasEnded || isWaiting ? [] : .reading
    }

    /// Whether something waits to be sent.
    var hasOutput: Bool { !output.isEmpty }

    /// Whether a whole request waits to be answered.
    var hasRequest: Bool { !hasOutput && !isWaiting && requestEnd != nil }

    /// Whether the client neither watches nor has asked for anything that it has not got.
    var isIdle: Bool { !isWatching && !isWaiting && !hasOutput && !hasRequest }

    /// Reads what the client says, up to a bound.
    mutating func read(into scratch: UnsafeMutableRawBufferPointer) -> Fate {
        guard !hasEnded else { return .stays }
        let number = descriptor.rawValue
        let length = min(scratch.count, Self.readOctets, Self.longestRequest - input.count)
        guard length > 0 else { return hasRequest ? .stays : .ends }
        let outcome = retrying { recv(number, scratch.baseAddress, length, Int32(MSG_DONTWAIT)) }
        if outcome.result < 0 { return outcome.errorNumber == EAGAIN ? .stays : .ends }
        if outcome.result == 0 {
            hasEnded = true
            return isWatching || isWaiting || hasOutput || hasRequest ? .stays : .ends
        }
        let known = input.count
        input.append(contentsOf: scratch[..<Int(outcome.result)])
        // Not from its beginning: a request that comes in small pieces would be searched anew with each of them.
        if requestEnd == nil { findRequest(from: known) }
        return .stays
    }

    private mutating func findRequest(from start: Int) {
        requestEnd = input[start...].firstIndex(of: UInt8(ascii: "\n"))
    }

    /// Answers the oldest request, if a whole one waits.
    mutating func answerNext(_ answer: (ArraySlice<UInt8>) -> ClientAnswer) -> Fate {
        guard !hasOutput, !isWaiting, let end = requestEnd else {
            return !isWaiting && input.count >= Self.longestRequest ? .ends : .stays
        }
        let reply = answer(input[..<end])
        input.removeFirst(end + 1)
        findRequest(from: 0)
        if reply.startsWatching {
            if !isWatching { olderBroadcasts = reply.olderBroadcasts }
            isWatching = true
        }
        guard let octets = reply.octets else {
            isWaiting = true
            holdsBroadcasts = reply.startsWatching
            return .stays
        }
        append(octets, isAnswer: true)
        return send()
    }

    /// Answers the request that the client waits for.
    mutating func answerWaiting(_ octets: [UInt8]) -> Fate {
        guard isWaiting else { return .stays }
        isWaiting = false
        holdsBroadcasts = false
        append(octets, isAnswer: true)
        append(heldBroadcasts, isAnswer: false)
        heldBroadcasts = []
        return send()
    }

    /// Puts something that was not asked for behind what waits to be sent, and behind the answer with which the client begins
    /// to watch.
    mutating func broadcast(_ octets: [UInt8]) -> Fate {
        guard olderBroadcasts == 0 else {
            olderBroadcasts -= 1
            return .stays
        }
        guard backlog + octets.count <= Self.longestBacklog else { return .ends }
        backlog += octets.count
        guard !holdsBroadcasts else {
            heldBroadcasts.append(contentsOf: octets)
            return .stays
        }
        append(octets, isAnswer: false)
        return send()
    }

    private mutating func append(_ octets: [UInt8], isAnswer: Bool) {
        guard !octets.isEmpty else { return }
        if !isAnswer, let last = output.indices.last, !output[last].isAnswer,
            output[last].octets.count < Portion.usualLength
        {
            output[last].octets.append(contentsOf: octets)
        } else {
            // A long answer is not copied.
            output.append(Portion(octets: octets, isAnswer: isAnswer))
        }
    }

    /// Sends what the client has room for, up to a bound.
    mutating func send() -> Fate {
        let number = descriptor.rawValue
        var allowance = Self.sentOctetsAtOnce
        while hasOutput, allowance > 0 {
            let outcome = output[0].octets.withUnsafeBytes { octets in
                let next = UnsafeRawBufferPointer(rebasing: octets[sentOctets...].prefix(allowance))
                return retrying {
                    Glibc.send(number, next.baseAddress, next.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
                }
            }
            if outcome.result < 0 { return outcome.errorNumber == EAGAIN ? .stays : .ends }
            sentOctets += outcome.result
            allowance -= outcome.result
            if !output[0].isAnswer { backlog -= outcome.result }
            guard sentOctets == output[0].octets.count else { continue }
            output.removeFirst()
            sentOctets = 0
        }
        return hasEnded && !isWatching && !isWaiting && !hasRequest && !hasOutput ? .ends : .stays
    }
}
