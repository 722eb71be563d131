import ClusterObjects
import GroupOperator
import JSONDocument
import KubernetesAPI
import Testing
import VIPPlanning

@Suite("What a group says of itself")
struct ConditionTests {
    private func settled(
        _ group: KeepalivedGroup = group(), _ services: KubernetesAPI.Service..., nodes: Int = 3
    ) throws -> PureCluster {
        var cluster = PureCluster(nodes: nodes)
        cluster.add(group)
        for service in services { cluster.add(service) }
        try cluster.settle()
        return cluster
    }

    @Test("Everything is as it is wanted")
    func ready() throws {
        let cluster = try settled(group(), service("web", "192.0.2.80"))
        let status = try #require(cluster.groups[.edge]?.status)
        #expect(cluster.condition(.ready)?.status == "True")
        #expect(cluster.condition(.servicesAccepted)?.status == "True")
        #expect(cluster.condition(.verbatimConfigAccepted)?.status == "True")
        #expect(cluster.condition(.routerIDsAvailable)?.status == "True")
        #expect(cluster.condition(.protocolVersion)?.reason == "Default")
        #expect(status.virtualRouters == 1 && status.nodes == 3 && status.availableRouterIDs == 254)
        #expect(status.metricsPort == 9650 && status.observedGeneration == 1)
    }

    @Test(
        "What the spec asks for in vain is told, and not that it is wrong; the version that was inherited has passwords"
    )
    func withoutEffect() throws {
        let group = group {
            $0.blacklistRouterIDs = [300]
            $0.passwordAuth = .init(secretRef: .init(name: "vrrp"))
        }
        let cluster = try settled(group, service("web", "192.0.2.80"))
        let condition = try #require(cluster.condition(.specApplied))
        #expect(condition.status == "False" && condition.reason == "FieldWithoutEffect")
        #expect(condition.message.contains("300") && condition.message.contains("passwordAuth"))
        #expect(cluster.condition(.ready)?.status == "True")
        #expect(try settled().condition(.specApplied)?.status == "True")
        #expect(FieldWithoutEffect.all(of: group, .fromKeepalivedOperator).count == 1)
    }

    @Test("What nodes say of a password that is too long is said of the group")
    func cutPassword() throws {
        var cluster = try settled(group { $0.version = 2 }, service("web", "192.0.2.80"))
        let cut = "key a of Secret n/s \(NodeTroubleCondition.passwordIsCut)"
        cluster.routers[.edge]?["edge.shop.web.ipv4"]?.status = .init()
        cluster.routers[.edge]?["edge.shop.web.ipv4"]?.status?.conditions = [
            Condition("node2/Degraded", true, reason: "PasswordCut", message: cut, at: Timestamp(seconds: 0))
        ]
        try cluster.settle()
        let condition = cluster.condition(.specApplied)
        #expect(condition?.status == "False" && condition?.message == "spec.passwordAuth: \(cut)")
        cluster.routers[.edge]?["edge.shop.web.ipv4"]?.status = nil
        try cluster.settle()
        #expect(cluster.condition(.specApplied)?.status == "True")
    }

