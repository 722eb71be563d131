import Foundation
import Glibc

/// A server at a path of its own that serves one client with fixed octets on a thread of its own.
final class OneShotServer: Sendable {
    let path: String
    private let listener: Int32

    /// - Parameters:
    ///   - chunks: what is sent, each in a write of its own, after a request was received.
    ///   - hangsUp: whether the connection is closed afterwards; otherwise it stays until the server goes.
    init(sending chunks: [[UInt8]], hangsUp: Bool = true) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("vrrpctl-\(UUID()).sock").path
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, listen(listener, 1) == 0 else { throw POSIXError(.EADDRINUSE) }
        Thread.detachNewThread {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            var request = [UInt8](repeating: 0, count: 4096)
            _ = recv(client, &request, request.count, 0)
            for chunk in chunks {
                _ = Glibc.send(client, chunk, chunk.count, Int32(MSG_NOSIGNAL))
                usleep(500)
            }
            // Without hanging up, the connection lives until the client ends it.
            if !hangsUp { _ = recv(client, &request, request.count, 0) }
            close(client)
        }
    }

    deinit {
        close(listener)
        unlink(path)
    }
}
