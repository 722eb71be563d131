import ClusterObjects
import GroupOperator
import GroupOperatorService
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Testing

extension OperatorSuites {
    @Suite("What it writes of virtual routers, and what servers and others make of that")
    struct RouterObjectTests {
        @Test("A change of priorities is written once, in whatever order the server keeps the nodes")
        func placesOfNodes() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            let namespace = try await plane.withClient { try await plane.namespace($0) }
            let (routers, nodes) = (VirtualRouter.inside(namespace), KubernetesAPI.Node.resourceType.objects())
            let name = "edge.\(namespace).web.ipv4"
            @Sendable func cordon(_ node: String, _ isCordoned: Bool, _ client: APIClient) async throws {
                let patch = AnyJSON(["spec": ["unschedulable": isCordoned ? true : .null]])
                _ = try await client.merge(patch, into: node, in: nodes, as: tester)
            }
            @Sendable func best(_ client: APIClient) async throws -> String? {
                try await client.get(name, from: routers).spec.membersByClaim.first?.node
            }
            let version = try await plane.withOperator { client in
                try await client.create(
                    Samples.group("edge", namespace), in: KeepalivedGroup.inside(namespace), as: tester)
                try await client.create(
                    Samples.service("web", namespace, in: "\(namespace)/edge", ["192.0.2.97"]),
                    in: Samples.services.objects(inside: namespace), as: tester)
                #expect(try await eventually { try await best(client) != nil })
                let first = try #require(try await best(client))
                try await cordon(first, true, client)
                #expect(try await eventually { try await best(client) != first })
                // The node that is away has the best claim no longer when it is back, so that the plan stays as it is.
                try await cordon(first, false, client)
                #expect(
                    try await eventually {
                        try await client.get(name, from: routers).spec.membersByClaim.map(\.node).last != first
                    })
                try await Task.sleep(for: .seconds(1))
                let version = try await client.get(name, from: routers).metadata.resourceVersion
                try await Task.sleep(for: .seconds(2))
                #expect(try await client.get(name, from: routers).metadata.resourceVersion == version)
                return version
            }
            // Who comes anew takes the same node for the best.
            try await plane.withOperator { client in
                try await Task.sleep(for: .seconds(4))
                #expect(try await client.get(name, from: routers).metadata.resourceVersion == version)
            }
        }

        @Test("Fields, options and nodes that somebody puts into a virtual router are taken out")
        func additions() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            try await plane.withOperator { client in
                let namespace = try await plane.namespace(client)
                let routers = VirtualRouter.inside(namespace)
                let name = "edge.\(namespace).web.ipv4"
                try await client.create(
                    Samples.group("edge", namespace), in: KeepalivedGroup.inside(namespace), as: tester)
                try await client.create(
                    Samples.service("web", namespace, in: "\(namespace)/edge", ["192.0.2.98"]),
                    in: Samples.services.objects(inside: namespace), as: tester)
                #expect(try await eventually { try await client.find(name, in: routers) != nil })
                let before = try await client.get(name, from: routers)

                var members = before.spec.members
                members[0].address = "198.51.100.77"
                members.append(.init(node: "stranger", priority: 7))
                var changed = before
                changed.spec.members = members
                let list = try #require(try DynamicObject(changed)["spec", "members"])
                let edit = AnyJSON([
                    "spec": [
                        "interfaceFromIP": "198.51.100.1", "verbatimConfig": ["garp_master_delay": "3"],
                        "preemption": ["mode": "Delayed", "delay": "5m"], "members": list,
                    ]
                ])
                _ = try await client.merge(edit, into: name, in: routers, as: tester) as VirtualRouter
                let isUndone = try await eventually {
                    try await client.get(name, from: routers).spec.means(before.spec)
                }
                #expect(isUndone)
                // Nothing is left that would have to be taken out once more.
                try await Task.sleep(for: .seconds(1))
                let version = try await client.get(name, from: routers).metadata.resourceVersion
                try await Task.sleep(for: .seconds(2))
                #expect(try await client.get(name, from: routers).metadata.resourceVersion == version)
            }
        }
    }
}
