import JSONDocument
import StatusServer
import Telemetry
import Testing

@Suite("Telling pages about changes", .timeLimit(.minutes(3)))
struct EventTests {
    private func snapshot(_ warning: String?, time: Int64 = 0) -> PageSnapshot {
        PageSnapshot(
            scope: .node("node-a"), time: PageTime(millisecondsSinceEpoch: time), version: "1",
            warnings: warning.map { [PageWarning(.noOwner, subject: "web", text: $0)] } ?? [])
    }

    private func content(_ page: PageFeed) -> StatusServer.Content { StatusServer.Content(metrics: { [] }, page: page) }

    @Test("A stream begins with what is so now, and has every change; only a later time is no change")
    func stream() async throws {
        let feed = PageFeed(snapshot(nil))
        try await withServer(content(feed)) { port in
            let connection = try RawConnection(port: port)
            defer { connection.close() }
            connection.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
            let begin = await connection.receive { $0.contains("\"transitions\":[]}\n\n") }.text
            #expect(begin.lowercased().contains("content-type: text/event-stream"))
            #expect(begin.contains("retry: 1000\n\n") && begin.contains(#/data: {"now":[0-9]{13},"scope":"node"/#))
            feed.publish(snapshot(nil, time: 1000))
            #expect(await connection.receive(within: .milliseconds(500)).text.isEmpty)
            feed.publish(snapshot("line\nfeed", time: 2000))
            let change = await connection.receive { $0.contains("\n\n") }.text
            #expect(change.contains("\"text\":\"line\\nfeed\"") && change.contains("\"time\":2000"))
            #expect(try await answer(port, "/page.json").body.contains("\"time\":2000"))
        }
    }

    @Test("A burst of changes ends in the newest, and costs few events")
    func burst() async throws {
        let feed = PageFeed(snapshot(nil))
        try await withServer(content(feed)) { port in
            let connection = try RawConnection(port: port)
            defer { connection.close() }
            connection.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = await connection.receive { $0.contains("\"transitions\":[]}\n\n") }
            for number in 1...200 { feed.publish(snapshot("change \(number)")) }
            let text = await connection.receive { $0.contains("change 200\"") }.text
            #expect(text.contains("change 200\""))
            #expect(text.split(separator: "data: ").count < 10)
        }
    }

    @Test("After a long event a stream rests, so that it has no more octets in a second than it may")
    func rate() async throws {
        var limits = StatusLimits()
        limits.eventOctetsPerSecond = 100_000
        let long = String(repeating: "x", count: 100_000)
        let feed = PageFeed(snapshot("0 \(long)"))
        try await withServer(content(feed), limits: limits) { port in
            let connection = try RawConnection(port: port)
            defer { connection.close() }
            connection.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
            let start = ContinuousClock.now
            let changes = Task {
                for number in 1... {
                    feed.publish(snapshot("\(number) \(long)"))
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            let text = await connection.receive { $0.utf8.count > 300_000 }.text
            changes.cancel()
            #expect(text.utf8.count > 300_000 && start.duration(to: .now) > .seconds(2))
        }
    }

    @Test("A quiet stream shows signs of life and ends in time, its place free again; too many are refused")
    func lifetime() async throws {
        var limits = StatusLimits()
        limits.eventStreams = 1
        limits.signOfLifeTime = .milliseconds(300)
        limits.eventStreamTime = .seconds(2)
        let feed = PageFeed(snapshot(nil))
        try await withServer(content(feed), limits: limits) { port in
            let connection = try RawConnection(port: port)
            connection.send("GET /events HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            _ = await connection.receive { $0.contains("data: ") }
            let second = try await answer(port, "/events")
            #expect(second.status == 503 && second.head.contains("retry-after"))
            let rest = await connection.receive()
            #expect(rest.isClosed && rest.text.contains("event: here\ndata: 300\n\n"))
            connection.close()
            #expect(try await answer(port, "/events").status == 200)
        }
    }

    @Test("One host that has all streams gives some to others, and none to itself")
    func fairness() async throws {
        var limits = StatusLimits()
        limits.eventStreams = 3
        let feed = PageFeed(snapshot(nil))
        try await withServer(content(feed), limits: limits) { port in
            @Sendable func page(_ host: UInt8) async throws -> (connection: RawConnection, isServed: Bool) {
                let connection = try RawConnection(port: port, from: host)
                connection.send("GET /events HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                let text = await connection.receive { $0.contains("data: {") || $0.contains(" 503 ") }.text
                return (connection, text.contains("data: {"))
            }
            var crowd: [RawConnection] = []
            for number in 0..<5 {
                let (connection, isServed) = try await page(1)
                #expect(isServed == (number < 3))
                crowd.append(connection)
            }
            let other = try await page(2)
            #expect(other.isServed)
            #expect(await crowd[0].receive(within: .seconds(20)).isClosed)
            for host: UInt8 in [2, 1] { #expect(try await !page(host).isServed) }
            for connection in crowd[1..<3] + [other.connection] {
                #expect(await !connection.receive(within: .milliseconds(300)).isClosed)
                connection.close()
            }
        }
    }

    @Test("Closed pages give their places back")
    func closed() async throws {
        var limits = StatusLimits()
        limits.eventStreams = 2
        limits.signOfLifeTime = .milliseconds(100)
        let feed = PageFeed(snapshot(nil))
        try await withServer(content(feed), limits: limits) { port in
            for _ in 0..<6 {
                var isServed = false
                for _ in 0..<100 where !isServed {
                    let connection = try RawConnection(port: port)
                    connection.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
                    isServed = await connection.receive { $0.contains("data: ") || $0.contains(" 503 ") }.text
                        .contains("data: ")
                    connection.close()
                    try await Task.sleep(for: .milliseconds(50))
                }
                #expect(isServed)
            }
        }
    }
}
