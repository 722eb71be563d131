import ClusterObjects
import Foundation
import GroupOperator
import JSONDocument
import KubernetesAPI
import KubernetesClient
import NetworkLab
import Testing

extension OperatorSuites {
    /// API server, operator, agents and vrrpd, and addresses that nobody has.
    @Suite("Addresses that nobody has, from the node to the group", .needsLab)
    struct VacantAddressTests {
        @Test(
            "An interface that no node has is said by each node on the router and by the group, until there is one",
            .timeLimit(.minutes(4)))
        func noSuchInterface() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            let kubectl = try Kubectl(plane)
            try await plane.withOperator { client in
                let cluster = try await EndToEndCluster(plane, client, port: plane.port)
                try await cluster.makeGroup(kubectl)
                let groups = KeepalivedGroup.inside(cluster.namespace)
                _ = try await client.merge(
                    AnyJSON(["spec": ["interface": "eth9"]]), into: "edge", in: groups, as: tester)
                try await Lab.with { lab in
                    let (_, nodes) = try await cluster.hosts(lab)
                    try kubectl("apply", "-f", "-", manifest: cluster.service("web", "192.0.2.100"))
                    var processes: [LabProcess] = []
                    for node in nodes {
                        processes.append(try await node.startAgent())
                        processes.append(try await node.startDaemon())
                    }
                    let routers = VirtualRouter.inside(cluster.namespace)
                    let name = "edge.\(cluster.namespace).web.ipv4"
                    let isSaid = try await eventually {
                        let router = try await client.find(name, in: routers)
                        return router?.nodesOutside == ["node1", "node2", "node3"]
                    }
                    #expect(isSaid)
                    let router = try await client.get(name, from: routers)
                    let sentence = "the node takes no part: interface eth9 does not exist"
                    #expect(router.nodeTroubles.allSatisfy { $0.condition.message == sentence })
                    let subject = "192.0.2.100 of Service \(cluster.namespace)/web (node1: \(sentence))"
                    let isTold = try await eventually {
                        let conditions = try await client.get("edge", from: groups).status?.conditions
                        let held = conditions?["AddressesHeld"]
                        return conditions?["Ready"]?.reason == "NoActiveNode" && held?.status == "False"
                            && held?.message.contains(subject) == true
                    }
                    #expect(isTold)
                    let isHeard = try await eventually {
                        try await client.list(Event.inside(cluster.namespace)).items.contains { event in
                            event.reason == "NoActiveNode" && event.involvedObject.kind == "KeepalivedGroup"
                        }
                    }
                    #expect(isHeard)

                    _ = try await client.merge(
                        AnyJSON(["spec": ["interface": "eth0"]]), into: "edge", in: groups, as: tester)
                    _ = try await nodes.owner(of: "192.0.2.100")
                    let isOver = try await eventually {
                        let router = try await client.get(name, from: routers)
                        let status = try await client.get("edge", from: groups).status
                        return router.nodeTroubles.isEmpty && status?.conditions?["AddressesHeld"]?.status == "True"
                            && status?.conditions?["Ready"]?.reason != "NoActiveNode"
                    }
                    #expect(isOver)
                    #expect(processes.allSatisfy { $0.exitStatus == nil })
                }
            }
        }
    }
}
