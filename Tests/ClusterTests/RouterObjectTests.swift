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
    }
}
