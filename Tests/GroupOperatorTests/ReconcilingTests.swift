import ClusterObjects
import GroupOperator
import JSONDocument
import KubernetesAPI
import Testing
import VIPPlanning

@Suite("What is written for a group, and when")
struct ReconcilingTests {
    private func cluster(_ services: KubernetesAPI.Service...) -> PureCluster {
        var cluster = PureCluster()
        cluster.add(group())
        for service in services { cluster.add(service) }
        return cluster
    }

    @Test("Identifiers are kept in the status before a router that has one is written")
    func order() throws {
        var cluster = cluster(service("web", "192.0.2.80"))
        let journal = try cluster.settle()
        let status = try #require(journal.firstIndex(of: "status floating/edge"))
        let router = try #require(journal.firstIndex(of: "apply VirtualRouter edge.shop.web.ipv4"))
        #expect(status < router)
        #expect(cluster.identifiers() == ["shop/web": 1])
        let object = try #require(cluster.routers[.edge]?["edge.shop.web.ipv4"])
        #expect(object.spec.virtualRouterID == 1 && object.spec.addresses == ["192.0.2.80"])
        #expect(object.metadata.labels == ["keepalivedGroup": "edge"])
        #expect(object.metadata.ownerReferences.map(\.uid) == ["uid of floating/edge"])
    }

    @Test("Where the status cannot be written, no router is")
    func statusRefused() throws {
        var cluster = cluster(service("web", "192.0.2.80"))
        cluster.failing = ["status"]
        #expect(try cluster.settle() == ["status floating/edge"])
        #expect(cluster.routers.isEmpty && cluster.owned.isEmpty)
    }

    @Test("A thousand looks without a change write nothing")
    func idempotence() throws {
        var cluster = cluster(service("web", "192.0.2.80", "192.0.2.81", "2001:db8::80"), service("pending"))
        try cluster.settle()
        for _ in 0..<1000 { #expect(try cluster.settle() == []) }
        cluster.restart()
        #expect(try cluster.settle() == [])
    }

    @Test("One more Service costs two writes, another address one, whatever else there is")
    func oneService() throws {
        var cluster = PureCluster()
        cluster.add(group())
        for number in 1...200 { cluster.add(service("s\(number)", "192.0.2.\(number)")) }
        try cluster.settle()
        cluster.add(service("new", "192.0.2.250"))
        let journal = try cluster.settle()
        #expect(journal == ["status floating/edge", "apply VirtualRouter edge.shop.new.ipv4"])
        cluster.services[ObjectName("shop", "new")]?.spec?.externalIPs = ["192.0.2.251"]
        #expect(try cluster.settle() == ["apply VirtualRouter edge.shop.new.ipv4"])
        cluster.services[ObjectName("shop", "new")] = nil
        cluster.planner.remove(service: ObjectName("shop", "new"))
        #expect(try cluster.settle() == ["status floating/edge", "delete VirtualRouter edge.shop.new.ipv4"])
    }

    @Test("An identifier that was given back is not used again at once")
    func quarantine() throws {
        var cluster = cluster(service("a", "192.0.2.1"))
        try cluster.settle()
        cluster.services = [:]
        cluster.planner.remove(service: ObjectName("shop", "a"))
        cluster.add(service("b", "192.0.2.2"))
        cluster.now += 1
        try cluster.settle()
        #expect(cluster.identifiers() == ["shop/b": 2])
        #expect(cluster.groups[.edge]?.status?.quarantinedRouterIDs?.keys.sorted() == ["1"])
    }

    @Test("A status that was lost comes back from the virtual routers, and nothing else changes")
    func lostStatus() throws {
        var cluster = cluster(service("a", "192.0.2.1"), service("b", "192.0.2.2"))
        try cluster.settle()
        cluster.services[ObjectName("shop", "a")] = nil
        cluster.planner.remove(service: ObjectName("shop", "a"))
        try cluster.settle()
        #expect(cluster.identifiers() == ["shop/b": 2])
        cluster.groups[.edge]?.status = nil
        cluster.restart()
        #expect(Set(try cluster.settle()) == ["status floating/edge"])
        #expect(cluster.identifiers() == ["shop/b": 2])
    }

    @Test("The 256th Service waits, and all others go on")
    func exhaustion() throws {
        var cluster = PureCluster()
        cluster.add(group())
        for number in 1...255 { cluster.add(service("s\(number)", "10.0.1.\(number)", createdAt: 1)) }
        try cluster.settle()
        #expect(cluster.condition(.routerIDsAvailable)?.reason == "FewLeft")
        cluster.add(service("late", "10.0.2.1", createdAt: 2))
        cluster.services[ObjectName("shop", "s7")]?.spec?.externalIPs = ["10.0.3.7"]
        try cluster.settle()
        #expect(cluster.routers[.edge]?.count == 255)
        #expect(cluster.routers[.edge]?["edge.shop.s7.ipv4"]?.spec.addresses == ["10.0.3.7"])
        let condition = try #require(cluster.condition(.routerIDsAvailable))
        #expect(condition.status == "False" && condition.message.contains("shop/late"))
        #expect(cluster.condition(.ready)?.reason == "RouterIDPending")
        #expect(cluster.groups[.edge]?.status?.availableRouterIDs == 0)
    }

    @Test("What somebody has changed or removed is put right, and what others add stays")
    func drift() throws {
        var cluster = cluster(service("web", "192.0.2.80"))
        try cluster.settle()
        cluster.routers[.edge]?["edge.shop.web.ipv4"]?.spec.virtualRouterID = 99
        cluster.owned[.edge]?[.nodePods]?["spec", "template", "spec", "hostNetwork"] = false
        cluster.owned[.edge]?[.agentRole] = nil
        cluster.owned[.edge]?[.agentAccount]?["imagePullSecrets"] = [["name": "theirs"]]
        #expect(
            try cluster.settle() == [
                "apply VirtualRouter edge.shop.web.ipv4", "apply Role edge-agent", "apply DaemonSet edge",
            ])
        #expect(try cluster.settle() == [])
    }

