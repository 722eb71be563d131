import Foundation
import Glibc
import JSONDocument
import KubernetesAPI
import KubernetesClient
import NetworkLab
import Testing

@Suite("What an agent writes", .needsAPIServer, .needsLab)
struct AgentDefinitionsTests {
    @Test("One router that cannot be read stops no other, and keeps what it had", .timeLimit(.minutes(3)))
    func unreadable() async throws {
        let plane = try await ControlPlane.shared.get()
        try await plane.withClient { client in
            let cluster = try await AgentCluster(plane, client)
            try await Lab.with { lab in
                let node = try await cluster.node(lab, "n1", address: "192.0.2.11")
                for (name, identifier) in [("a", 1), ("b", 2)] {
                    try await client.create(
                        cluster.router(name, identifier, ["192.0.2.10\(identifier)"], members: ["n1"]),
                        in: cluster.routers, as: tester)
                }
                let agent = try await node.startAgent()
                let (first, second) = (definition("a", cluster), definition("b", cluster))
                #expect(try await eventually { node.routers == [first: 1, second: 2] })
                let attributes = try FileManager.default.attributesOfItem(atPath: node.definitionsPath)
                #expect(attributes[.posixPermissions] as? Int == 0o640)

                // A value without meaning, and one of another type.
                try await client.merge(
                    AnyJSON(["spec": ["virtualRouterID": 300]]), into: cluster.objectName("a"), in: cluster.routers,
                    as: tester)
                let changing = VirtualRouter.resourceType.objects(inside: cluster.namespace)
                _ =
                    try await client.merge(
                        AnyJSON(["spec": ["members": "none"]]), into: cluster.objectName("b"), in: changing, as: tester)
                    as DynamicObject
                try await client.create(
                    cluster.router("c", 3, ["192.0.2.103"], members: ["n1"]), in: cluster.routers, as: tester)
                let third = definition("c", cluster)
                #expect(try await eventually { node.routers == [first: 1, second: 2, third: 3] })
                let isTold = try await eventually {
                    let router = try await client.get(cluster.objectName("a"), from: cluster.routers)
                    return router.status?.conditions?["n1/Degraded"]?.status == "True"
                }
                #expect(isTold)

                // The same after a restart, from the file alone.
                let generation = try #require(node.generation)
                agent.signal(SIGTERM)
                _ = try await agent.waitForExit()
                let next = try await node.startAgent()
                try await next.waitForLine(containing: "spec.virtualRouterID", within: .seconds(20))
                #expect(node.routers == [first: 1, second: 2, third: 3] && node.generation == generation)

                // What nobody wants goes, whatever cannot be read beside it.
                try await client.delete(cluster.objectName("c"), from: cluster.routers)
                #expect(try await eventually { node.routers == [first: 1, second: 2] }, "\(node.routers)")

                // Repaired, one counts on and the other one is as wanted.
                try await client.merge(
                    AnyJSON(["spec": ["virtualRouterID": 30]]), into: cluster.objectName("a"), in: cluster.routers,
                    as: tester)
                try await client.delete(cluster.objectName("b"), from: changing)
                let isRepaired = try await eventually { node.routers == [first: 30] }
                #expect(isRepaired, "\(node.routers)")
                #expect((node.generation ?? 0) > generation)
                let isTakenBack = try await eventually {
                    let router = try await client.get(cluster.objectName("a"), from: cluster.routers)
                    return router.status?.conditions?["n1/Degraded"]?.status == "False"
                }
                #expect(isTakenBack, "\(next.output)")
                next.signal(SIGTERM)
                _ = try await next.waitForExit()
            }
        }
    }

