import ClusterObjects
import KubernetesAPI
import Testing
import VIPPlanning
import VRRP

@Suite("Objects of the cluster as the planner knows them") struct ObjectTests {
    @Test("A group with all its fields is read")
    func group() throws {
        var object = KeepalivedGroup(metadata: ObjectMeta(name: "web", namespace: "edge"))
        var spec = KeepalivedGroup.Spec()
        spec.interface = "ens3"
        spec.nodeSelector = ["role": "edge"]
        spec.advertisementInterval = "250ms"
        spec.preemption = KeepalivedGroup.Preemption(mode: "Delayed", delay: "1m30s")
        spec.blacklistRouterIDs = [1, 300, -4, 7]
        spec.allowedNetworks = ["192.0.2.0/24"]
        spec.unicastEnabled = true
        object.spec = spec
        let group = try AddressGroup(object)
        #expect(group.interface == .named("ens3"))
        #expect(group.advertisementInterval.centiseconds == 25)
        #expect(group.preemption == .delayed(.seconds(90)))
        #expect(group.excludedRouterIDs.map(\.rawValue).sorted() == [1, 7])
        #expect(group.admittedNetworks?.map(\.description) == ["192.0.2.0/24"])
        #expect(group.isUnicast)
        #expect(group.version == .v3)
    }

