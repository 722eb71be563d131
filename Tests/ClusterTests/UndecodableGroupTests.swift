import ClusterObjects
import GroupOperator
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Testing

extension OperatorSuites {
    @Suite("A group of another form than groups have")
    struct UndecodableGroupTests {
        @Test("keeps its routers and identifiers when the operator starts, and goes on when it is mended")
        func start() async throws {
            // A control plane of its own, whose kind of groups lets everything pass.
            let plane = try await OperatorControlPlane().get()
            let kubectl = try Kubectl(plane)
            var kind = try Project.text("deploy/kubernetes/crds/keepalivedgroups.yaml")
            for form in [
                "description: The priority class of the node pods; system-node-critical if not given.\n                  type: string",
                "description: The port of the nodes that metrics, health and the status page are served on.\n                  type: integer",
            ] {
                try #require(kind.contains(form))
                kind.replace(form, with: "x-kubernetes-preserve-unknown-fields: true")
            }
            try kubectl("apply", "--validate=false", manifest: kind)

            let namespace = try await plane.withClient { try await plane.namespace($0) }
            let groups = KeepalivedGroup.resourceType.objects(inside: namespace)
            let routers = VirtualRouter.inside(namespace)
            @Sendable func identifiers(_ client: APIClient) async throws -> [String: Int] {
                let items = try await client.list(routers).items
                return Dictionary(uniqueKeysWithValues: items.map { ($0.metadata.name, $0.spec.virtualRouterID) })
            }
            @Sendable func priorityClass(_ value: JSONValue, _ client: APIClient) async throws {
                let patch = AnyJSON(["spec": ["daemonsetPodPriorityClassName": value]])
                _ = try await client.merge(patch, into: "edge", in: groups, as: tester)
            }
            let before = try await plane.withOperator { client in
                try await client.create(
                    Samples.group("edge", namespace), in: KeepalivedGroup.inside(namespace), as: tester)
                for (name, address) in [("web", "192.0.2.80"), ("dns", "192.0.2.53")] {
                    try await client.create(
                        Samples.service(name, namespace, in: "\(namespace)/edge", [address]),
                        in: Samples.services.objects(inside: namespace), as: tester)
                }
                #expect(try await eventually { try await identifiers(client).count == 2 })
                return try await identifiers(client)
            }
            try await plane.withClient { client in
                // It takes some moments until the server lets it pass.
                let isLetPass = try await eventually { (try? await priorityClass(7, client)) != nil }
                #expect(isLetPass)
            }
            try await plane.withOperator { client in
                #expect(
                    try await eventually {
                        let events = try await client.list(Event.inside(namespace)).items
                        return Set(events.compactMap(\.reason)).isSuperset(of: ["InvalidSpec", "GroupUnreadable"])
                    })
                try await Task.sleep(for: .seconds(2))
                #expect(try await identifiers(client) == before)
                // What another Service asks for is not what these have.
                try await client.create(
                    Samples.group("other", namespace), in: KeepalivedGroup.inside(namespace), as: tester)
                try await client.create(
                    Samples.service("new", namespace, in: "\(namespace)/other", ["192.0.2.80", "192.0.2.90"]),
                    in: Samples.services.objects(inside: namespace), as: tester)
                #expect(try await eventually { try await identifiers(client).count == 3 })
                let new = try await client.get("other.\(namespace).new.ipv4", from: routers)
                #expect(new.spec.addresses == ["192.0.2.90"] && !before.values.contains(new.spec.virtualRouterID))

                try await priorityClass("system-node-critical", client)
                #expect(
                    try await eventually {
                        // The operator before may have ended when it had written the routers.
                        let set = try await client.find("edge", in: DaemonSet.inside(namespace))
                        return set?.spec.template.spec.priorityClassName == "system-node-critical"
                    })
                #expect(try await identifiers(client).filter { $0.key.hasPrefix("edge.") } == before)

                // A status is no new generation, neither when somebody spoils it nor when it is mended.
                func port(_ value: JSONValue) async throws {
                    let patch = AnyJSON(["status": ["metricsPort": value]])
                    _ = try await client.merge(patch, into: "edge", in: groups, .status, as: tester)
                }
                try await port("none")
                #expect(
                    try await eventually {
                        let events = try await client.list(Event.inside(namespace)).items
                        return events.contains { $0.message?.contains("metricsPort") == true }
                    })
                try await port(9650)
                try await client.create(
                    Samples.service("late", namespace, in: "\(namespace)/edge", ["192.0.2.70"]),
                    in: Samples.services.objects(inside: namespace), as: tester)
                #expect(try await eventually { try await identifiers(client).count == 4 })
            }
        }
    }
}
