import StatusServer
import Telemetry
import Testing

@Suite("What a client may take up", .timeLimit(.minutes(3)))
struct LimitTests {
    @Test("A head that is too long, in octets or in fields, is refused")
    func head() async throws {
        try await withServer { port in
            let long = try await answer(port, "/healthz", headers: ["X: " + String(repeating: "x", count: 20_000)])
            #expect(long.status == 400 || long.status == 0)
            let many = try await answer(port, "/healthz", headers: (0..<100).map { "X\($0): 1" })
            #expect(many.status == 400 || many.status == 0)
            #expect(try await answer(port, "/healthz", headers: (0..<20).map { "X\($0): 1" }).status == 200)
        }
    }

    @Test("What is no HTTP is answered with an error or not at all, and the server lives on")
    func noise() async throws {
        try await withServer { port in
            for text in ["\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n"] {
                let connection = try RawConnection(port: port)
                connection.send(text)
                let answer = await connection.receive(within: .seconds(5))
                #expect(!answer.text.contains(" 200 "), "\(text.debugDescription)")
                connection.close()
            }
            #expect(try await answer(port, "/healthz").status == 200)
        }
    }

    @Test("A head that comes in drops, and a body that never ends, close the connection in time")
    func slowness() async throws {
        var limits = StatusLimits()
        limits.idleTime = .seconds(1)
        try await withServer(limits: limits) { port in
            let requests = [
                "GET /healthz HTTP/1.1\r\nX: ", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999\r\n\r\n",
            ]
            for request in requests {
                let connection = try RawConnection(port: port)
                connection.send(request)
                let drops = Task {
                    while !Task.isCancelled {
                        connection.send("x")
                        try await Task.sleep(for: .milliseconds(100))
                    }
                }
                #expect(await connection.receive(within: .seconds(40)).isClosed, "\(request)")
                drops.cancel()
                _ = try? await drops.value
                connection.close()
            }
        }
    }

    private static let longAnswer = StatusServer.Content(metrics: {
        let help = String(repeating: "x", count: 12 << 20)
        var family = MetricFamily("up", help: help, kind: .gauge)
        family.set(1)
        return [family]
    })

    @Test("A client that takes a long answer slowly, but steadily, gets all of it")
    func steady() async throws {
        var limits = StatusLimits()
        let stalledTime = Duration.seconds(2)
        limits.stalledTime = stalledTime
        try await withServer(Self.longAnswer, limits: limits) { port in
            let connection = try RawConnection(port: port)
            connection.send("GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let start = ContinuousClock.now
            let octets = await connection.receiveSlowly(64 << 10, everyMilliseconds: 40)
            #expect(octets > 12 << 20)
            #expect(start.duration(to: .now) > stalledTime * 3, "or else nothing was shown")
            connection.close()
        }
    }

    @Test("A client that takes nothing of a long answer is cut off")
    func stalled() async throws {
        var limits = StatusLimits()
        limits.stalledTime = .milliseconds(300)
        try await withServer(Self.longAnswer, limits: limits) { port in
            let connection = try RawConnection(port: port)
            connection.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
            try await connection.waitForArrival()
            try await Task.sleep(for: .seconds(3))
            let rest = await connection.receive()
            #expect(rest.isClosed && rest.text.utf8.count < 12 << 20)
            connection.close()
        }
    }
}
