import Foundation
import Glibc
import Synchronization

/// Passes on what goes between clients and a port of this machine, until it stalls: then nothing is passed on and nothing
/// is closed, as when a host loses its power.
final class StallingRelay: Sendable {
    private struct State {
        var isStalled = false
        var isStopped = false
    }

    private struct Failure: Error { let number: Int32 }

    private let state = Mutex(State())
    private let listener: Int32
    let port: UInt16

    init(to target: UInt16) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = Self.loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        guard result else { throw Failure(number: errno) }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in run(target) }
    }

    var isStalled: Bool {
        get { state.withLock(\.isStalled) }
        set { state.withLock { $0.isStalled = newValue } }
    }

    func stop() { state.withLock { $0.isStopped = true } }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private func run(_ target: UInt16) {
        // Each connection is two descriptors, whose octets go to the other one.
        var others: [Int32: Int32] = [:]
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !state.withLock(\.isStopped) {
            guard !isStalled else {
                usleep(20_000)
                continue
            }
            var items = ([listener] + others.keys).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&items, nfds_t(items.count), 20) > 0 else { continue }
            for item in items where item.revents != 0 {
                if item.fd == listener {
                    if let (client, server) = accept(target) { (others[client], others[server]) = (server, client) }
                } else if let other = others[item.fd] {
                    let count = read(item.fd, &buffer, buffer.count)
                    if count > 0, send(other, buffer, count, Int32(MSG_NOSIGNAL)) == count { continue }
                    for descriptor in [item.fd, other] {
                        others[descriptor] = nil
                        close(descriptor)
                    }
                }
            }
        }
        for descriptor in others.keys { close(descriptor) }
        close(listener)
    }

    private func accept(_ target: UInt16) -> (client: Int32, server: Int32)? {
        let client = Glibc.accept(listener, nil, nil)
        guard client >= 0 else { return nil }
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(target)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(client)
            close(server)
            return nil
        }
        return (client, server)
    }
}
