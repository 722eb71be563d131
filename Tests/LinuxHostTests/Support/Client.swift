import CLinux
import Glibc

@testable import LinuxHost

/// A client of a control socket; nothing that it does waits.
struct Client: ~Copyable {
    private let descriptor: FileDescriptor

    init(_ path: String) throws { descriptor = try Self.connected(to: path) }

    private static func connected(to path: String) throws -> FileDescriptor {
        let descriptor = try FileDescriptor.socket(family: AF_UNIX, kind: SOCK_STREAM, protocol: 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let number = descriptor.rawValue
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw SystemCallError("connect", errorNumber: errno) }
        return descriptor
    }

    func say(_ text: String) { _ = text.withCString { send(descriptor.rawValue, $0, strlen($0), Int32(MSG_NOSIGNAL)) } }

    /// What can be read, and whether the other side has closed.
    func hear() -> (text: String, isClosed: Bool) {
        var heard: [UInt8] = []
        var octets = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(descriptor.rawValue, &octets, octets.count, Int32(MSG_DONTWAIT))
            let isClosed = count == 0 || count < 0 && errno == ECONNRESET
            guard count > 0 else { return (String(decoding: heard, as: UTF8.self), isClosed) }
            heard.append(contentsOf: octets[..<count])
        }
    }

    func endInput() { shutdown(descriptor.rawValue, Int32(SHUT_WR)) }
}
