import Dispatch
import Glibc

/// A connection to a port of this machine that sends whatever it is told, right or wrong.
struct RawConnection: Sendable {
    let descriptor: Int32

    /// - Parameter host: The last octet of the address of 127.0.0.0/8 that it comes from.
    init(port: UInt16, from host: UInt8 = 1) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        // So that a client that reads nothing is noticed early.
        var size: Int32 = 65_536
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        let bound = Self.with(host, port: 0) { bind(descriptor, $0, $1) }
        guard bound == 0 else { throw RawConnectionError(number: errno) }
        let result = Self.with(1, port: port) { connect(descriptor, $0, $1) }
        guard descriptor >= 0, result == 0 else { throw RawConnectionError(number: errno) }
    }

    private static func with(
        _ host: UInt8, port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = (0x7F00_0000 | UInt32(host)).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }

    func send(_ text: String) {
        let octets = Array(text.utf8)
        _ = octets.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    /// What comes until `isEnough`, until the server closes the connection or until the time is up.
    func receive(
        within limit: Duration = .seconds(40), until isEnough: (@Sendable (String) -> Bool)? = nil
    ) async -> (text: String, isClosed: Bool) {
        // A thread of its own waits: those of tasks are the server's as well.
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var received: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 65_536)
                let end = ContinuousClock.now + limit
                while ContinuousClock.now < end {
                    var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                    guard poll(&item, 1, 20) > 0 else { continue }
                    let count = read(descriptor, &buffer, buffer.count)
                    guard count > 0 else {
                        return continuation.resume(returning: (String(decoding: received, as: UTF8.self), true))
                    }
                    received += buffer.prefix(count)
                    if let isEnough, isEnough(String(decoding: received, as: UTF8.self)) { break }
                }
                continuation.resume(returning: (String(decoding: received, as: UTF8.self), false))
            }
        }
    }

    /// Takes some octets now and then until the server closes the connection; returns how many came.
    func receiveSlowly(_ most: Int, everyMilliseconds pause: UInt32) async -> Int {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var count = 0
                var buffer = [UInt8](repeating: 0, count: most)
                while true {
                    let new = read(descriptor, &buffer, buffer.count)
                    guard new > 0 else { return continuation.resume(returning: count) }
                    count += new
                    usleep(pause * 1000)
                }
            }
        }
    }

    /// Waits until something has come, and leaves it where it is.
    func waitForArrival() async throws {
        for _ in 0..<1200 {
            var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&item, 1, 0) > 0 { return }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    func close() { Glibc.close(descriptor) }
}

struct RawConnectionError: Error {
    let number: Int32
}