    @Test("What somebody puts into a virtual router is taken out, be it a field, an option or a node")
    func additionsToRouters() throws {
        var cluster = cluster(service("web", "192.0.2.80", options: #"{"garp_master_delay": "3"}"#))
        try cluster.settle()
        let name = "edge.shop.web.ipv4"
        let before = try #require(cluster.routers[.edge]?[name]?.spec)
        let add = { (spec: inout VirtualRouter.Spec) in
            spec.interfaceFromIP = "198.51.100.1"
            spec.healthCheckNodePort = 31_000
            spec.preemption?.delay = "5m"
            spec.verbatimConfig?["advert_int"] = "9"
            spec.members[0].address = "198.51.100.2"
            spec.members.append(.init(node: "stranger", priority: 254))
        }
        cluster.additions[name] = add
        var edited = try #require(cluster.routers[.edge]?[name])
        add(&edited.spec)
        cluster.routers[.edge]?[name] = edited
        #expect(try cluster.settle() == ["apply VirtualRouter \(name)", "merge VirtualRouter \(name)"])
        #expect(cluster.routers[.edge]?[name]?.spec == before)
        #expect(try cluster.settle() == [])
    }

    @Test("Where an apply has left what is wanted nothing follows, in whatever order the nodes are")
    func nothingToTakeOut() throws {
        var cluster = cluster(service("web", "192.0.2.80"))
        try cluster.settle()
        let wanted = try #require(cluster.routers[.edge]?["edge.shop.web.ipv4"])
        var answer = wanted
        answer.spec.members.reverse()
        answer.status = VirtualRouter.Status()
        #expect(try RouterSpecPatch(after: answer, wanted) == nil)
        answer.spec.unicast = true
        answer.metadata.resourceVersion = "17"
        let patch = try #require(try RouterSpecPatch(after: answer, wanted))
        guard case .object(let body) = patch.body.value, case .object(let spec)? = body["spec"] else {
            Issue.record("no patch of a spec")
            return
        }
        #expect(body["metadata"] == ["resourceVersion": "17"] && spec["unicast"] == .null)
        #expect(spec.map(\.key).sorted() == ["members", "unicast"])
    }

    @Test("Pull secrets go into the account of the node pods, beside those that the cluster itself has put there")
    func pullSecrets() throws {
        var cluster = cluster(service("web", "192.0.2.80"))
        try cluster.settle()
        #expect(cluster.owned[.edge]?[.agentAccount]?["imagePullSecrets"] == nil)
        cluster.owned[.edge]?[.agentAccount]?["imagePullSecrets"] = [["name": "edge-agent-dockercfg-x"]]
        cluster.settings.imagePullSecrets = ["registry", "mirror"].compactMap { SecretName($0) }
        #expect(try cluster.settle() == ["apply ServiceAccount edge-agent"])
        let secrets = cluster.owned[.edge]?[.agentAccount]?["imagePullSecrets"]
        #expect(secrets == [["name": "edge-agent-dockercfg-x"], ["name": "registry"], ["name": "mirror"]])
        #expect(try cluster.settle() == [])
        // Somebody takes one out.
        cluster.owned[.edge]?[.agentAccount]?["imagePullSecrets"] = [["name": "mirror"]]
        #expect(try cluster.settle() == ["apply ServiceAccount edge-agent"])
        #expect(
            cluster.owned[.edge]?[.agentAccount]?["imagePullSecrets"] == [["name": "mirror"], ["name": "registry"]])
        cluster.settings.imagePullSecrets = []
        #expect(try cluster.settle() == ["apply ServiceAccount edge-agent"])
    }

    @Test("What is no longer wanted of an object is taken out of it")
    func fieldsThatGo() throws {
        var cluster = PureCluster()
        cluster.add(group { $0.daemonsetPodAnnotations = ["a": "b"] })
        try cluster.settle()
        // As a server has it that was told by somebody else to have another one as well.
        cluster.owned[.edge]?[.nodePods]?["spec", "template", "metadata", "annotations", "theirs"] = "c"
        cluster.add(group())
        #expect(try cluster.settle().contains("apply DaemonSet edge"))
    }

    @Test("Rights of a Prometheus whose kinds are gone are taken back, and somebody else's of that name are not")
    func featuresThatGo() throws {
        var cluster = cluster(service("web", "192.0.2.80"))
        cluster.features.hasPodMonitors = true
        cluster.features.hasSecurityContextConstraints = true
        #expect(try cluster.settle().contains("apply Role edge-prometheus-k8s"))
        cluster.features = ClusterFeatures()
        cluster.owned[.edge]?[.securityBinding]?.metadata.ownerReferences = []
        let deletions = ["delete Role edge-prometheus-k8s", "delete RoleBinding edge-prometheus-k8s"]
        #expect(try cluster.settle().filter { $0.hasPrefix("delete") } == deletions)
        #expect(cluster.owned[.edge]?[.prometheusRole] == nil && cluster.owned[.edge]?[.securityBinding] != nil)
        #expect(cluster.owned[.edge]?[.agentRole] != nil && cluster.owned[.edge]?[.agentBinding] != nil)
        #expect(try cluster.settle() == [])
    }

    /// How often a group has to be looked at until nothing is left to do; at no time is an address in two objects.
    private func rounds(_ cluster: inout PureCluster, expecting routers: [String: [String]]) throws -> Int {
        for round in 0..<5 {
            guard try !cluster.settle().isEmpty else {
                let objects = cluster.routers.values.flatMap(\.values)
                let addresses = Dictionary(uniqueKeysWithValues: objects.map { ($0.metadata.name, $0.spec.addresses) })
                #expect(addresses == routers)
                return round
            }
            #expect(cluster.sharedAddresses.isEmpty, "round \(round)")
        }
        return 5
    }

    @Test("An address that a Service takes along to another group is in one router at any time")
    func moveToOtherGroup() throws {
        // The group that gives the address up is looked at last, so that the other one has to wait for it.
        let (young, old) = (ObjectName("floating", "a"), ObjectName("floating", "b"))
        var cluster = PureCluster()
        cluster.add(group(young) { $0.interface = "eth1" })
        cluster.add(group(old))
        cluster.add(service("web", "192.0.2.80", in: old))
        try cluster.settle()
        cluster.add(service("web", "192.0.2.80", "192.0.2.81", in: young))
        #expect(try rounds(&cluster, expecting: ["a.shop.web.ipv4": ["192.0.2.80", "192.0.2.81"]]) == 2)
    }

    @Test("Two Services that change their addresses for one another's do not wait for each other", arguments: [1, 2])
    func exchange(groups: Int) throws {
        let others = groups == 1 ? ObjectName.edge : ObjectName("floating", "second")
        var cluster = PureCluster()
        cluster.add(group())
        if groups == 2 { cluster.add(group(others) { $0.interface = "eth1" }) }
        cluster.add(service("web", "192.0.2.80", "192.0.2.1"))
        cluster.add(service("dns", "192.0.2.53", in: others))
        try cluster.settle()
        cluster.add(service("web", "192.0.2.53"))
        cluster.add(service("dns", "192.0.2.80", in: others))
        let names = ["edge.shop.web.ipv4": ["192.0.2.53"], "\(others.name).shop.dns.ipv4": ["192.0.2.80"]]
        #expect(try (1...3).contains(rounds(&cluster, expecting: names)))
    }

    @Test("What a node says of a router goes when the node is gone, or no member any more; what others say stays")
    func conditionsOfFormerNodes() throws {
        var cluster = cluster(service("web", "192.0.2.80"))
        try cluster.settle()
        let conditions = ["Ready", "Degraded", "node1/Degraded", "node3/Degraded", "other.example/Degraded"].map {
            Condition($0, true, reason: "Because", at: Timestamp(seconds: 0))
        }
        cluster.routers[.edge]?["edge.shop.web.ipv4"]?.status = VirtualRouter.Status()
        cluster.routers[.edge]?["edge.shop.web.ipv4"]?.status?.conditions = conditions
        cluster.nodes.removeLast()
        // The object has other members first, and so another version.
        #expect(try cluster.settle() == ["apply VirtualRouter edge.shop.web.ipv4", "status floating/edge"])
        #expect(try cluster.settle() == ["merge VirtualRouter edge.shop.web.ipv4"])
        #expect(cluster.conflicts == [])
        #expect(
            cluster.routers[.edge]?["edge.shop.web.ipv4"]?.status?.conditions?.map(\.type)
                == ["Ready", "Degraded", "node1/Degraded"])
        #expect(try cluster.settle() == [])
    }

