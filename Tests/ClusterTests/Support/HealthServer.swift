import Foundation
import Glibc
import class NetworkLab.Host
import Synchronization

/// Answers as kube-proxy does at a `healthCheckNodePort`.
final class HealthServer: Sendable {
    let port: Int
    private let listener: Int32
    private let answer = Mutex(Answer.endpoints(0))
    private let requests = Atomic(0)

    private enum Answer {
        case endpoints(Int)
        case nothing
        case endless
    }

    /// A server on a free port that says that there is no endpoint.
    ///
    /// - Parameters:
    ///   - address: The one address that it listens on.
    ///   - host: The host of a lab that it is on; nil for the network of the tests.
    init(at address: String = "127.0.0.1", on host: NetworkLab.Host? = nil) async throws {
        if let host {
            (listener, port) = try await host.namespace.perform { try Self.listen(at: address) }
        } else {
            (listener, port) = try Self.listen(at: address)
        }
        let listener = listener
        Thread.detachNewThread { [weak self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                Thread.detachNewThread { [weak self] in
                    self?.answer(client)
                    close(client)
                }
            }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    private struct Failure: Error { let code: Int32 }

    private static func listen(at address: String) throws -> (descriptor: Int32, port: Int) {
        let isIPv6 = address.contains(":")
        let descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var storage = sockaddr_storage()
        var length = socklen_t(isIPv6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutableBytes(of: &storage) { bytes -> Int32 in
            if isIPv6 {
                var name = sockaddr_in6()
                name.sin6_family = sa_family_t(AF_INET6)
                inet_pton(AF_INET6, address, &name.sin6_addr)
                bytes.storeBytes(of: name, as: sockaddr_in6.self)
            } else {
                var name = sockaddr_in()
                name.sin_family = sa_family_t(AF_INET)
                inet_pton(AF_INET, address, &name.sin_addr)
                bytes.storeBytes(of: name, as: sockaddr_in.self)
            }
            guard let name = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            return bind(descriptor, name, length) == 0 && Glibc.listen(descriptor, 64) == 0
                ? getsockname(descriptor, name, &length) : -1
        }
        guard result == 0 else { throw Failure(code: errno) }
        // Both families have the port in the same place.
        let port = withUnsafeBytes(of: storage) { $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self) }
        return (descriptor, Int(UInt16(bigEndian: port)))
    }

    /// How many requests were answered.
    var count: Int { requests.load(ordering: .relaxed) }

    /// How many endpoints there are; nil closes every connection without an answer.
    func say(_ count: Int?) { answer.withLock { $0 = count.map { .endpoints($0) } ?? .nothing } }

    /// Begins an answer from now on that goes on for as long as somebody reads it.
    func sayWithoutEnd() { answer.withLock { $0 = .endless } }

    private func answer(_ client: Int32) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        guard recv(client, &buffer, buffer.count, 0) > 0 else { return }
        switch answer.withLock(\.self) {
        case .nothing: break
        case .endpoints(let count):
            requests.add(1, ordering: .relaxed)
            let body = #"{"service":{"namespace":"n","name":"s"},"localEndpoints":\#(count)}"#
            let status = count > 0 ? "200 OK" : "503 Service Unavailable"
            send(
                "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nConnection: close\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)", to: client)
        case .endless:
            requests.add(1, ordering: .relaxed)
            guard send("HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n", to: client) else { return }
            while send(" ", to: client) { usleep(100_000) }
        }
    }

    @discardableResult
    private func send(_ text: String, to client: Int32) -> Bool {
        Glibc.send(client, text, text.utf8.count, Int32(MSG_NOSIGNAL)) == text.utf8.count
    }
}
