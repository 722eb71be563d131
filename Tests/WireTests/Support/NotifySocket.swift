import Glibc

/// The socket of a service manager.
final class NotifySocket {
    /// What a program is given as `NOTIFY_SOCKET`.
    let path: String
    private let descriptor: Int32

    /// Makes the socket.
    init(path: String) throws {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let outcome = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard outcome == 0 else { throw Failure(number: errno) }
    }

    struct Failure: Error { let number: Int32 }

    /// The first line of each message that has arrived.
    func messages() -> [String] {
        var result: [String] = []
        var octets = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &octets, octets.count, Int32(MSG_DONTWAIT))
            guard count > 0 else { return result }
            let text = String(decoding: octets[..<count], as: UTF8.self)
            result.append(String(text.prefix { $0 != "\n" }))
        }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }
}
