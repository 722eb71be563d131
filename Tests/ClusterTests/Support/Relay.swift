import Foundation
import Glibc
import NetworkLab

/// Lets programs on a host of a lab, which has no way out, reach a server of the machine: a port of the host leads to it.
final class Relay: Sendable {
    /// The port on the host, at 127.0.0.1.
    let port: Int
    private let listener: Int32

    /// A way from a host to a port of 127.0.0.1 here.
    init(from host: NetworkLab.Host, to destination: Int) async throws {
        // A socket stays in the network that it was made in, whoever uses it.
        (listener, port) = try await host.namespace.perform {
            let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            guard Self.call(bind, socket, port: 0), listen(socket, 16) == 0 else { throw Failure(code: errno) }
            var address = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(socket, $0, &length) }
            }
            return (socket, Int(UInt16(bigEndian: address.sin_port)))
        }
        let listener = listener
        Thread.detachNewThread {
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                let server = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
                guard Self.call(connect, server, port: destination) else {
                    close(client)
                    close(server)
                    continue
                }
                Self.copy(from: client, to: server)
                Self.copy(from: server, to: client)
            }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    private struct Failure: Error { let code: Int32 }

    /// Binds or connects a socket to a port of 127.0.0.1.
    private static func call(
        _ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32, _ socket: Int32, port: Int
    ) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = UInt16(port).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                function(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    /// Copies until the source ends, and ends the destination then.
    private static func copy(from source: Int32, to destination: Int32) {
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            while true {
                let count = recv(source, &buffer, buffer.count, 0)
                guard count > 0, send(destination, buffer, count, Int32(MSG_NOSIGNAL)) == count else { break }
            }
            // The descriptors are left to the end of the process: the other direction may still use them.
            shutdown(destination, Int32(SHUT_RDWR))
            shutdown(source, Int32(SHUT_RDWR))
        }
    }
}