    @Test("The password of version 2 comes from its Secret, also a new one", .timeLimit(.minutes(3)))
    func password() async throws {
        let plane = try await ControlPlane.shared.get()
        try await plane.withClient { client in
            let cluster = try await AgentCluster(plane, client)
            try await Lab.with { lab in
                let node = try await cluster.node(lab, "n1", address: "192.0.2.11")
                var router = cluster.router("a", 1, ["192.0.2.101"], members: ["n1"])
                router.spec.version = 2
                router.spec.advertisementInterval = "1s"
                router.spec.passwordAuth = .init(secretRef: .init(name: "vrrp-password"), secretKey: "secret")
                try await client.create(router, in: cluster.routers, as: tester)
                let agent = try await node.startAgent()
                try await agent.waitForLine(containing: "has no password", within: .seconds(20))
                #expect(node.routers.isEmpty)
                for (value, expected) in [("c2VjcmV0LTEyMzQK", "secret-1"), ("bmV3Cg==", "new")] {
                    let secrets = ResourceType(group: "", version: "v1", kind: "Secret", plural: "secrets")
                    var secret = DynamicObject(
                        secrets, metadata: ObjectMeta(name: "vrrp-password", namespace: cluster.namespace))
                    secret["data"] = ["secret": .string(value)]
                    try await client.apply(secret, in: secrets.objects(inside: cluster.namespace), as: tester)
                    #expect(try await eventually { "\(node.definitions ?? .null)".contains("\"\(expected)\"") })
                }
                #expect(!agent.output.contains("secret-1"))
                agent.signal(SIGTERM)
                _ = try await agent.waitForExit()
            }
        }
    }

    @Test(
        "A node holds the addresses of a Service with a local policy while it has an endpoint, also after vrrpd has ended",
        .timeLimit(.minutes(3)))
    func endpoints() async throws {
        let plane = try await ControlPlane.shared.get()
        try await plane.withClient { client in
            let cluster = try await AgentCluster(plane, client)
            try await Lab.with { lab in
                let server = try await HealthServer()
                let node = try await cluster.node(lab, "n1", address: "192.0.2.11")
                var router = cluster.router("a", 1, ["192.0.2.101"], members: ["n1"])
                router.spec.healthCheckNodePort = server.port
                try await client.create(router, in: cluster.routers, as: tester)
                let agent = try await node.startAgent()
                var daemon = try await node.startDaemon()
                #expect(try await eventually { server.count > 2 })
                #expect(try await !node.holds("192.0.2.101"))

                server.say(2)
                #expect(try await eventually { try await node.holds("192.0.2.101") })
                server.say(0)
                #expect(try await eventually { try await !node.holds("192.0.2.101") })
                server.say(1)
                #expect(try await eventually { try await node.holds("192.0.2.101") })

                // A new vrrpd knows nothing until it is told.
                daemon.signal(SIGTERM)
                _ = try await daemon.waitForExit()
                #expect(try await !node.holds("192.0.2.101"))
                daemon = try await node.startDaemon()
                #expect(try await eventually { try await node.holds("192.0.2.101") })

                server.say(nil)
                #expect(try await eventually { try await !node.holds("192.0.2.101") })
                agent.signal(SIGTERM)
                _ = try await agent.waitForExit()
                #expect(daemon.exitStatus == nil)
            }
        }
    }

    @Test(
        "An interface is found by the route to an address, an own address included, also later", .timeLimit(.minutes(3))
    )
    func interface() async throws {
        let plane = try await ControlPlane.shared.get()
        try await plane.withClient { client in
            let cluster = try await AgentCluster(plane, client)
            try await Lab.with { lab in
                let node = try await cluster.node(lab, "n1", address: "192.0.2.11")
                let relay = try await Relay(from: node.host, to: plane.port)
                for (number, address) in ["192.0.2.254", "192.0.2.11", "203.0.113.1"].enumerated() {
                    var router = cluster.router("r\(number)", number + 1, ["192.0.2.10\(number)"], members: ["n1"])
                    router.spec.interface = nil
                    router.spec.interfaceFromIP = address
                    try await client.create(router, in: cluster.routers, as: tester)
                }
                let agent = try await node.startAgent(through: relay, of: plane)
                try await agent.waitForLine(
                    containing: "no interface of the node leads to 203.0.113.1", within: .seconds(20))
                let names = (0..<3).map { definition("r\($0)", cluster) }
                #expect(try await eventually { node.routers == [names[0]: 1, names[1]: 2] })
                #expect("\(node.definitions ?? .null)".contains("eth0"))
                try await node.host.ip("route add 203.0.113.0/24 dev eth0")
                #expect(try await eventually { node.routers.count == 3 })
                // A route that goes again changes nothing.
                try await agent.waitForLine(containing: "no longer: no interface", within: .seconds(20))
                let found = agent.lines.end
                try await node.host.ip("route del 203.0.113.0/24 dev eth0")
                try await agent.waitForLine(containing: "no interface", after: found, within: .seconds(20))
                #expect(node.routers == [names[0]: 1, names[1]: 2, names[2]: 3])
                agent.signal(SIGTERM)
                _ = try await agent.waitForExit()
            }
        }
    }

