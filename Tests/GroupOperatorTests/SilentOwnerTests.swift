import ClusterObjects
import GroupOperator
import KubernetesAPI
import Testing
import VIPPlanning

@Suite("Active nodes that the cluster does not hear of")
struct SilentOwnerTests {
    private static let web = "edge.shop.web.ipv4"

    /// A group whose only router is held by node2.
    private func cluster() throws -> PureCluster {
        var cluster = PureCluster()
        cluster.add(group())
        cluster.add(service("web", "192.0.2.80"))
        try cluster.settle()
        say("True", by: "node2", in: &cluster)
        cluster.now += 100
        try cluster.settle()
        return cluster
    }

    private func say(_ ready: String, by node: String, in cluster: inout PureCluster) {
        var status = VirtualRouter.Status()
        status.activeNode = node
        status.activeSince = Timestamp(seconds: cluster.now)
        status.conditions = [
            Condition("Ready", ready == "True", reason: "Active", at: Timestamp(seconds: cluster.now)),
            Condition("Conflict", false, reason: "NoOtherRouter", at: Timestamp(seconds: cluster.now)),
        ]
        cluster.routers[.edge]?[Self.web]?.status = status
    }

    private func silence(_ name: String, _ status: String = "Unknown", in cluster: inout PureCluster) {
        for place in cluster.nodes.indices where cluster.nodes[place].metadata.name == name {
            cluster.nodes[place].status = .init()
            cluster.nodes[place].status?.conditions = [
                .init(type: "Ready", status: status, since: Timestamp(seconds: cluster.now))
            ]
        }
    }

    private func router(_ cluster: PureCluster) throws -> VirtualRouter {
        try #require(cluster.routers[.edge]?[Self.web])
    }

    @Test(
        "A router whose active node is silent is not known to be ready, and all else stays; its group says that nobody has it"
    )
    func silent() throws {
        var cluster = try cluster()
        silence("node2", in: &cluster)
        let since = Timestamp(seconds: cluster.now)
        cluster.now += 19
        #expect(try cluster.settle() == [])
        cluster.now += 1
        #expect(try cluster.settle() == ["merge VirtualRouter \(Self.web)"])
        let status = try #require(try router(cluster).status)
        let ready = try #require(status.conditions?["Ready"])
        #expect(status.activeNode == "node2" && ready.status == "Unknown" && ready.reason == "ActiveNodeSilent")
        let sentence =
            "node node2 has not been ready since \(since), which had the addresses, and no other node has said that it has them"
        #expect(ready.message == sentence && ready.lastTransitionTime == Timestamp(seconds: cluster.now))
        #expect(status.conditions?.count == 2)
        #expect(try cluster.settle() == ["status floating/edge"])
        #expect(cluster.condition(.addressesHeld)?.message == "192.0.2.80 of Service shop/web: \(sentence)")
        #expect(cluster.condition(.ready)?.reason == "NoActiveNode")
        #expect(try cluster.settle() == [])
        // The successor's agent writes the whole status.
        say("True", by: "node1", in: &cluster)
        #expect(try cluster.settle() == ["status floating/edge"])
        #expect(cluster.condition(.addressesHeld)?.status == "True")
    }

    @Test("A node that is gone is as silent; one that has never said whether it is ready, as in a test, is not")
    func gone() throws {
        var cluster = try cluster()
        cluster.now += 1000
        #expect(try cluster.settle() == [])
        cluster.nodes.removeAll { $0.metadata.name == "node2" }
        // The members are others now, which is written first.
        #expect(try !cluster.settle().contains("merge VirtualRouter \(Self.web)"))
        #expect(try cluster.settle().contains("merge VirtualRouter \(Self.web)"))
        #expect(try router(cluster).silenceOfOwner?.message.hasPrefix("there is no node node2 any more") == true)
    }

    @Test("An agent that contradicts is believed, whatever its clock says, until the node is silent anew")
    func contradiction() throws {
        var cluster = try cluster()
        silence("node2", "False", in: &cluster)
        cluster.now += 20
        try cluster.settle()
        #expect(try router(cluster).silenceOfOwner != nil)
        #expect(try cluster.settle() == ["status floating/edge"])
        // A clock that is an hour late.
        cluster.now -= 3600
        say("True", by: "node2", in: &cluster)
        cluster.now += 3600
        #expect(try cluster.settle() == ["status floating/edge"])
        #expect(try cluster.settle() == [])
        #expect(try router(cluster).silenceOfOwner == nil)
        silence("node2", "True", in: &cluster)
        try cluster.settle()
        silence("node2", in: &cluster)
        cluster.now += 60
        #expect(try cluster.settle().contains("merge VirtualRouter \(Self.web)"))
    }

    @Test("What an agent has said since its node is not ready counts: the kubelet alone is dead")
    func spokenSince() throws {
        var cluster = try cluster()
        silence("node1", in: &cluster)
        cluster.now += 30
        say("True", by: "node1", in: &cluster)
        cluster.now += 30
        #expect(try cluster.settle() == [])
    }
}
