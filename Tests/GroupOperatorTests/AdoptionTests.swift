import ClusterObjects
import GroupOperator
import JSONDocument
import KubernetesAPI
import Testing
import VIPPlanning
import VRRP

@Suite("Taking over from keepalived-operator")
struct AdoptionTests {
    /// A group as keepalived-operator leaves it.
    private var inherited: KeepalivedGroup {
        var group = group { $0.image = "registry.redhat.io/openshift4/ose-keepalived-ipfailover" }
        var status = KeepalivedGroup.Status()
        status.routerIDs = ["shop/web": 7, "shop/media/192.0.2.90": 3]
        status.conditions = [
            Condition(
                "ReconcileError", true, reason: "LastReconcileCycleFailed", message: "old", at: Timestamp(seconds: 1)),
            Condition("ReconcileSuccess", true, reason: "LastReconcileCycleSucceded", at: Timestamp(seconds: 2)),
        ]
        group.status = status
        return group
    }

    private var oldPods: DynamicObject {
        var pods = DynamicObject(DaemonSet.resourceType, metadata: ObjectMeta(name: "edge", namespace: "floating"))
        pods["metadata", "ownerReferences"] = [
            [
                "apiVersion": "redhatcop.redhat.io/v1alpha1", "kind": "KeepalivedGroup", "name": "edge",
                "uid": "uid of floating/edge", "controller": true,
            ]
        ]
        pods["metadata", "labels"] = ["theirs": "stays"]
        pods["metadata", "resourceVersion"] = "17"
        pods["spec"] = [
            "selector": ["matchLabels": ["keepalivedGroup": "edge"]],
            "template": [
                "metadata": ["labels": ["keepalivedGroup": "edge"]],
                "spec": [
                    "shareProcessNamespace": true, "initContainers": [["name": "config-setup", "image": "i"]],
                    "containers": [
                        ["name": "keepalived", "image": "i"], ["name": "config-reloader", "image": "i"],
                        ["name": "prometheus-exporter", "image": "i"],
                    ],
                ],
            ],
        ]
        return pods
    }