    @Test("A server that leaves nodes in their places in the list gets each change of priorities once")
    func placesInLists() throws {
        var cluster = PureCluster(nodes: 2)
        cluster.keepsPlacesInLists = true
        cluster.add(group())
        for number in 1...6 { cluster.add(service("s\(number)", "192.0.2.\(number)")) }
        try cluster.settle()
        let first = try #require(cluster.routers[.edge]?["edge.shop.s1.ipv4"]?.spec.members.first?.node)
        let place = try #require(cluster.nodes.firstIndex { $0.metadata.name == first })
        cluster.nodes[place].spec = .init()
        cluster.nodes[place].spec?.unschedulable = true
        #expect(try cluster.settle().contains("apply VirtualRouter edge.shop.s1.ipv4"))
        let members = try #require(cluster.routers[.edge]?["edge.shop.s1.ipv4"]?.spec.members)
        #expect(members.first?.node == first && members.first?.priority != members.map(\.priority).max())
        #expect(try cluster.settle() == [])

        cluster.nodes.append(KubernetesAPI.Node(metadata: ObjectMeta(name: "node0")))
        #expect(try !cluster.settle().isEmpty)
        #expect(try cluster.settle() == [])
        cluster.restart()
        #expect(try cluster.settle() == [], "the same nodes have the best claims")
        cluster.routers[.edge]?["edge.shop.s1.ipv4"]?.status = VirtualRouter.Status()
        cluster.routers[.edge]?["edge.shop.s1.ipv4"]?.status?.conditions = [
            Condition("node9/Degraded", true, reason: "Because", at: Timestamp(seconds: 0))
        ]
        #expect(try cluster.settle() == ["merge VirtualRouter edge.shop.s1.ipv4"])
        #expect(try cluster.settle() == [])
    }

