import Foundation
import Glibc
import NetworkLab
import Testing

@Suite("An agent whose API server does not answer", .needsLab, .timeLimit(.minutes(3)))
struct AgentAloneTests {
    private static let name = "edge x/y IPv4"

    @Test("The last definitions stay; a node without any gets empty ones")
    func definitions() async throws {
        try await Lab.with { lab in
            let node = try await AgentNode(lab, "n1", address: "192.0.2.11")
            let first = try await node.startAgent()
            #expect(try await eventually { node.generation == 0 })
            first.signal(SIGTERM)
            #expect(try await first.waitForExit().isSuccess)

            try node.write(generation: 7, Self.name, "192.0.2.100")
            let text = try String(contentsOfFile: node.definitionsPath, encoding: .utf8)
            let second = try await node.startAgent()
            let daemon = try await node.startDaemon()
            #expect(try await eventually { try await node.holds("192.0.2.100") })
            try await second.waitForLine(containing: "vrrpd", within: .seconds(10))
            try await Task.sleep(for: .seconds(1))
            #expect(try String(contentsOfFile: node.definitionsPath, encoding: .utf8) == text)
            second.signal(SIGTERM)
            #expect(try await second.waitForExit().isSuccess)
            #expect(daemon.exitStatus == nil)
        }
    }

    @Test("Where the file is lost beside a vrrpd that works by it, vrrpd is not led to the empty one")
    func lostFile() async throws {
        try await Lab.with { lab in
            let node = try await AgentNode(lab, "n1", address: "192.0.2.11")
            try node.write(generation: 7, Self.name, "192.0.2.100")
            let daemon = try await node.startDaemon()
            #expect(try await eventually { try await node.holds("192.0.2.100") })
            try FileManager.default.removeItem(atPath: node.definitionsPath)
            let agent = try await node.startAgent()
            try await agent.waitForLine(containing: "answers, pid", within: .seconds(20))
            #expect(try await eventually { node.generation == 0 })
            // Longer than the agent's own interval.
            try await Task.sleep(for: .seconds(12))
            #expect(try await node.holds("192.0.2.100"), "\(agent.output)\n\(daemon.output)")
            agent.signal(SIGTERM)
            _ = try await agent.waitForExit()
        }
    }

    @Test("After a cold boot the ports of the last definitions are asked, and their addresses come up")
    func coldBoot() async throws {
        try await Lab.with { lab in
            let server = try await HealthServer()
            let node = try await AgentNode(lab, "n1", address: "192.0.2.11")
            let tracked = "endpoints of x/y at port \(server.port)"
            try node.write(generation: 7, Self.name, "192.0.2.100", tracking: tracked)
            let daemon = try await node.startDaemon()
            let agent = try await node.startAgent()
            #expect(try await eventually { server.count > 2 })
            #expect(try await !node.holds("192.0.2.100"))
            server.say(1)
            #expect(try await eventually { try await node.holds("192.0.2.100") }, "\(agent.output)")
            agent.signal(SIGTERM)
            _ = try await agent.waitForExit()
            #expect(daemon.exitStatus == nil)
        }
    }

