import ClusterObjects
import GroupOperator
import GroupOperatorService
import KubernetesAPI
import KubernetesClient
import Testing
import VIPPlanning

extension OperatorSuites {
    @Suite("Groups that were deleted")
    struct DepartedGroupTests {
        @Test(
            "Identifiers of a group that was deleted rest for those that come after it, also where another operator deals",
            arguments: [true, false])
        func departed(isSeen: Bool) async throws {
            let plane = try await OperatorControlPlane.shared.get()
            let namespace = try await plane.withClient { try await plane.namespace($0) }
            let (groups, routers) = (KeepalivedGroup.inside(namespace), VirtualRouter.inside(namespace))
            @Sendable func identifiers(of group: String, _ client: APIClient) async throws -> Set<Int> {
                // On an interface of its own, so that it has no neighbours.
                var object = Samples.group(group, namespace)
                object.spec?.interface = isSeen ? "seen0" : "unseen0"
                try await client.create(object, in: groups, as: tester)
                try await client.create(
                    Samples.service(group, namespace, in: "\(namespace)/\(group)", ["192.0.2.97"]),
                    in: Samples.services.objects(inside: namespace), as: tester)
                let isThere = try await eventually { try await client.list(routers).items.count == 1 }
                #expect(isThere)
                return Set(try await client.list(routers).items.map(\.spec.virtualRouterID))
            }
            @Sendable func remove(_ group: String, _ client: APIClient) async throws {
                try await client.delete(group, from: Samples.services.objects(inside: namespace))
                try await client.delete(group, from: groups)
            }
            try await plane.withOperator { client in
                #expect(try await identifiers(of: "first", client) == [1])
                guard isSeen else { return }
                try await remove("first", client)
                let isKept = try await eventually {
                    let map = try await client.get(
                        OperatorNames.departedGroups, from: ConfigMap.inside("keepalived-operator"))
                    let kept = try DepartedGroupsRecord.groups(in: map.data?["groups"] ?? "")
                    return kept.contains { $0.interface == .named("seen0") }
                }
                #expect(isKept)
            }
            // Nobody looks; what collects garbage in a cluster is not here, so that the routers stay.
            if !isSeen { try await plane.withClient { try await remove("first", $0) } }
            try await plane.withOperator { client in
                #expect(try await eventually { try await client.list(routers).items.isEmpty })
                #expect(try await identifiers(of: "second", client) == [2])
                let status = try await client.get("second", from: groups).status
                #expect(status?.quarantinedRouterIDs?.keys.sorted() == ["1"])
                try await remove("second", client)
            }
        }
    }
}
