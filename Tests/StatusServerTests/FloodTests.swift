import StatusServer
import Synchronization
import Telemetry
import Testing

@Suite("Probes while somebody floods the port", .serialized, .timeLimit(.minutes(5)))
struct FloodTests {
    /// How long a probe may take; the kubelet gives up after a second.
    private static let patience = Duration.seconds(1)

    /// Asks for health and readiness some times, and returns the longest time that an answer took; nil when it took longer
    /// three times in a row, which is when the kubelet acts.
    private func probe(_ port: UInt16, times: Int = 10) async throws -> Duration? {
        var longest = Duration.zero
        var failures = 0
        for round in 0..<times {
            let start = ContinuousClock.now
            let connection = try RawConnection(port: port)
            defer { connection.close() }
            let path = round.isMultiple(of: 2) ? StatusPaths.health : StatusPaths.readiness
            connection.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = await connection.receive(within: Self.patience) { $0.hasSuffix("ok\n") }.text
            guard answer.contains(" 200 ") else {
                failures += 1
                if failures == 3 { return nil }
                continue
            }
            failures = 0
            longest = max(longest, start.duration(to: .now))
        }
        return longest
    }

    @Test("Connections that say nothing, or half of something, give way to those that come")
    func silence() async throws {
        try await withServer { port in
            var open: [RawConnection] = []
            for number in 0..<600 {
                let connection = try RawConnection(port: port)
                if number % 3 == 1 { connection.send("GET /healthz HTTP/1.1\r\nX: ") }
                if number % 3 == 2 { connection.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n") }
                open.append(connection)
            }
            let longest = try await probe(port)
            #expect(longest != nil, "no answer within \(Self.patience)")
            open.forEach { $0.close() }
        }
    }

    @Test("A server ends while connections wait to be taken")
    func end() async throws {
        for _ in 0..<3 {
            try await withServer { port in
                let open = try (0..<300).map { _ in try RawConnection(port: port) }
                open.forEach { $0.send("GET /healthz HTTP/1.1\r\n") }
            }
        }
    }

    @Test("There are never more connections than the limit, and the oldest one that waits for nothing goes first")
    func limit() async throws {
        var limits = StatusLimits()
        limits.connections = 3
        let feed = PageFeed(PageSnapshot(scope: .node("a"), time: .init(millisecondsSinceEpoch: 0), version: "1"))
        let content = StatusServer.Content(metrics: { [] }, page: feed)
        try await withServer(content, limits: limits) { port in
            let page = try RawConnection(port: port)
            page.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await page.receive { $0.contains("data: {") }.text.contains("data: {"))
            var idle: [RawConnection] = []
            for _ in 0..<4 {
                let connection = try RawConnection(port: port)
                connection.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(await connection.receive { $0.hasSuffix("ok\n") }.text.hasSuffix("ok\n"))
                idle.append(connection)
            }
            for connection in idle[..<2] { #expect(await connection.receive(within: .seconds(20)).isClosed) }
            for connection in idle[2...] { #expect(await !connection.receive(within: .milliseconds(300)).isClosed) }
            #expect(await !page.receive(within: .milliseconds(300)).isClosed)
            for connection in idle + [page] { connection.close() }
        }
    }

    @Test("Scrapes and pages without end, each of which costs, leave time for probes")
    func requests() async throws {
        let gatherings = Atomic(0)
        let makings = Atomic(0)
        let content = StatusServer.Content(
            metrics: {
                gatherings.add(1, ordering: .relaxed)
                return Self.families
            }, page: CountedPage(snapshot: Self.snapshot, count: { makings.add(1, ordering: .relaxed) }))
        try await withServer(content) { port in
            let flood = RequestFlood(port: port, clients: 100, paths: ["/metrics", StatusPaths.snapshot])
            defer { flood.stop() }
            for _ in 0..<200 where flood.answerCount < 200 { try await Task.sleep(for: .milliseconds(100)) }
            let longest = try await probe(port)
            #expect(longest != nil, "no answer within \(Self.patience)")
            let answers = flood.answerCount
            #expect(answers >= 200)
            // Half of the clients ask for each, and many of them at the same time.
            #expect((2...answers / 8).contains(gatherings.load(ordering: .relaxed)))
            #expect((2...answers / 8).contains(makings.load(ordering: .relaxed)))
        }
    }

    /// Enough that a debug build takes a while for their text.
    private static let families: [MetricFamily] = (0..<8).map { number in
        var family = MetricFamily("family\(number)_total", help: "Something", kind: .counter)
        for router in 0..<100 { family.set(1, labels: ["name": "shop/web-\(router)", "vrid": "\(router)"]) }
        return family
    }

    private static let snapshot = PageSnapshot(
        scope: .node("a"), time: .init(millisecondsSinceEpoch: 0), version: "1",
        virtualRouters: (0..<100).map { number in
            PageVirtualRouter(
                name: "shop/web-\(number)", interface: "eth0", virtualRouterID: UInt8(number),
                addresses: ["192.0.2.\(number)"], owners: [.init(node: "node-\(number % 3)")])
        })
}

/// A page that tells how often it was asked for.
private struct CountedPage: PageSource {
    let snapshot: PageSnapshot
    let count: @Sendable () -> Void

    func snapshot() async -> PageSnapshot {
        count()
        // Another one each time, so that its text has to be made.
        var snapshot = snapshot
        snapshot.time = .now
        return snapshot
    }

    func changes() -> AsyncStream<PageSnapshot> { AsyncStream { $0.yield(snapshot) } }
}