    @Test("Names that vrrpd does not know are told again: whoever lets it read new definitions need not be the agent")
    func lateNames() async throws {
        try await Lab.with { lab in
            let server = try await HealthServer()
            server.say(1)
            let node = try await AgentNode(lab, "n1", address: "192.0.2.11")
            let link = node.stateDirectory + "/link.json"
            let other = node.stateDirectory + "/other.json"
            try #"{"version":1,"generation":6,"virtualRouters":[]}"#
                .write(toFile: other, atomically: true, encoding: .utf8)
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: other)
            try node.write(
                generation: 7, Self.name, "192.0.2.100", tracking: "endpoints of x/y at port \(server.port)")
            let daemon = try await node.startDaemon(reading: link)
            let agent = try await node.startAgent()
            try await agent.waitForLine(containing: "answers, pid", within: .seconds(20))
            try await agent.waitForLine(containing: "are here", within: .seconds(20))
            // Told by now, in vain; the agent reloads nothing, because it has not heard of any router yet.
            try await Task.sleep(for: .seconds(2))
            try FileManager.default.removeItem(atPath: link)
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: node.definitionsPath)
            daemon.signal(SIGHUP)
            #expect(try await eventually { try await node.holds("192.0.2.100") }, "\(agent.output)")
            agent.signal(SIGTERM)
            _ = try await agent.waitForExit()
        }
    }

    @Test("kube-proxy is found where it answers: at another loopback address, or at the node's own one alone")
    func otherAddresses() async throws {
        try await Lab.with { lab in
            let node = try await AgentNode(lab, "n1", address: "192.0.2.11")
            try await node.host.ip("link set lo up")
            for address in ["::1", "192.0.2.11"] {
                let server = try await HealthServer(at: address, on: node.host)
                server.say(1)
                try node.write(
                    generation: 7, Self.name, "192.0.2.100", tracking: "endpoints of x/y at port \(server.port)")
                let daemon = try await node.startDaemon()
                let agent = try await node.startIsolatedAgent()
                #expect(try await eventually { try await node.holds("192.0.2.100") }, "\(address): \(agent.output)")
                // It goes on asking there, and believes what it hears.
                server.say(0)
                #expect(try await eventually { try await !node.holds("192.0.2.100") }, "\(address)")
                agent.signal(SIGTERM)
                _ = try await agent.waitForExit()
                daemon.signal(SIGTERM)
                _ = try await daemon.waitForExit()
            }
        }
    }

    @Test("An answer that does not end is none, and stops no later question")
    func endlessAnswer() async throws {
        try await Lab.with { lab in
            let server = try await HealthServer()
            server.say(1)
            let node = try await AgentNode(lab, "n1", address: "192.0.2.11")
            try node.write(
                generation: 7, Self.name, "192.0.2.100", tracking: "endpoints of x/y at port \(server.port)")
            let daemon = try await node.startDaemon()
            let agent = try await node.startAgent()
            #expect(try await eventually { try await node.holds("192.0.2.100") })
            server.sayWithoutEnd()
            #expect(try await eventually { try await !node.holds("192.0.2.100") }, "\(agent.output)")
            server.say(1)
            #expect(try await eventually { try await node.holds("192.0.2.100") }, "\(agent.output)")
            agent.signal(SIGTERM)
            _ = try await agent.waitForExit()
            #expect(daemon.exitStatus == nil)
        }
    }

    @Test("A vrrpd that hangs is not shown as one that works, and is again when it goes on")
    func hangs() async throws {
        try await Lab.with { lab in
            let node = try await AgentNode(lab, "n1", address: "192.0.2.11")
            try node.write(generation: 7, Self.name, "192.0.2.100")
            let daemon = try await node.startDaemon()
            let agent = try await node.startAgent()
            let line = try await agent.waitForLine(containing: "Listening on", within: .seconds(20))
            let address = try #require(line.text.split(separator: " ").last)
            @Sendable func shows(_ line: String, _ state: String) async throws -> Bool {
                let metrics = try await fetch("http://\(address)/metrics").text
                let page = try await fetch("http://\(address)/page.json").text
                return metrics.contains(line) && page.contains(state)
            }
            @Sendable func isReady() async throws -> Bool { try await fetch("http://\(address)/readyz").code == 200 }
            #expect(try await eventually { try await shows("vrrp_engine_up 1", #""ready""#) })
            #expect(try await eventually { try await isReady() })
            daemon.signal(SIGSTOP)
            #expect(try await eventually { try await shows("vrrp_engine_up 0", #""silent""#) }, "\(agent.output)")
            #expect(try await eventually { try await !isReady() })
            daemon.signal(SIGCONT)
            // Not that it is ready: where it slept for so long that its adverts were late, that is told for a minute.
            #expect(try await eventually { try await shows("vrrp_engine_up 1", #""ready""#) })
            agent.signal(SIGTERM)
            _ = try await agent.waitForExit()
        }
    }
}
