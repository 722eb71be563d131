import JSONDocument
import NetworkLab
import Testing

@Suite("A log that nobody reads", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(2)))
struct UnreadLogTests {
    private static let object = "shop"

    /// A router that speaks all the time, and `count` others that come and go with a tracked object, with lines of log for each.
    private static func configuration(_ count: Int) -> VRRPDaemon.Configuration {
        let calm = RouterText.router(
            "CALM", id: 255, addresses: ["192.0.2.255"],
            with: ["priority": 150, "advertisementIntervalMilliseconds": 100])
        let tracking: JSONObject = [
            "advertisementIntervalMilliseconds": 1000,
            "tracking": ["conditions": [["external": .string(object)]]],
        ]
        let others = (1...count).map {
            RouterText.router("R\($0)", id: UInt8($0), addresses: ["198.51.100.\($0)"], with: tracking)
        }
        return .routers([calm] + others)
    }

    /// Runs `body` beside a daemon whose log is a FIFO of that path, when its calm router is active.
    private static func withDaemon(
        _ count: Int, _ body: (VRRPDaemon, LabNode, PacketTap, String) async throws -> Void
    ) async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let tap = try await lab.tap(keeping: \.isVRRP)
            let log = "\(dut.host.directory)/log"
            let daemon = try await VRRPDaemon.start(on: dut.host, configuration(count), unreadLog: log)
            try await tap.waitForActive(dut.ipv4, id: 255, for: .seconds(1))
            try await body(daemon, dut, tap, log)
        }
    }

    /// Lets the other routers come, or go, so many times.
    private static func change(_ daemon: VRRPDaemon, times: Int, pause: Duration) async throws {
        for turn in 1...times {
            #expect(try await daemon.track([object: !turn.isMultiple(of: 2)]) == [])
            try await Task.sleep(for: pause)
        }
    }

    /// What is in the FIFO, and what arrives within three seconds.
    private static func read(_ log: String, _ dut: LabNode) async throws -> [Substring] {
        try await dut.host.run("/bin/sh", ["-c", "timeout 3 cat \(log) || true"]).split(separator: "\n")
    }

    @Test("Adverts go on while routers change again and again, and the log is whole when it is read at last")
    func adverts() async throws {
        let (count, turns) = (60, 12)
        try await Self.withDaemon(count) { daemon, dut, tap, log in
            let begin = tap.frames.end
            try await Self.change(daemon, times: turns, pause: .milliseconds(250))
            #expect(try await daemon.status().routers.count == count + 1)
            let adverts = tap.adverts(after: begin, from: dut.ipv4, id: 255)
            let gap = zip(adverts, adverts.dropFirst()).map { $1.time - $0.time }.max() ?? .seconds(3600)
            print("longest time between two of \(adverts.count) adverts: \(gap)")
            // They came every 0.1 s, as far as others left a processor. Without the queue they end for good.
            #expect(adverts.count > 20 && gap < .seconds(3))

            let lines = try await Self.read(log, dut)
            #expect(lines.first?.contains("Starting vrrpd") == true, "\(lines.first ?? "")")
            #expect(lines.map(\.utf8.count).reduce(0, +) > 2 * 64 << 10)
            let changes = lines.filter { $0.contains("kind=transition") && $0.contains(" router=R") }
            #expect(changes.count >= count * turns, "\(changes.count)")
            #expect(!lines.contains { $0.contains("lost") })
        }
    }

    @Test("What there is no room for is lost and told, and afterwards everything is there again")
    func loss() async throws {
        try await Self.withDaemon(254) { daemon, dut, _, log in
            try await Self.change(daemon, times: 40, pause: .zero)
            let lines = try await Self.read(log, dut)
            let losses = lines.filter { $0.hasSuffix(" lines were lost, because the log was not read") }
            #expect(losses.count == 1 && losses.allSatisfy { $0.contains("warning: ") }, "\(lines.count): \(losses)")

            let reading = try await dut.host.start("/bin/cat", [log])
            try await Task.sleep(for: .milliseconds(200))
            #expect(try await daemon.stop() == .exited(0))
            try await reading.waitForLine(containing: "Stopped vrrpd", within: .seconds(15))
        }
    }

    @Test("A stop gives up the addresses at once, and the end waits a second for the log")
    func stop() async throws {
        try await Self.withDaemon(60) { daemon, dut, tap, _ in
            try await Self.change(daemon, times: 8, pause: .milliseconds(100))
            let start = ContinuousClock.now
            let begin = tap.frames.end
            #expect(try await daemon.stop() == .exited(0))
            let time = ContinuousClock.now - start
            #expect(time > .milliseconds(900) && time < .seconds(4), "\(time)")
            #expect(try await tap.waitForAdvert(after: begin, from: dut.ipv4, priority: 0, id: 255).priority == 0)
            #expect(try await !dut.holds("192.0.2.255"))
        }
    }
}
