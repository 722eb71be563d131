import AsyncHTTPClient
import Foundation
import Glibc
import JSONDocument
import KubernetesAPI
import KubernetesClient
import NIOCore
import NIOHTTP1
import NetworkLab
import Testing

/// The server of these tests, which one of them stops.
private let ownPlane = SharedControlPlane()

@Suite("Agents with vrrpd on three nodes", .needsAPIServer, .needsLab, .serialized)
struct NodeAgentTests {
    @Test(
        "Objects become addresses that answer; when the owner dies another one answers; status, Events and a dead server",
        .timeLimit(.minutes(6)))
    func failover() async throws {
        let plane = try await ownPlane.get()
        try await plane.withClient { client in
            let cluster = try await AgentCluster(plane, client)
            try await Lab.with { lab in
                let visitor = try await lab.host("visitor", addresses: ["192.0.2.50/24"])
                let nodes = [
                    try await cluster.node(lab, "n1", address: "192.0.2.11"),
                    try await cluster.node(lab, "n2", address: "192.0.2.12"),
                    try await cluster.node(lab, "n3", address: "192.0.2.13"),
                ]
                var agents: [LabProcess] = []
                var daemons: [LabProcess] = []
                for node in nodes {
                    agents.append(try await node.startAgent())
                    daemons.append(try await node.startDaemon())
                }
                var web = cluster.router("web", 51, ["192.0.2.100"], members: ["n1", "n2", "n3"])
                // Slow enough that it moves when its owner dies, and not when a busy machine forgets it for half a second.
                web.spec.advertisementInterval = "500ms"
                try await client.create(web, in: cluster.routers, as: tester)
                var mail = cluster.router("mail", 52, ["192.0.2.101"], members: ["n2", "n3", "n1"])
                mail.spec.advertisementInterval = "500ms"
                try await client.create(mail, in: cluster.routers, as: tester)

                let first = try await nodes.owner(of: "192.0.2.100")
                _ = try await nodes.owner(of: "192.0.2.101")
                let pinger = try await Pinger.start(from: visitor, to: "192.0.2.100", every: .milliseconds(10))
                try await pinger.waitForAnswer(within: .seconds(10))
                let active = try await status(of: "web", cluster, client) { $0.activeNode == nodes[first].name }
                let transitions = try #require(active.transitions)
                #expect(active.activeSince != nil)
                #expect(active.conditions?["Ready"]?.status == "True")
                #expect(active.observedGeneration == 1)

                // What it serves.
                let line = try await agents[first].waitForLine(containing: "Listening on", within: .seconds(5))
                let address = try #require(line.text.split(separator: " ").last)
                let readiness = try await fetch("http://\(address)/readyz")
                #expect(readiness.code == 200, "\(readiness.text)")
                let metrics = try await fetch("http://\(address)/metrics").text
                #expect(metrics.contains("vrrp_agent_virtual_routers 2"))
                #expect(metrics.contains("vrrp_api_connected 1") && metrics.contains("vrrp_engine_up 1"))
                let contact = metrics.firstMatch(of: #/vrrp_api_last_contact_timestamp_seconds ([0-9.e+]+)/#)
                let age = Date().timeIntervalSince1970 - (contact.flatMap { Double($0.1) } ?? 0)
                #expect((0..<120).contains(age), "\(age) s")
                let page = try await fetch("http://\(address)/page.json").text
                #expect(page.contains("Service \(cluster.namespace)/web") && page.contains("192.0.2.100"))

                // A third router, from the object to the wire.
                let start = ContinuousClock.now
                var late = cluster.router("late", 53, ["192.0.2.102"], members: ["n3", "n1", "n2"])
                late.spec.advertisementInterval = "500ms"
                try await client.create(late, in: cluster.routers, as: tester)
                _ = try await nodes.owner(of: "192.0.2.102")
                print("from the object to the address: \(start.duration(to: .now))")

                // The owner loses its power.
                agents[first].signal(SIGKILL)
                daemons[first].killSession()
                try await lab.fail(nodes[first].host, .silent)
                let others = nodes.indices.filter { $0 != first }
                let second = try await nodes.owner(of: "192.0.2.100", among: others)
                try await pinger.waitForAnswer(within: .seconds(10))
                let moved = try await status(of: "web", cluster, client) { $0.activeNode == nodes[second].name }
                #expect(moved.transitions == transitions + 1)
                let events = Event.inside(cluster.namespace)
                let areTold = try await eventually {
                    let list = try await client.list(events).items.filter { $0.reason == "AddressMoved" }
                    let message = "192.0.2.100 on \(nodes[second].name) now, before on \(nodes[first].name)"
                    return Set(list.filter { $0.message?.hasPrefix(message) == true }.map(\.involvedObject.kind))
                        == ["VirtualRouter"]
                }
                #expect(areTold)

                // Nothing of this needs a server.
                let definitions = nodes[second].definitions
                let positions = daemons.map(\.lines.end)
                plane.stopServer()
                try await Task.sleep(for: .seconds(5))
                try await pinger.waitForAnswer(within: .seconds(2))
                #expect(nodes[second].definitions == definitions)
                for number in others {
                    #expect(agents[number].exitStatus == nil)
                    #expect(
                        daemons[number].lines.entries(after: positions[number]).allSatisfy {
                            !$0.text.contains("→") && !$0.text.contains("Reload")
                        })
                }
                try await plane.startServer()
                try await client.merge(
                    AnyJSON(["spec": ["addresses": ["192.0.2.100", "192.0.2.103"]]]), into: cluster.objectName("web"),
                    in: cluster.routers, as: tester)
                _ = try await nodes.owner(of: "192.0.2.103", among: others)
                _ = try await status(of: "web", cluster, client) { $0.observedGeneration == 2 }
                let report = try await pinger.stop()
                // Down for one change of the owner alone, which takes less than half a second where the machine is idle.
                #expect(report.longestGap.length < .seconds(5))

                for number in others {
                    agents[number].signal(SIGTERM)
                    let start = ContinuousClock.now
                    #expect(try await agents[number].waitForExit(within: .seconds(5)).isSuccess)
                    #expect(start.duration(to: .now) < .seconds(2))
                }
                #expect(try await nodes[second].holds("192.0.2.100"))
            }
        }
    }

    /// The status of a router as soon as it is as wanted.
    private func status(
        of name: String, _ cluster: AgentCluster, _ client: APIClient,
        _ predicate: @escaping @Sendable (VirtualRouter.Status) -> Bool
    ) async throws -> VirtualRouter.Status {
        _ = try await eventually {
            try await client.get(cluster.objectName(name), from: cluster.routers).status.map(predicate) ?? false
        }
        let status = try #require(try await client.get(cluster.objectName(name), from: cluster.routers).status)
        #expect(predicate(status), "\(status)")
        return status
    }
}
