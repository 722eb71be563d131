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
    /// What a watcher may be behind before it is given up.
    static let longestBacklog = 1 << 20
    /// What is read at once, so that one client does not keep the engine busy.
    private static let readOctets = 16 << 10

    private let descriptor: FileDescriptor
    private var input: [UInt8] = []
    /// Where the oldest request ends; nil while all that was read is the beginning of one.
    private var requestEnd: Int?
    private var output: [UInt8] = []
    private var sentOctets = 0
    private var hasEnded = false
    /// Whether the client gets what is broadcast.
    private(set) var isWatching = false
    /// Whether a request of the client is being answered, which takes longer than a turn.
    private(set) var isWaiting = false

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
    var hasOutput: Bool { sentOctets < output.count }

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
        if reply.startsWatching { isWatching = true }
        guard let octets = reply.octets else {
            isWaiting = true
            return .stays
        }
        output.append(contentsOf: octets)
        return send()
    }

    /// Answers the request that the client waits for.
    mutating func answerWaiting(_ octets: [UInt8]) -> Fate {
        guard isWaiting else { return .stays }
        isWaiting = false
        output.append(contentsOf: octets)
        return send()
    }

    /// Puts something that was not asked for behind what waits to be sent.
    mutating func broadcast(_ octets: [UInt8]) -> Fate {
        guard output.count - sentOctets + octets.count <= Self.longestBacklog else { return .ends }
        output.append(contentsOf: octets)
        return send()
    }

    /// Sends what the client has room for.
    mutating func send() -> Fate {
        let number = descriptor.rawValue
        while hasOutput {
            let outcome = output.withUnsafeBytes { octets in
                let rest = UnsafeRawBufferPointer(rebasing: octets[sentOctets...])
                return retrying {
                    Glibc.send(number, rest.baseAddress, rest.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
                }
            }
            if outcome.result < 0 { return outcome.errorNumber == EAGAIN ? .stays : .ends }
            sentOctets += outcome.result
        }
        output.removeAll(keepingCapacity: sentOctets <= Self.longestRequest)
        sentOctets = 0
        return hasEnded && !isWatching && !isWaiting && !hasRequest ? .ends : .stays
    }
}