    @Test(
        "What vrrpd refuses is tried again, also after somebody else has put it right; a vrrpd that is dead leaves nobody named",
        .timeLimit(.minutes(4)))
    func refusal() async throws {
        let plane = try await ControlPlane.shared.get()
        try await plane.withClient { client in
            let cluster = try await AgentCluster(plane, client)
            try await Lab.with { lab in
                let server = try await HealthServer()
                server.say(1)
                let node = try await cluster.node(lab, "n1", address: "192.0.2.11")
                var router = cluster.router("a", 1, ["192.0.2.101"], members: ["n1"])
                router.spec.healthCheckNodePort = server.port
                try await client.create(router, in: cluster.routers, as: tester)
                // A vrrpd that is led to another file.
                let (link, other) = (node.stateDirectory + "/link.json", node.stateDirectory + "/other.json")
                try #"{"version":1,"generation":500,"virtualRouters":[]}"#
                    .write(toFile: other, atomically: true, encoding: .utf8)
                func lead(to path: String) throws {
                    try? FileManager.default.removeItem(atPath: link)
                    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
                }
                try lead(to: other)
                let daemon = try await node.startDaemon(reading: link)
                let agent = try await node.startAgent()
                try await agent.waitForLine(containing: "but another file, of generation 500", within: .seconds(30))
                try await agent.waitForLine(containing: "are here", within: .seconds(30))
                #expect(node.generation == 501, "beyond what vrrpd works by")

                // Somebody else lets it read the right one; nobody tells the agent.
                try lead(to: node.definitionsPath)
                daemon.signal(SIGHUP)
                #expect(try await eventually { try await node.holds("192.0.2.101") }, "\(agent.output)")

                // The agent itself tries again. What it wants now must not be there by accident.
                try lead(to: other)
                let position = agent.lines.end
                try await client.merge(
                    AnyJSON(["spec": ["addresses": ["192.0.2.101", "192.0.2.102"]]]), into: cluster.objectName("a"),
                    in: cluster.routers, as: tester)
                try await agent.waitForLine(containing: "but another file", after: position, within: .seconds(30))
                #expect(try await !node.holds("192.0.2.102"))
                try lead(to: node.definitionsPath)
                #expect(try await eventually { try await node.holds("192.0.2.102") }, "\(agent.output)")

                @Sendable func status() async throws -> VirtualRouter.Status? {
                    try await client.get(cluster.objectName("a"), from: cluster.routers).status
                }
                #expect(try await eventually { try await status()?.conditions?["Ready"]?.status == "True" })
                #expect(try await status()?.activeNode == "n1")
                daemon.killSession()
                let isTold = try await eventually {
                    let status = try await status()
                    return status?.conditions?["Ready"]?.reason == "NoActiveNode" && status?.activeNode == nil
                }
                #expect(isTold, "\(agent.output)")
                agent.signal(SIGTERM)
                _ = try await agent.waitForExit()
            }
        }
    }

    private func definition(_ name: String, _ cluster: AgentCluster) -> String {
        "edge \(cluster.namespace)/\(name) IPv4"
    }
}