    @Test("A router that hears another one under its identifier is told of at its group, with what to do")
    func rivals() throws {
        var cluster = try settled(group(), service("web", "192.0.2.80"))
        #expect(cluster.condition(.routerIDsUnique)?.status == "True")
        cluster.routers[.edge]?["edge.shop.web.ipv4"]?.status = .init()
        cluster.routers[.edge]?["edge.shop.web.ipv4"]?.status?.conditions = [
            Condition(
                "Conflict", true, reason: "OtherRouterHeard", message: "node1 hears one", at: Timestamp(seconds: 0))
        ]
        try cluster.settle()
        let condition = cluster.condition(.routerIDsUnique)
        #expect(condition?.status == "False" && condition?.reason == "OtherRouterHeard")
        #expect(
            condition?.message == "edge.shop.web.ipv4 has identifier 1: node1 hears one; "
                + "an identifier in spec.blacklistRouterIDs is exchanged for another one")
        #expect(cluster.condition(.ready)?.status == "True", "the address may answer all the same")
    }

    @Test("However many routers hear another one, what to do is said, and how many are not named")
    func manyRivals() throws {
        let services = (1...7).map { service("web\($0)", "192.0.2.\(80 + $0)") }
        var cluster = PureCluster()
        cluster.add(group())
        for service in services { cluster.add(service) }
        try cluster.settle()
        for name in (cluster.routers[.edge] ?? [:]).keys {
            cluster.routers[.edge]?[name]?.status = .init()
            cluster.routers[.edge]?[name]?.status?.conditions = [
                Condition("Conflict", true, reason: "OtherRouterHeard", message: "heard", at: Timestamp(seconds: 0))
            ]
        }
        try cluster.settle()
        let message = cluster.condition(.routerIDsUnique)?.message ?? ""
        let end = "; and 2 more; an identifier in spec.blacklistRouterIDs is exchanged for another one"
        #expect(message.hasSuffix(end), "\(message)")
    }

    @Test("Of success and error one is true, and the other is not", arguments: [true, false])
    func honesty(_ fails: Bool) throws {
        var cluster = PureCluster()
        cluster.add(group())
        cluster.failing = fails ? ["DaemonSet edge"] : []
        try cluster.settle()
        let (success, error) = (cluster.condition(.reconcileSuccess), cluster.condition(.reconcileError))
        #expect(success?.status == (fails ? "False" : "True") && error?.status == (fails ? "True" : "False"))
        #expect(success?.reason == (fails ? "LastReconcileCycleFailed" : "LastReconcileCycleSucceded"))
        #expect(error?.message == (fails ? "DaemonSet edge: refused" : ""))
    }

    @Test("A condition tells since when its status is what it is, not when it was looked at")
    func transitions() throws {
        var cluster = try settled(group(), service("web", "192.0.2.80"))
        let before = try #require(cluster.condition(.ready)?.lastTransitionTime)
        cluster.now += 100
        cluster.add(service("late"))
        try cluster.settle()
        #expect(cluster.condition(.ready)?.lastTransitionTime == before)
        #expect(cluster.condition(.servicesAccepted)?.lastTransitionTime == Timestamp(seconds: cluster.now))
    }

    @Test("A group that cannot be read keeps all that it has, says why, and goes on when it is mended")
    func invalid() throws {
        var cluster = try settled(group(), service("web", "192.0.2.80"))
        cluster.add(group { $0.interface = "" })
        let before = (cluster.routers, cluster.identifiers())
        let journal = try cluster.settle()
        #expect(journal == ["status floating/edge"])
        #expect(cluster.routers == before.0)
        let ready = try #require(cluster.condition(.ready))
        #expect(ready.status == "False" && ready.reason == "InvalidSpec" && ready.message.contains("spec.interface"))
        #expect(cluster.condition(.reconcileError)?.status == "True")
        #expect(cluster.condition(.reconcileSuccess)?.status == "False")
        cluster.add(group())
        try cluster.settle()
        #expect(cluster.condition(.ready)?.status == "True")
    }

    @Test("An address that two Services want goes to one of them, and the group names both")
    func sharedAddress() throws {
        let cluster = try settled(
            group(), service("early", "192.0.2.80", createdAt: 1), service("late", "192.0.2.80", createdAt: 2))
        #expect(cluster.routers[.edge]?.count == 1)
        let condition = try #require(cluster.condition(.servicesAccepted))
        #expect(condition.status == "False" && condition.reason == "ServicesRefused")
        #expect(condition.message.contains("shop/late") && condition.message.contains("shop/early"))
    }

    @Test("A Service without an address has no router, and the group says what it waits for")
    func pending() throws {
        let cluster = try settled(group(), service("web"))
        #expect(cluster.routers[.edge]?.isEmpty ?? true)
        #expect(cluster.identifiers().isEmpty)
        #expect(cluster.condition(.servicesAccepted)?.reason == "AddressesPending")
        #expect(cluster.condition(.ready)?.status == "True")
    }

    @Test("A Service with both families has a router for each, with one identifier")
    func dualStack() throws {
        let cluster = try settled(group(), service("web", "192.0.2.80", "2001:db8::80"))
        let routers = try #require(cluster.routers[.edge])
        #expect(routers.keys.sorted() == ["edge.shop.web.ipv4", "edge.shop.web.ipv6"])
        #expect(Set(routers.values.map(\.spec.virtualRouterID)) == [1])
        #expect(routers["edge.shop.web.ipv6"]?.spec.addresses == ["2001:db8::80"])
    }

    @Test("An option that would run a program is not applied, and the group and the Service say so")
    func unsafeOption() throws {
        let attack = #"{"notify": "/bin/sh -c evil", "garp_master_repeat": "3"}"#
        let cluster = try settled(group(), service("web", "192.0.2.80", options: attack))
        let spec = try #require(cluster.routers[.edge]?["edge.shop.web.ipv4"]?.spec)
        #expect(spec.verbatimConfig == ["garp_master_repeat": "3"])
        let condition = try #require(cluster.condition(.verbatimConfigAccepted))
        #expect(condition.status == "False" && condition.message.contains("notify"))
        let remark = Remark(try #require(ServiceOptions(attack).refusals.first))
        #expect(remark.isWarning && remark.reason == "OptionNotApplied")
    }

    @Test("An annotation that breaks out of a template is one bad annotation")
    func injection() throws {
        let attack = "{\"advert_int\": \"1\\n}\\n---\\nkind: Role\"}"
        let cluster = try settled(group(), service("web", "192.0.2.80", options: attack))
        #expect(cluster.routers[.edge]?["edge.shop.web.ipv4"]?.spec.verbatimConfig == nil)
        #expect(cluster.condition(.verbatimConfigAccepted)?.status == "False")
    }

    @Test("A group without nodes is not ready, and a router that nobody can hold is not written")
    func noNodes() throws {
        let cluster = try settled(group { $0.nodeSelector = ["edge": ""] }, service("web", "192.0.2.80"))
        #expect(cluster.routers[.edge]?.isEmpty ?? true)
        #expect(cluster.condition(.ready)?.reason == "NoNode")
    }

    @Test("A group whose nodes have no address for unicast adverts is not ready, and its Services are told why")
    func noAddresses() throws {
        var cluster = try settled(group { $0.unicastEnabled = true }, service("web", "192.0.2.80"))
        #expect(cluster.routers[.edge]?.isEmpty ?? true)
        let ready = try #require(cluster.condition(.ready))
        #expect(ready.status == "False" && ready.reason == "NoNodeForFamily" && ready.message.contains("IPv4"))
        let services = try #require(cluster.condition(.servicesAccepted))
        #expect(services.status == "False" && services.message.contains("shop/web: no node of the group has an IPv4"))
        let nodes = try #require(cluster.condition(.nodesTakePart))
        #expect(nodes.status == "False" && nodes.reason == "NodesLeftOut" && nodes.message.contains("node1"))

        for place in cluster.nodes.indices.dropLast() {
            cluster.nodes[place].status = .init()
            cluster.nodes[place].status?.addresses = [.init(type: "InternalIP", address: "198.51.100.\(place + 1)")]
        }
        try cluster.settle()
        #expect(cluster.condition(.ready)?.status == "True" && cluster.condition(.servicesAccepted)?.status == "True")
        #expect(
            cluster.condition(.nodesTakePart)?.message
                == "node node3 takes no part, because it has no IPv4 address for unicast adverts")
        cluster.add(group())
        try cluster.settle()
        #expect(cluster.condition(.nodesTakePart)?.reason == "AllTakePart")
    }

    @Test("Nodes that a router has no room for are counted, and so are those beyond the first without an address")
    func nodesLeftOut() throws {
        var cluster = PureCluster(nodes: 260)
        cluster.add(group())
        cluster.add(service("web", "192.0.2.80"))
        try cluster.settle()
        let message = "6 nodes take no part, because a virtual router can have 254"
        #expect(cluster.condition(.nodesTakePart)?.message == message)
        #expect(cluster.condition(.ready)?.status == "True")
        cluster.add(group { $0.unicastEnabled = true })
        try cluster.settle()
        // One of the family, one of the surplus, and one for each of the nodes.
        #expect(cluster.condition(.nodesTakePart)?.message.hasSuffix("and 251 more") == true)
    }

    @Test("The condition names a few Services and counts the others")
    func bounded() throws {
        var cluster = PureCluster()
        cluster.add(group())
        for number in 1...500 { cluster.add(service("s\(number)", String(repeating: "x", count: 500))) }
        try cluster.settle()
        let message = try #require(cluster.condition(.servicesAccepted)?.message)
        #expect(message.count <= 3200 && message.hasSuffix("and 495 more"))
    }

    @Test("Node pods that are not ready make the group not ready; pods that nobody has looked at do not")
    func nodePods() throws {
        var cluster = try settled()
        #expect(cluster.condition(.nodePodsReady)?.status == "Unknown")
        #expect(cluster.condition(.ready)?.status == "True")
        cluster.owned[.edge]?[.nodePods]?["metadata", "generation"] = 1
        cluster.owned[.edge]?[.nodePods]?["status"] = [
            "desiredNumberScheduled": 3, "numberReady": 2, "updatedNumberScheduled": 3, "observedGeneration": 1,
        ]
        try cluster.settle()
        #expect(cluster.condition(.ready)?.message == "2 of 3 node pods are ready")
        cluster.owned[.edge]?[.nodePods]?["status", "numberReady"] = 3
        try cluster.settle()
        #expect(cluster.condition(.ready)?.status == "True")
        #expect(cluster.condition(.nodePodsReady)?.status == "True")
    }
}
