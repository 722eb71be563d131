import ClusterObjects
import GroupOperator
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Testing

extension OperatorSuites {
    @Suite("Active nodes that a real API server does not hear of")
    struct SilentOwnerTests {
        private static let nodes = KubernetesAPI.Node.resourceType.objects()

        private func ready(_ status: String, since time: Timestamp) -> JSONValue {
            [
                "type": "Ready", "status": .string(status), "reason": "Test", "message": "",
                "lastTransitionTime": .string(time.description),
            ]
        }

        @Test(
            "Of a router whose active node is silent or gone the operator says so once; an agent that contradicts is believed"
        )
        func silent() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            try await plane.withOperator { client in
                let namespace = try await plane.namespace(client)
                let node = "silent-\(namespace)"
                try await client.create(
                    DynamicObject(KubernetesAPI.Node.resourceType, metadata: ObjectMeta(name: node)), in: Self.nodes,
                    as: tester)
                try await client.create(
                    Samples.group("edge", namespace), in: KeepalivedGroup.inside(namespace), as: tester)
                try await client.create(
                    Samples.service("web", namespace, in: "\(namespace)/edge", ["192.0.2.94"]),
                    in: Samples.services.objects(inside: namespace), as: tester)
                let (routers, name) = (VirtualRouter.inside(namespace), "edge.\(namespace).web.ipv4")
                @Sendable func report() async throws {
                    let status = AnyJSON([
                        "status": ["activeNode": .string(node), "conditions": [self.ready("True", since: .now)]]
                    ])
                    _ = try await client.merge(status, into: name, in: routers, .status, as: tester) as VirtualRouter
                }
                @Sendable func silence() async throws -> Condition? {
                    try await client.get(name, from: routers).silenceOfOwner
                }
                #expect(try await eventually { try await client.find(name, in: routers) != nil })
                try await report()
                let old = Timestamp(seconds: Timestamp.now.seconds - 3600)
                let later = Timestamp(seconds: Timestamp.now.seconds + 2)
                // An agent has spoken since.
                _ = try await client.merge(
                    AnyJSON(["status": ["conditions": [ready("Unknown", since: old)]]]), into: node, in: Self.nodes,
                    .status, as: tester)
                try await Task.sleep(for: .seconds(4))
                #expect(try await silence() == nil)
                _ = try await client.merge(
                    AnyJSON(["status": ["conditions": [ready("Unknown", since: later)]]]), into: node, in: Self.nodes,
                    .status, as: tester)
                #expect(try await eventually { try await silence() != nil })
                let router = try await client.get(name, from: routers)
                #expect(router.status?.activeNode == node)
                let isTold = try await eventually {
                    let status = try await client.get("edge", from: KeepalivedGroup.inside(namespace)).status
                    return status?.conditions?["AddressesHeld"]?.message.contains(node) == true
                }
                #expect(isTold)
                // The agent is alive, whatever has become of the kubelet.
                try await report()
                try await Task.sleep(for: .seconds(5))
                #expect(try await silence() == nil)
                try await client.delete(node, from: Self.nodes)
                let isGone = try await eventually { try await silence()?.message.contains("there is no node") == true }
                #expect(isGone)
            }
        }
    }
}
