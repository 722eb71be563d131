import Glibc
public import VRRP

/// A connection to vrrpd's control socket; closed when it goes out of scope.
///
/// Blocks, so it belongs into programs, or on threads, that do nothing else meanwhile.
public struct ControlClient: ~Copyable {
    private let descriptor: Int32
    /// What was received behind the last line.
    private var received: [UInt8] = []
    /// Where in `received` the search for a line feed goes on.
    private var searched = 0

    /// Connects to the socket at `path`.
    public init(path: String = ControlEndpoint.defaultPath) throws(ControlClientError) {
        descriptor = try Self.connect(to: path)
    }

    deinit { close(descriptor) }

    /// Sends a request.
    public func send(_ request: ControlRequest) throws(ControlClientError) {
        var rest = request.line[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { octets in
                Glibc.send(descriptor, octets.baseAddress, octets.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0 {
                let code = errno
                if code == EINTR { continue }
                throw .broken(reason: reasonText(code))
            }
            rest = rest.dropFirst(count)
        }
    }

    /// The next answer.
    ///
    /// - Parameter timeout: How long to wait for the whole line; nil waits for as long as vrrpd keeps the connection.
    /// - Throws: also ``ControlClientError/refused(_:)`` for an answer that says so.
    public mutating func nextAnswer(timeout: Nanoseconds?) throws(ControlClientError) -> ControlAnswer {
        let line = try nextLine(deadline: timeout.map { Self.now + $0 })
        let answer: ControlAnswer
        do { answer = try ControlAnswer(line: line) } catch { throw .notUnderstood(error) }
        if case .failure(let error) = answer { throw .refused(error) }
        return answer
    }

    private static func connect(to path: String) throws(ControlClientError) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let octets = Array(path.utf8)
        guard octets.count < MemoryLayout.size(ofValue: address.sun_path) else { throw .pathTooLong(path) }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: octets) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .unreachable(path: path, errorNumber: errno) }
        // A daemon that is stopped accepts nothing: neither connecting nor sending may then wait for ever.
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                Glibc.connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            let code = errno
            close(descriptor)
            throw .unreachable(path: path, errorNumber: code)
        }
        return descriptor
    }

    private mutating func nextLine(deadline: Instant?) throws(ControlClientError) -> [UInt8] {
        while true {
            if let end = received[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(received[..<end])
                received.removeSubrange(...end)
                searched = 0
                return line
            }
            searched = received.count
            guard received.count <= ControlEndpoint.longestAnswer else { throw .answerTooLong }
            try waitUntilReadable(deadline)
            try receiveMore()
        }
    }

    private func waitUntilReadable(_ deadline: Instant?) throws(ControlClientError) {
        while true {
            var milliseconds: Int32 = -1
            if let deadline {
                let left = deadline - Self.now
                guard left > .zero else { throw .timedOut }
                milliseconds = Int32(clamping: (left.rawValue + 999_999) / 1_000_000)
            }
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let result = poll(&entry, 1, milliseconds)
            if result > 0 { return }
            let code = errno
            if result < 0, code != EINTR { throw .broken(reason: reasonText(code)) }
        }
    }

    private mutating func receiveMore() throws(ControlClientError) {
        var count = 0
        var code: Int32 = 0
        received.append(addingCapacity: 64 << 10) { room in
            room.withUnsafeMutableBufferPointer { memory, filled in
                count = recv(descriptor, memory.baseAddress, memory.count, 0)
                code = errno
                filled = max(count, 0)
            }
        }
        if count == 0 { throw .closed }
        if count < 0, code != EINTR { throw .broken(reason: reasonText(code)) }
    }

    private static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