    @Test("A virtual router that nobody asks for goes only where it is the operator's")
    func strangers() throws {
        var cluster = cluster(service("web", "192.0.2.80"))
        try cluster.settle()
        var stranger = try #require(cluster.routers[.edge]?["edge.shop.web.ipv4"])
        stranger.metadata.name = "by-hand"
        stranger.metadata.ownerReferences = []
        cluster.routers[.edge]?["by-hand"] = stranger
        var leftover = try #require(cluster.routers[.edge]?["edge.shop.web.ipv4"])
        leftover.metadata.name = "leftover"
        cluster.routers[.edge]?["leftover"] = leftover
        #expect(try cluster.settle() == ["delete VirtualRouter leftover"])
    }

    @Test("An object that belongs to somebody else is left alone, and the group says so")
    func nameTaken() throws {
        var cluster = cluster(service("web", "192.0.2.80"))
        let theirs = DynamicObject(DaemonSet.resourceType, metadata: ObjectMeta(name: "edge", namespace: "floating"))
        cluster.owned[.edge] = [.nodePods: theirs]
        let journal = try cluster.settle()
        #expect(!journal.contains { $0.hasSuffix("DaemonSet edge") })
        #expect(cluster.owned[.edge]?[.nodePods] == theirs)
        #expect(cluster.condition(.ready)?.status == "False")
        #expect(cluster.condition(.reconcileError)?.message.contains("DaemonSet edge") == true)
        #expect(cluster.routers[.edge]?.count == 1, "the rest is done")
    }

    @Test("What cannot be written keeps nothing else from being written")
    func partialFailure() throws {
        var cluster = cluster(service("a", "192.0.2.1"), service("b", "192.0.2.2"))
        cluster.failing = ["VirtualRouter edge.shop.a.ipv4"]
        try cluster.settle()
        #expect(cluster.routers[.edge]?.keys.sorted() == ["edge.shop.b.ipv4"])
        #expect(cluster.condition(.ready)?.reason == "ReconcileFailed")
        cluster.failing = []
        try cluster.settle()
        #expect(cluster.condition(.ready)?.status == "True" && cluster.condition(.reconcileError)?.status == "False")
    }
}
