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

    @Test(
        "Where nobody takes over, vrrpctl drain --wait ends with 1 when its time is over, names what stays, and it does stay"
    )
    func nobodyElse() async throws {
        try await Lab.with { lab in
            let one = try await lab.node("one", 10)
            let daemon = try await VRRPDaemon.start(on: one.host, Self.routers(priority: 200))
            try await daemon.waitForState(.active, of: "VR")

            let start = ContinuousClock.now
            let output = try await failure { try await daemon.control("drain", ["--wait", "2"]) }
            let time = start.duration(to: .now)
            #expect(time >= .seconds(2) && time < .seconds(8))
            #expect(output.contains("Draining: this node still holds VR."), "\(output)")
            #expect(try await one.holds("192.0.2.100"))
        }
    }

    @Test("An address of the node's own stays, and vrrpctl drain --wait says so without waiting")
    func ownAddress() async throws {
        try await Lab.with { lab in
            let one = try await lab.node("one", 10)
            let owner = RouterText.router(
                addresses: ["192.0.2.10"], with: ["advertisementIntervalMilliseconds": 100, "priority": 255])
            let daemon = try await VRRPDaemon.start(on: one.host, .routers([owner]))
            try await daemon.waitForState(.active, of: "VR")

            let start = ContinuousClock.now
            let output = try await failure { try await daemon.control("drain", ["--wait", "9", "--json"]) }
            #expect(start.duration(to: .now) < .seconds(5))
            let kept = try JSONReader(try JSONNode.parse(output)).member("keeping")
            #expect(try kept.elements { (name) throws(JSONFieldError) in try name.string() } == ["VR"])
            #expect(try await daemon.status().router().state == .active)
        }
    }

    /// What a command wrote that ended with exit status 1.
    private func failure(_ command: () async throws -> String) async throws -> String {
        do {
            let output = try await command()
            Issue.record("it ended with 0: \(output)")
            return output
        } catch LabError.commandFailed(_, .exited(1), let output) {
            return output
        }
    }
}