    @Test("Fields that change nothing are named: identifiers that there are not, a password where nobody can send one")
    func fieldsWithoutEffect() {
        var spec = KeepalivedGroup.Spec()
        spec.blacklistRouterIDs = [1, 300, -4, 300, 255]
        spec.passwordAuth = .init(secretRef: .init(name: "vrrp"))
        #expect(
            FieldWithoutEffect.all(in: spec, version: .v3).map(\.description) == [
                "spec.blacklistRouterIDs has -4, 300; identifiers are 1 to 255",
                "spec.passwordAuth is not used: VRRP version 3, which the routers speak, has no passwords",
            ])
        spec.blacklistRouterIDs = [1, 255]
        #expect(FieldWithoutEffect.all(in: spec, version: .v2) == [])
    }

    @Test("Fields that mean nothing are named, all at once, with what is allowed")
    func wrongFields() {
        var object = KeepalivedGroup(metadata: ObjectMeta(name: "web", namespace: "edge"))
        var spec = KeepalivedGroup.Spec()
        spec.interface = "a name that no interface can have"
        spec.version = 4
        spec.advertisementInterval = "1d"
        spec.preemption = KeepalivedGroup.Preemption(mode: "Delayed")
        spec.allowedNetworks = ["192.0.2.1/24"]
        object.spec = spec
        let problems = #expect(throws: FieldProblems.self) { try AddressGroup(object) }
        #expect(
            problems?.problems.map(\.field) == [
                "spec.interface", "spec.version", "spec.advertisementInterval", "spec.preemption.delay",
                "spec.allowedNetworks[0]",
            ])
        #expect(problems?.problems[1].description == "spec.version: \"4\" is not allowed; allowed is 2 or 3")
    }

    @Test("A group that keepalived-operator has made stays with version 2 until somebody says otherwise")
    func inheritedVersion() throws {
        var object = KeepalivedGroup(metadata: ObjectMeta(name: "web", namespace: "edge"))
        object.spec = KeepalivedGroup.Spec()
        object.spec?.interface = "eth0"
        #expect(try AddressGroup(object, inheritedVersion: .v2).version == .v2)
        object.spec?.verbatimConfig = ["vrrp_version": "3"]
        #expect(try AddressGroup(object, inheritedVersion: .v2).version == .v3)
        object.spec?.version = 2
        #expect(try AddressGroup(object).version == .v2)
    }

    @Test("A router comes back from its object as it was planned", arguments: [ProtocolVersion.v2, .v3])
    func roundTrip(version: ProtocolVersion) throws {
        let router = PlannedRouter(
            objectName: "web.shop.front.ipv4", key: "shop/front", group: ObjectName("edge", "web"),
            service: ObjectName("shop", "front"), family: .ipv4,
            routerID: try #require(VirtualRouterID(rawValue: 9)), version: version,
            interface: .towards(try #require(IPAddress("192.0.2.254"))),
            addresses: [try #require(IPAddress("192.0.2.1")), try #require(IPAddress("192.0.2.2"))],
            advertisementInterval: try #require(AdvertisementInterval(centiseconds: 200)),
            preemption: .delayed(.seconds(300)), health: .port(30_123),
            password: version == .v2 ? PasswordSource(secret: "s", key: "k") : nil,
            options: ["garp_master_delay": "3"], isUnicast: true,
            members: [
                .init(node: "a", priority: try #require(Priority(rawValue: 200)), address: IPAddress("10.0.0.1")),
                .init(node: "b", priority: try #require(Priority(rawValue: 100)), address: IPAddress("10.0.0.2")),
            ])
        let object = KubernetesAPI.VirtualRouter(
            metadata: ObjectMeta(name: router.objectName, namespace: "edge"), spec: .init(router))
        #expect(object.spec.advertisementInterval == "2s")
        #expect(object.spec.preemption?.delay == "300s")
        #expect(try PlannedRouter(object) == router)
    }

    @Test("The node with the highest priority has the best claim, wherever it is in the list")
    func membersInAnyOrder() throws {
        var spec = KubernetesAPI.VirtualRouter.Spec(
            group: "web", service: .init(namespace: "shop", name: "front"), virtualRouterID: 1, family: "IPv4",
            version: 3, addresses: ["192.0.2.1"],
            members: [
                .init(node: "a", priority: 202), .init(node: "c", priority: 226), .init(node: "b", priority: 250),
            ])
        spec.interface = "eth0"
        let object = KubernetesAPI.VirtualRouter(metadata: ObjectMeta(name: "x", namespace: "edge"), spec: spec)
        #expect(try PlannedRouter(object).members.map(\.node) == ["b", "c", "a"])
        var other = spec
        other.members.reverse()
        #expect(spec.means(other))
        other.members[0].priority = 1
        #expect(!spec.means(other))
    }

    @Test("An object that the operator has not written is refused field by field")
    func foreignRouter() {
        let spec = KubernetesAPI.VirtualRouter.Spec(
            group: "web", service: .init(namespace: "shop", name: "front"), virtualRouterID: 0, family: "IPv6",
            version: 2, addresses: ["192.0.2.1"], members: [.init(node: "a", priority: 255)])
        let object = KubernetesAPI.VirtualRouter(metadata: ObjectMeta(name: "x", namespace: "edge"), spec: spec)
        let problems = #expect(throws: FieldProblems.self) { try PlannedRouter(object) }
        #expect(
            problems?.problems.map(\.field) == [
                "spec.version", "spec.virtualRouterID", "spec.interface", "spec.addresses[0]",
                "spec.members[0].priority",
            ])
    }

    @Test("A Service without the annotation costs nothing and asks for nothing")
    func foreignService() {
        var object = KubernetesAPI.Service(metadata: ObjectMeta(name: "front", namespace: "shop"))
        object.spec = .init()
        object.spec?.externalIPs = ["192.0.2.1"]
        #expect(VIPPlanning.Service(object).externalAddresses.isEmpty)
        object.metadata.annotations[ContractNames.groupAnnotation] = "edge/web"
        #expect(VIPPlanning.Service(object).externalAddresses == ["192.0.2.1"])
    }

    @Test(
        "With a local traffic policy the port counts at which kube-proxy tells of endpoints; without one nothing does",
        arguments: [
            ("Local", 31_000, .port(31_000)), ("Local", nil, .unavailable), ("Local", 0, .unavailable),
            ("Cluster", 31_000, .none), (nil, 31_000, .none),
        ] as [(String?, Int?, VIPPlanning.Service.HealthCheck)])
    func localTraffic(policy: String?, port: Int?, health: VIPPlanning.Service.HealthCheck) {
        var object = KubernetesAPI.Service(metadata: ObjectMeta(name: "front", namespace: "shop"))
        object.metadata.annotations[ContractNames.groupAnnotation] = "edge/web"
        object.spec = .init()
        object.spec?.externalTrafficPolicy = policy
        object.spec?.healthCheckNodePort = port
        #expect(VIPPlanning.Service(object).health == health)
    }

    @Test("The interval that a Service asks for is for the planner to decide on, not an option like others")
    func interval() {
        var object = KubernetesAPI.Service(metadata: ObjectMeta(name: "front", namespace: "shop"))
        object.metadata.annotations[ContractNames.groupAnnotation] = "edge/web"
        let options = #"{"advert_int": "0.05", "garp_master_delay": "3"}"#
        object.metadata.annotations[ContractNames.verbatimAnnotation] = options
        let service = VIPPlanning.Service(object)
        #expect(service.advertisementInterval == AdvertisementInterval(centiseconds: 5))
        #expect(service.options == ["garp_master_delay": "3"])
    }

    @Test("A node is avoided while it is cordoned, and not because the cluster has not heard of it for a moment")
    func nodes() {
        var object = KubernetesAPI.Node(metadata: ObjectMeta(name: "a"))
        object.spec = .init()
        object.spec?.taints = [.init(key: "node.kubernetes.io/unreachable", effect: "NoExecute")]
        #expect(!VIPPlanning.Node(object).isAvoided)
        object.spec?.unschedulable = true
        #expect(VIPPlanning.Node(object).isAvoided)
        object.spec?.unschedulable = nil
        for (key, effect) in [
            ("maintenance", "NoExecute"), ("node.kubernetes.io/out-of-service", "NoExecute"),
            ("ToBeDeletedByClusterAutoscaler", "NoSchedule"),
        ] {
            object.spec?.taints = [.init(key: key, effect: effect)]
            #expect(VIPPlanning.Node(object).isAvoided, "\(key)")
        }
        object.spec?.taints = [.init(key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule")]
        #expect(!VIPPlanning.Node(object).isAvoided)
        object.metadata.labels = ["node.kubernetes.io/exclude-from-external-load-balancers": ""]
        #expect(VIPPlanning.Node(object).isAvoided)
    }

    @Test("Identifiers come back from a status, and what no identifier is does not")
    func ledger() throws {
        let nine = try #require(VirtualRouterID(rawValue: 9))
        let ledger = RouterIDLedger(assignments: ["shop/front": nine], quarantine: [nine: 1_700_000_000])
        var status = KeepalivedGroup.Status()
        ledger.write(to: &status)
        #expect(status.routerIDs == ["shop/front": 9])
        #expect(RouterIDLedger(status) == ledger)
        status.routerIDs?["shop/back"] = 256
        status.quarantinedRouterIDs?["zero"] = Timestamp(seconds: 1)
        #expect(RouterIDLedger(status) == ledger)
    }
}
