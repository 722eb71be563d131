import Foundation
import Glibc
import Synchronization

/// Answers as kube-proxy does at a `healthCheckNodePort`.
final class HealthServer: Sendable {
    let port: Int
    private let listener: Int32
    private let endpoints: Mutex<Int?>
    private let requests = Atomic(0)

    /// A server on a free port that says that there is no endpoint.
    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        endpoints = Mutex(0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = bind(listener, address, length)
                _ = getsockname(listener, address, &length)
            }
        }
        listen(listener, 16)
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                self?.answer(client)
                close(client)
            }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// How many requests were answered.
    var count: Int { requests.load(ordering: .relaxed) }

    /// How many endpoints there are; nil closes every connection without an answer.
    func say(_ count: Int?) { endpoints.withLock { $0 = count } }

    private func answer(_ client: Int32) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        guard recv(client, &buffer, buffer.count, 0) > 0, let count = endpoints.withLock({ $0 }) else { return }
        requests.add(1, ordering: .relaxed)
        let body = #"{"service":{"namespace":"n","name":"s"},"localEndpoints":\#(count)}"#
        let status = count > 0 ? "200 OK" : "503 Service Unavailable"
        let text =
            "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nConnection: close\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        _ = send(client, text, text.utf8.count, Int32(MSG_NOSIGNAL))
    }
}