    @Test("Identifiers stay, new ones are others, and the routers speak version 2 with an advert a second")
    func identifiers() throws {
        var cluster = PureCluster()
        cluster.add(inherited)
        cluster.add(service("web", "192.0.2.80", "2001:db8::80"))
        var media = service("media", "192.0.2.90", "192.0.2.91")
        media.metadata.annotations[ContractNames.spreadAnnotation] = "true"
        cluster.add(media)
        try cluster.settle()
        #expect(
            cluster.identifiers() == ["shop/web": 7, "shop/media/192.0.2.90": 3, "shop/media/192.0.2.91": 1])
        let web = try #require(cluster.routers[.edge]?["edge.shop.web.ipv4"]?.spec)
        #expect(web.virtualRouterID == 7 && web.version == 2 && web.advertisementInterval == "1s")
        #expect(cluster.routers[.edge]?["edge.shop.web.ipv6"]?.spec.version == 3)
        let condition = try #require(cluster.condition(.protocolVersion))
        #expect(condition.reason == "Inherited" && condition.message.contains("spec.version: 3"))
        #expect(cluster.condition(.reconcileError)?.status == "False", "an error that is over is over")
    }

    @Test("A group that was inherited stays so over restarts, until somebody says otherwise")
    func memory() throws {
        var cluster = PureCluster()
        cluster.add(inherited)
        cluster.add(service("web", "192.0.2.80"))
        try cluster.settle()
        cluster.restart()
        #expect(try cluster.settle() == [])
        cluster.add(group { $0.version = 3 })
        try cluster.settle()
        #expect(cluster.routers[.edge]?["edge.shop.web.ipv4"]?.spec.version == 3)
        #expect(cluster.condition(.protocolVersion)?.reason == "Specified")
        cluster.add(group())
        try cluster.settle()
        #expect(cluster.condition(.protocolVersion)?.reason == "Default")
    }

    @Test("A group that was inherited stays so over restarts where its options name the version, and until they do not")
    func memoryOfOptions() throws {
        var group = inherited
        group.spec?.image = "registry.example/network/vip-daemon:3"
        group.spec?.verbatimConfig = ["vrrp_version": "2"]
        var cluster = PureCluster()
        cluster.add(group)
        cluster.add(service("web", "192.0.2.80"))
        try cluster.settle()
        cluster.restart()
        #expect(try cluster.settle() == [], "the old daemons' image is not run")
        #expect(cluster.condition(.imageAccepted)?.reason == "ImageReplaced")
        group.spec?.verbatimConfig = nil
        group.status = nil
        cluster.add(group)
        cluster.restart()
        try cluster.settle()
        #expect(cluster.routers[.edge]?["edge.shop.web.ipv4"]?.spec.version == 2)
        #expect(cluster.condition(.protocolVersion)?.reason == "Inherited")
    }

    @Test("A group that was inherited stays so where it cannot be read at first, and where its version is none")
    func unreadableAtFirst() throws {
        for version in [nil, 7] {
            var group = inherited
            group.spec?.interface = ""
            group.spec?.version = version
            var cluster = PureCluster()
            cluster.add(group)
            cluster.add(service("web", "192.0.2.80"))
            try cluster.settle()
            #expect(cluster.condition(.ready)?.reason == "InvalidSpec")
            #expect(cluster.condition(.protocolVersion)?.reason == "Inherited")
            #expect(Inheritance.fromKeepalivedOperator.after(group.spec) == .fromKeepalivedOperator)
            group.spec?.interface = "eth0"
            group.spec?.version = nil
            group.status = nil
            cluster.add(group)
            cluster.restart()
            try cluster.settle()
            #expect(cluster.routers[.edge]?["edge.shop.web.ipv4"]?.spec.version == 2)
        }
        #expect(Inheritance.fromKeepalivedOperator.after(group { $0.version = 2 }.spec) == Inheritance.none)
    }

    @Test("A group says that its image is not run, and that it is when the group is no longer inherited")
    func image() throws {
        var group = inherited
        group.spec?.image = "registry.example/network/vip-daemon:3"
        var cluster = PureCluster()
        cluster.add(group)
        try cluster.settle()
        #expect(cluster.condition(.imageAccepted)?.status == "False")
        #expect(cluster.condition(.imageAccepted)?.reason == "ImageReplaced")
        group.spec?.version = 3
        group.status = nil
        cluster.add(group)
        try cluster.settle()
        #expect(cluster.condition(.imageAccepted)?.status == "True")
    }

    @Test("A new group is nobody's, even where the first status is all that could be written")
    func newGroup() throws {
        #expect(Inheritance(nil) == nil && Inheritance(pods: nil) == Inheritance.none)
        var cluster = PureCluster()
        cluster.add(group())
        cluster.add(service("web", "192.0.2.80"))
        cluster.failing = ["DaemonSet edge"]
        try cluster.settle()
        var status = try #require(cluster.groups[.edge]?.status)
        #expect(Inheritance(status) == Inheritance.none)
        // As it is between the two writes of a status.
        status.observedGeneration = nil
        status.conditions?.removeAll { $0.type.hasPrefix("Reconcile") }
        #expect(Inheritance(status) == Inheritance.none)
    }

    @Test("Where the status is lost, the old pods tell")
    func lostStatus() throws {
        #expect(Inheritance(pods: oldPods) == .fromKeepalivedOperator)
        #expect(Inheritance.fromKeepalivedOperator.version == .v2)
    }

    @Test("The old pods are replaced as a whole, after the routers; what others have set outside of them stays")
    func replacement() throws {
        var cluster = PureCluster()
        cluster.add(inherited)
        cluster.add(service("web", "192.0.2.80"))
        cluster.owned[.edge] = [.nodePods: oldPods]
        let journal = try cluster.settle()
        let router = try #require(journal.firstIndex(of: "apply VirtualRouter edge.shop.web.ipv4"))
        let replacement = try #require(journal.firstIndex(of: "replace DaemonSet edge"))
        #expect(router < replacement && journal[replacement + 1] == "apply DaemonSet edge")

        var situation = GroupSituation(
            try #require(cluster.groups[.edge]), inheritance: .fromKeepalivedOperator, plan: .planned(.init()),
            metricsPort: 9650, settings: cluster.settings)
        situation.owned = [.nodePods: oldPods]
        let writes = try GroupDecision(situation, at: Timestamp(seconds: 0)).ownedWrites
        let replaced = writes.compactMap { write -> DynamicObject? in
            if case .replace(_, let object) = write { object } else { nil }
        }
        let pods = try #require(replaced.first)
        #expect(!Predecessor.hasPieces(pods))
        #expect(pods.metadata.resourceVersion == "17" && pods.metadata.labels["theirs"] == "stays")
        #expect(pods["spec", "template", "spec", "shareProcessNamespace"] == nil)
        #expect(pods["spec", "selector"] == oldPods["spec", "selector"])
    }

    @Test("What the old pods need is needed until all of them are replaced")
    func rollout() throws {
        var pods = oldPods
        func status(_ wanted: Int, _ updated: Int, of generation: Int) -> JSONValue {
            [
                "desiredNumberScheduled": .integer(Int64(wanted)), "updatedNumberScheduled": .integer(Int64(updated)),
                "observedGeneration": .integer(Int64(generation)),
            ]
        }
        pods["metadata", "generation"] = 2
        pods["status"] = status(3, 3, of: 2)
        #expect(!Predecessor.isGone(pods))
        pods["spec", "template", "spec"] = ["containers": [["name": "vrrpd", "image": "i"]]]
        #expect(Predecessor.isGone(pods))
        for stale in [status(3, 2, of: 2), status(3, 3, of: 1)] {
            pods["status"] = stale
            #expect(!Predecessor.isGone(pods))
        }
        pods["status"] = nil
        #expect(!Predecessor.isGone(pods))
    }

    @Test("Who has set fields of pods that were replaced is forgotten, but for the apply and the status")
    func managers() throws {
        var cluster = PureCluster()
        cluster.add(group())
        try cluster.settle()
        let apply: JSONValue = ["manager": "vrrp-operator", "operation": "Apply", "fieldsV1": ["f:spec": [:]]]
        let status: JSONValue = ["manager": "kcm", "operation": "Update", "fieldsV1": ["f:status": [:]]]
        let old: JSONValue = ["manager": "manager", "operation": "Update", "fieldsV1": ["f:spec": [:]]]
        let ours: JSONValue = ["manager": "vrrp-operator", "operation": "Update", "fieldsV1": ["f:spec": [:]]]
        cluster.owned[.edge]?[.nodePods]?["metadata", "managedFields"] = [apply, status, old, ours]
        #expect(try cluster.settle() == ["merge DaemonSet edge"])
        #expect(cluster.owned[.edge]?[.nodePods]?["metadata", "managedFields"] == [apply, status])
        #expect(try cluster.settle() == [])
    }

    @Test("What a group that went unseen has left tells which identifiers rest, and where")
    func departed() throws {
        var cluster = PureCluster()
        cluster.add(group { _ in })
        cluster.add(service("web", "192.0.2.80", "2001:db8::80"))
        cluster.add(service("dns", "192.0.2.53"))
        try cluster.settle()
        var left = cluster.routers.values.flatMap(\.values)
        #expect(left.count == 3)
        // One that somebody has spoiled says nothing, and hides nothing.
        left[0].spec.family = "IPX"
        let routers = left.dropFirst().compactMap { try? PlannedRouter($0) }
        let departed = RouterMemory.departedGroups(leaving: left, now: 1000)
        #expect(departed.count == 1 && departed.first?.interface == routers[0].interface)
        #expect(departed.first?.nodes == Set(routers.flatMap { $0.members.map(\.node) }))
        #expect(departed.first?.quarantine == routers.reduce(into: [:]) { $0[$1.routerID] = 1600 })
        #expect(RouterMemory.departedGroups(leaving: [], now: 1000).isEmpty)
    }
}
