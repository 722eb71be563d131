import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("A drained node", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct DrainTests {
    private static func routers(priority: Int64) -> VRRPDaemon.Configuration {
        .routers([RouterText.router(with: ["advertisementIntervalMilliseconds": 100, "priority": .integer(priority)])])
    }

    @Test("Its address moves while somebody pings it, stays away over a reload, and comes back; the log says all of it")
    func drain() async throws {
        try await Lab.with { lab in
            let (one, two, client) = (
                try await lab.node("one", 10), try await lab.node("two", 20), try await lab.node("client", 50)
            )
            let first = try await VRRPDaemon.start(on: one.host, Self.routers(priority: 200))
            try await first.waitForState(.active, of: "VR")
            let second = try await VRRPDaemon.start(on: two.host, Self.routers(priority: 100))
            try await second.waitUntilListening()
            let ping = try await client.host.start(
                "/usr/bin/ping", ["-n", "-i", "0.02", "-c", "100", "-W", "1", "192.0.2.100"])

            _ = try await first.control("drain", ["--wait", "10"], within: .seconds(15))
            #expect(try await two.holds("192.0.2.100"))
            #expect(try await !one.holds("192.0.2.100"))
            _ = try await ping.waitForExit(within: .seconds(20))
            #expect(ping.output.contains(" 0% packet loss"), "\(ping.output)")

            let drained = try await first.status()
            #expect(try drained.root.member("drained").bool())
            #expect(try drained.router().state == .backup)
            try first.write(Self.routers(priority: 210))
            _ = try await first.reloadThroughSocket()
            let explanation = try await first.control("explain", ["192.0.2.100"])
            #expect(explanation.contains("blocked by  this node is drained"), "\(explanation)")
            #expect(explanation.contains("active      192.0.2.20 with the priority 100"), "\(explanation)")

            let log = first.process.lines.end
            _ = try await first.control("undrain")
            try await first.waitForState(.active, of: "VR", after: log)
            try await one.waitUntil(holds: true, "192.0.2.100")
            let events = try await first.control("events")
            let steps = [
                "hands over: advertises priority 1 instead of 200", "active → backup", "has taken over", "has left",
                "backup → active (the active router 192.0.2.20 has a lower priority), priority 210",
            ]
            var rest = events[...]
            for step in steps {
                let place = rest.firstRange(of: step)
                #expect(place != nil, "\(step) is not in its place in\n\(events)")
                if let place { rest = rest[place.upperBound...] }
            }
        }
    }
}
