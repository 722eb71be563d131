import Dispatch
import Glibc
import Synchronization

/// Many clients that ask one thing after the other, as fast as they are answered, until the flood is stopped.
final class RequestFlood: Sendable {
    private let isStopped = Atomic(false)
    private let answers = Atomic(0)
    private let queue = DispatchQueue(label: "flood")

    /// How many answers of status 200 have come.
    var answerCount: Int { answers.load(ordering: .relaxed) }

    /// Begins; each client asks for one of the paths.
    init(port: UInt16, clients: Int, paths: [String]) {
        // One thread serves all of them, so that the flood needs no more of them than the server leaves.
        queue.async { [self] in
            var connections: [(connection: RawConnection, path: String)] = []
            var buffer = [UInt8](repeating: 0, count: 262_144)
            while !isStopped.load(ordering: .relaxed) {
                while connections.count < clients, let connection = try? RawConnection(port: port) {
                    let path = paths[connections.count % paths.count]
                    connection.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
                    connections.append((connection, path))
                }
                var items = connections.map { pollfd(fd: $0.connection.descriptor, events: Int16(POLLIN), revents: 0) }
                guard poll(&items, nfds_t(items.count), 20) > 0 else { continue }
                var closed: [Int] = []
                for (place, item) in items.enumerated() where item.revents != 0 {
                    let count = read(item.fd, &buffer, buffer.count)
                    guard count > 0 else {
                        closed.append(place)
                        continue
                    }
                    guard buffer.starts(with: "HTTP/1.1 200 ".utf8) else { continue }
                    answers.add(1, ordering: .relaxed)
                    // The next one is asked for before the answer has ended.
                    connections[place].connection.send("GET \(connections[place].path) HTTP/1.1\r\nHost: a\r\n\r\n")
                }
                for place in closed.reversed() { connections.remove(at: place).connection.close() }
            }
            for each in connections { each.connection.close() }
        }
    }

    func stop() { isStopped.store(true, ordering: .relaxed) }
}
