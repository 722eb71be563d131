import CLinux
import Glibc
import Synchronization

/// Ports of 127.0.0.1 for servers that a test or a demonstration starts.
public enum LoopbackPort {
    /// Below those that the kernel gives to connections, so that none takes a port between the choice and the server's start.
    private static let range = 20_000..<32_768
    private static let given = Mutex<Set<Int>>([])

    /// A TCP port that nobody has, and that this process has not been given before.
    ///
    /// - Throws: `LabError.systemCall` with `EADDRINUSE` when no port was free in a thousand attempts.
    public static func free() throws -> Int {
        for _ in 0..<1000 {
            let port = Int.random(in: range)
            guard given.withLock({ $0.insert(port).inserted }) else { continue }
            if try isFree(port) { return port }
        }
        throw LabError.systemCall(name: "bind", subject: "127.0.0.1", error: EADDRINUSE)
    }

    private static func isFree(_ port: Int) throws -> Bool {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = try systemCall("socket") { socket(AF_INET, kind, 0) }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
