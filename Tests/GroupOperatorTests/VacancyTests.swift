import ClusterObjects
import GroupOperator
import KubernetesAPI
import Testing
import VIPPlanning

@Suite("Addresses that nobody has")
struct VacancyTests {
    private static let web = "edge.shop.web.ipv4"
    private static let dns = "edge.shop.dns.ipv4"

    /// A group with two routers, made just now, that have no owner.
    private func cluster() throws -> PureCluster {
        var cluster = PureCluster()
        cluster.add(group { $0.interface = "eth9" })
        cluster.add(service("web", "192.0.2.80"))
        cluster.add(service("dns", "192.0.2.53"))
        try cluster.settle()
        for name in [Self.web, Self.dns] {
            cluster.routers[.edge]?[name]?.metadata.creationTimestamp = Timestamp(seconds: cluster.now)
        }
        return cluster
    }

    private func own(_ name: String, by node: String?, in cluster: inout PureCluster) {
        var status = cluster.routers[.edge]?[name]?.status ?? .init()
        status.activeNode = node
        cluster.routers[.edge]?[name]?.status = status
    }

    @Test("A group whose addresses nobody has says so after a while, with what the first node says, and is not ready")
    func nobody() throws {
        var cluster = try cluster()
        cluster.now += 9
        #expect(try cluster.settle() == [])
        #expect(cluster.condition(.ready)?.status == "True" && cluster.condition(.addressesHeld)?.status == "True")
        cluster.routers[.edge]?[Self.dns]?.status = .init()
        cluster.routers[.edge]?[Self.dns]?.status?.conditions = [
            Condition("node1/Degraded", true, reason: "OptionsRefused", message: "none", at: Timestamp(seconds: 0)),
            Condition("node2/Degraded", true, reason: "NotTakingPart", message: "no eth9", at: Timestamp(seconds: 0)),
        ]
        cluster.now += 1
        let before = cluster.groups[.edge]?.status
        #expect(try cluster.settle() == ["status floating/edge"])
        let held = try #require(cluster.condition(.addressesHeld))
        #expect(held.status == "False" && held.reason == "NoActiveNode")
        #expect(
            held.message
                == "no node has said that it holds 192.0.2.53 of Service shop/dns (node2: no eth9); "
                + "no node has said that it holds 192.0.2.80 of Service shop/web")
        let ready = try #require(cluster.condition(.ready))
        #expect(ready.status == "False" && ready.reason == "NoActiveNode" && ready.message == held.message)
        // The writer of the group is told by an event, once.
        let status = try #require(cluster.groups[.edge]?.status)
        #expect(Remark(vacancyIn: status, after: before)?.reason == "NoActiveNode")
        #expect(Remark(vacancyIn: status, after: status) == nil)
        #expect(try cluster.settle() == [])
    }

    @Test("A group that has some of its addresses is ready; with all of them nothing is wrong")
    func some() throws {
        var cluster = try cluster()
        cluster.now += 10
        own(Self.web, by: "node1", in: &cluster)
        try cluster.settle()
        #expect(cluster.condition(.ready)?.status == "True")
        #expect(
            cluster.condition(.addressesHeld)?.message
                == "no node has said that it holds 192.0.2.53 of Service shop/dns")
        own(Self.dns, by: "node1", in: &cluster)
        #expect(try cluster.settle() == ["status floating/edge"])
        #expect(cluster.condition(.addressesHeld)?.status == "True")
        // A move is no news.
        own(Self.dns, by: "node2", in: &cluster)
        #expect(try cluster.settle() == [])
    }

    @Test("Of very many some are named")
    func many() throws {
        var cluster = PureCluster()
        cluster.add(group())
        for number in 1...40 { cluster.add(service("s\(number)", "192.0.2.\(number)")) }
        try cluster.settle()
        for name in (cluster.routers[.edge] ?? [:]).keys {
            cluster.routers[.edge]?[name]?.metadata.creationTimestamp = Timestamp(seconds: 0)
        }
        try cluster.settle()
        #expect(cluster.condition(.addressesHeld)?.message.hasSuffix("; and 35 more") == true)
    }
}
