import StatusServer
import Synchronization
import Telemetry
import Testing

@Suite("What is served under which path", .timeLimit(.minutes(1)))
struct AnswerTests {
    private static func family(_ value: Double = 1) -> MetricFamily {
        var family = MetricFamily("sent_total", help: "Adverts sent", kind: .counter)
        family.set(value)
        return family
    }

    @Test("Metrics have the format that the scraper prefers")
    func formats() async throws {
        try await withServer(StatusServer.Content(metrics: { [Self.family()] })) { port in
            let plain = try await answer(port, "/metrics?x=1")
            #expect(plain.status == 200 && plain.body.contains("# TYPE sent_total counter\nsent_total 1\n"))
            #expect(plain.head.contains("content-type: text/plain; version=0.0.4; charset=utf-8"))
            let header = "Accept: application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4"
            let open = try await answer(port, "/metrics", headers: [header])
            #expect(open.body.hasSuffix("# TYPE sent counter\nsent_total 1\n# EOF\n"))
            #expect(open.head.contains("content-type: application/openmetrics-text; version=1.0.0; charset=utf-8"))
        }
    }

    @Test("HEAD says what GET would, without a body; other methods are refused")
    func methods() async throws {
        try await withServer(StatusServer.Content(metrics: { [Self.family()] })) { port in
            let get = try await answer(port, "/metrics")
            let head = try await answer(port, "/metrics", method: "HEAD")
            #expect(head.status == 200 && head.body.isEmpty)
            #expect(head.head.contains("content-length: \(get.body.utf8.count)"))
            for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"] {
                let refused = try await answer(port, "/metrics", method: method)
                #expect(refused.status == 405 && refused.head.contains("allow: get, head"))
            }
            #expect(try await answer(port, "/metrics/").status == 404)
        }
    }

    @Test("Scrapes that come at the same time cost one gathering")
    func shared() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let gatherings = Mutex(0)
        let content = StatusServer.Content(metrics: {
            let number = gatherings.withLock { count in
                count += 1
                return count
            }
            if number == 1 { for await _ in gate { break } }
            return [Self.family(Double(number))]
        })
        try await withServer(content) { port in
            async let first = answer(port, "/metrics")
            async let second = answer(port, "/metrics")
            try await Task.sleep(for: .milliseconds(300))
            open.yield()
            let bodies = try await [first.body, second.body]
            #expect(bodies.allSatisfy { $0.hasSuffix("\nsent_total 1\n") })
            #expect(try await answer(port, "/metrics").body.hasSuffix("\nsent_total 2\n"))
        }
    }

    @Test("Health and readiness are 200, or 503 with a reason a line")
    func health() async throws {
        let content = StatusServer.Content(
            metrics: { [] }, health: { .healthy },
            readiness: { HealthReport(reasons: ["vrrpd does not answer", "a\nb\r\u{1B}[1m"]) })
        try await withServer(content) { port in
            let health = try await answer(port, "/healthz")
            #expect(health.status == 200 && health.body == "ok\n")
            let readiness = try await answer(port, "/readyz")
            #expect(readiness.status == 503 && readiness.body == "vrrpd does not answer\na b  [1m\n")
        }
    }

    @Test("Metrics may have another path, even that of the page, but none that is taken")
    func paths() async throws {
        let page = PageFeed(PageSnapshot(scope: .node("a"), time: .init(millisecondsSinceEpoch: 0), version: "1"))
        let content = StatusServer.Content(metrics: { [Self.family()] }, page: page)
        try await withServer(content, paths: try StatusPaths(metrics: "/")) { port in
            #expect(try await answer(port, "/").body.hasSuffix("sent_total 1\n"))
            #expect(try await answer(port, "/metrics").status == 404)
        }
        #expect(throws: StatusPathError.taken("/healthz")) { try StatusPaths(metrics: "/healthz") }
        for text in ["metrics", "", "/a b", "/a?b", "/a#b", "/ä"] {
            #expect(throws: StatusPathError.noPath(text)) { try StatusPaths(metrics: text) }
        }
    }

    @Test("Without a page of its own a program has links")
    func landing() async throws {
        try await withServer(paths: try StatusPaths(metrics: "/m\"><x>")) { port in
            let page = try await answer(port, "/")
            #expect(page.status == 200 && page.body.contains("<a href=\"/m&quot;>&lt;x>\">"))
            #expect(page.head.contains("content-security-policy: default-src 'none'"))
            #expect(try await answer(port, "/events").status == 404)
            #expect(try await answer(port, "/page.json").status == 404)
        }
    }

    @Test("An address that is taken is named with the reason")
    func taken() async throws {
        try await withServer { port in
            let address = ListenAddress(host: "127.0.0.1", port: port)
            let second = StatusServer(
                address: address, content: StatusServer.Content(metrics: { [] }), logger: .init(label: "test"))
            let error = await #expect(throws: StatusServerError.self) { try await second.run() }
            #expect(error?.description == "127.0.0.1:\(port) cannot be listened on: Address already in use")
        }
    }
}
