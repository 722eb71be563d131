import ClusterObjects
import Foundation
import GroupOperator
import GroupOperatorService
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Telemetry
import enum NetworkLab.LoopbackPort
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension OperatorSuites {
    @Suite("What it makes of groups and Services")
    struct LoopTests {
        private func condition(
            _ type: ConditionType, of group: String, _ namespace: String, _ client: APIClient
        ) async throws -> Condition? {
            try await client.get(group, from: KeepalivedGroup.inside(namespace)).status?.conditions?[type.rawValue]
        }

        @Test(
            "Annotated Services become virtual routers, and the group gets all that it needs; what goes is taken away")
        func endToEnd() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            try await plane.withOperator { client in
                let namespace = try await plane.namespace(client)
                let groups = KeepalivedGroup.inside(namespace)
                let routers = VirtualRouter.inside(namespace)
                let services = Samples.services.objects(inside: namespace)
                try await client.create(Samples.group("edge", namespace), in: groups, as: tester)
                for (name, addresses) in [("web", ["192.0.2.80", "2001:db8::80"]), ("dns", ["192.0.2.53"])] {
                    try await client.create(
                        Samples.service(name, namespace, in: "\(namespace)/edge", addresses), in: services, as: tester)
                }
                #expect(
                    try await eventually {
                        let names = try await client.list(routers).items.map(\.metadata.name)
                        return names.map { $0.replacing(namespace, with: "NS") }
                            == ["edge.NS.dns.ipv4", "edge.NS.web.ipv4", "edge.NS.web.ipv6"]
                    })
                #expect(
                    try await eventually {
                        try await condition(.ready, of: "edge", namespace, client)?.status == "True"
                    })
                let group = try await client.get("edge", from: groups)
                #expect(group.status?.routerIDs?.keys.sorted() == ["\(namespace)/dns", "\(namespace)/web"])
                #expect(group.status?.nodes == 3 && group.status?.virtualRouters == 3)
                let router = try await client.get("edge.\(namespace).web.ipv4", from: routers)
                #expect(router.spec.members.count == 3 && Set(router.spec.members.map(\.priority)).count == 3)
                #expect(router.metadata.controllerUID == group.metadata.uid)
                for kind in [OwnedKind.nodePods, .agentAccount, .agentRole, .agentBinding] {
                    let object = try await client.get(kind.name(of: "edge"), from: kind.type.objects(inside: namespace))
                    #expect(object.metadata.controllerUID == group.metadata.uid, "\(kind)")
                }

                let removal = AnyJSON(["metadata": ["annotations": [ContractNames.groupAnnotation: .null]]])
                _ = try await client.merge(removal, into: "web", in: services, as: tester)
                #expect(try await eventually { try await client.list(routers).items.count == 1 })
                try await client.delete("edge", from: groups)
                #expect(try await eventually { try await client.list(routers).items.isEmpty })
            }
        }

        @Test("A node's address that comes late counts, and so does that new work is kept away from a node")
        func nodes() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            try await plane.withOperator { client in
                let namespace = try await plane.namespace(client)
                let nodes = KubernetesAPI.Node.resourceType.objects()
                let names = ["late", "early"].map { "\($0)-\(namespace)" }
                @Sendable func setAddress(_ name: String, _ address: String) async throws {
                    let patch = AnyJSON([
                        "status": ["addresses": [["type": "InternalIP", "address": .string(address)]]]
                    ])
                    _ = try await client.merge(patch, into: name, in: nodes, .status, as: tester)
                }
                for name in names {
                    var node = Node(metadata: ObjectMeta(name: name))
                    node.metadata.labels["role"] = namespace
                    try await client.create(node, in: KubernetesAPI.Node.everywhere, as: tester)
                }
                try await setAddress(names[1], "192.0.2.12")
                var group = Samples.group("edge", namespace)
                group.spec?.unicastEnabled = true
                group.spec?.nodeSelector = ["role": namespace]
                try await client.create(group, in: KeepalivedGroup.inside(namespace), as: tester)
                try await client.create(
                    Samples.service("web", namespace, in: "\(namespace)/edge", ["192.0.2.95"]),
                    in: Samples.services.objects(inside: namespace), as: tester)
                @Sendable func members() async throws -> [VirtualRouter.Member] {
                    try await client.get("edge.\(namespace).web.ipv4", from: VirtualRouter.inside(namespace)).spec
                        .members
                }
                #expect(try await eventually { try await members().map(\.node) == [names[1]] })
                try await setAddress(names[0], "192.0.2.11")
                #expect(
                    try await eventually {
                        try await Set(members().map(\.address)) == ["192.0.2.11", "192.0.2.12"]
                    })
                let first = try #require(try await members().max { $0.priority < $1.priority }?.node)
                let cordon = AnyJSON(["spec": ["unschedulable": true]])
                _ = try await client.merge(cordon, into: first, in: nodes, as: tester)
                #expect(
                    try await eventually { try await members().max { $0.priority < $1.priority }?.node != first })
                for name in names { try await client.delete(name, from: nodes) }
            }
        }

        @Test("Nothing is written where nothing has changed, neither by who goes on nor by who comes anew")
        func quiet() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            let namespace = try await plane.withClient { try await plane.namespace($0) }
            @Sendable func versions(_ client: APIClient) async throws -> [String] {
                var versions: [String] = []
                for type in OwnedKind.types where type != PodMonitor.resourceType {
                    versions += try await client.list(type.objects(inside: namespace)).items
                        .map { "\(type) \($0.key) \($0.metadata.resourceVersion ?? "")" }
                }
                for type in [KeepalivedGroup.resourceType, VirtualRouter.resourceType] {
                    versions += try await client.list(type.objects(inside: namespace)).items
                        .map { "\(type) \($0.key) \($0.metadata.resourceVersion ?? "")" }
                }
                return versions
            }
            let before = try await plane.withOperator { client in
                var group = Samples.group("edge", namespace)
                group.spec?.preemption = KeepalivedGroup.Preemption(mode: "Delayed", delay: "5m")
                group.spec?.passwordAuth = .init(secretRef: .init(name: "vrrp"))
                group.spec?.version = 2
                group.spec?.advertisementInterval = "2s"
                try await client.create(group, in: KeepalivedGroup.inside(namespace), as: tester)
                let services = Samples.services.objects(inside: namespace)
                try await client.create(
                    Samples.service("web", namespace, in: "\(namespace)/edge", ["192.0.2.81", "2001:db8::81"]),
                    in: services, as: tester)
                let isSettled = try await eventually {
                    let status = try await client.get("edge", from: KeepalivedGroup.inside(namespace)).status
                    return status?.virtualRouters == 2 && status?.conditions?["Ready"]?.status == "True"
                }
                #expect(isSettled)
                // Somebody has the addresses, as in a cluster at rest.
                let owner = AnyJSON(["status": ["activeNode": "node1"]])
                for family in ["ipv4", "ipv6"] {
                    let isOwned = try await eventually {
                        let router = try await client.merge(
                            owner, into: "edge.\(namespace).web.\(family)", in: VirtualRouter.inside(namespace),
                            .status,
                            as: tester)
                        return router.status?.activeNode != nil
                    }
                    #expect(isOwned)
                }
                // On a slow machine it has been said by then that nobody has them.
                let isHeld = try await eventually {
                    let status = try await client.get("edge", from: KeepalivedGroup.inside(namespace)).status
                    return status?.conditions?["AddressesHeld"]?.status == "True"
                        && status?.conditions?["Ready"]?.status == "True"
                }
                #expect(isHeld)
                let before = try await versions(client)
                // Labels of a Service are nobody's business here.
                let label = AnyJSON(["metadata": ["labels": ["a": "b"]]])
                _ = try await client.merge(label, into: "web", in: services, as: tester)
                try await Task.sleep(for: .seconds(2))
                #expect(try await versions(client) == before)
                return before
            }
            try await plane.withOperator { client in
                try await Task.sleep(for: .seconds(5))
                #expect(try await versions(client) == before)
            }
        }

        @Test("What is wrong is said on the object that somebody wrote")
        func sayings() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            try await plane.withOperator { client in
                let namespace = try await plane.namespace(client)
                var group = Samples.group("edge", namespace)
                group.spec?.interface = "too long for an interface"
                try await client.create(group, in: KeepalivedGroup.inside(namespace), as: tester)
                var service = Samples.service("web", namespace, in: "\(namespace)/edge", ["192.0.2.82"])
                service.metadata.annotations[ContractNames.verbatimAnnotation] = #"{"notify": "/bin/evil"}"#
                try await client.create(service, in: Samples.services.objects(inside: namespace), as: tester)
                @Sendable func reasons() async throws -> Set<String> {
                    Set(
                        try await client.list(Event.inside(namespace)).items.map { event in
                            "\(event.involvedObject.kind ?? "") \(event.type ?? "") \(event.reason ?? "")"
                        })
                }
                #expect(
                    try await eventually {
                        try await reasons().isSuperset(of: [
                            "KeepalivedGroup Warning InvalidSpec", "Service Warning GroupUnreadable",
                            "Service Warning OptionNotApplied",
                        ])
                    })
                let ready = try await condition(.ready, of: "edge", namespace, client)
                #expect(ready?.reason == "InvalidSpec" && ready?.message.contains("spec.interface") == true)
                let mending = AnyJSON(["spec": ["interface": "eth0"]])
                _ =
                    try await client.merge(mending, into: "edge", in: KeepalivedGroup.inside(namespace), as: tester)
                    as KeepalivedGroup
                #expect(
                    try await eventually {
                        let isReady = try await condition(.ready, of: "edge", namespace, client)?.status == "True"
                        let reasons = try await reasons()
                        return isReady && reasons.contains("KeepalivedGroup Normal Mended")
                    })
            }
        }

        @Test("One more router is a write to its own group; what its neighbours have left is written later")
        func neighbours() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            let namespace = try await plane.withClient { try await plane.namespace($0) }
            let groups = KeepalivedGroup.inside(namespace)
            @Sendable func neighbour(_ client: APIClient) async throws -> KeepalivedGroup {
                try await client.get("neighbour", from: groups)
            }
            @Sendable func add(_ name: String, _ address: String, _ client: APIClient) async throws {
                try await client.create(
                    Samples.service(name, namespace, in: "\(namespace)/edge", [address]),
                    in: Samples.services.objects(inside: namespace), as: tester)
                #expect(
                    try await eventually {
                        let router = "edge.\(namespace).\(name).ipv4"
                        return try await client.find(router, in: VirtualRouter.inside(namespace)) != nil
                    })
            }
            try await plane.withOperator({ $0.countDelay = .seconds(3600) }) { client in
                for name in ["edge", "neighbour"] {
                    var group = Samples.group(name, namespace)
                    // No other test has groups there.
                    group.spec?.interface = "eth7"
                    try await client.create(group, in: groups, as: tester)
                    #expect(
                        try await eventually {
                            try await condition(.ready, of: name, namespace, client)?.status == "True"
                        })
                }
                let before = try await neighbour(client)
                try await add("web", "192.0.2.84", client)
                try await add("dns", "192.0.2.85", client)
                try await Task.sleep(for: .seconds(1))
                #expect(try await neighbour(client).metadata.resourceVersion == before.metadata.resourceVersion)
                #expect(before.status?.availableRouterIDs == 255)
            }
            try await plane.withOperator({ $0.countDelay = .milliseconds(100) }) { client in
                #expect(try await eventually { try await neighbour(client).status?.availableRouterIDs == 253 })
                try await add("api", "192.0.2.86", client)
                #expect(try await eventually { try await neighbour(client).status?.availableRouterIDs == 252 })
            }
        }

        @Test("What was said is not said again by an operator that comes anew")
        func saidOnce() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            let namespace = try await plane.withClient { try await plane.namespace($0) }
            @Sendable func said(_ client: APIClient) async throws -> [String: Int] {
                let events = try await client.list(Event.inside(namespace)).items
                return Dictionary(
                    events.map { ("\($0.involvedObject.name ?? "") \($0.reason ?? "")", $0.count ?? 0) },
                    uniquingKeysWith: +)
            }
            try await plane.withOperator { client in
                try await client.create(
                    Samples.group("edge", namespace), in: KeepalivedGroup.inside(namespace), as: tester)
                let services = Samples.services.objects(inside: namespace)
                for name in ["web", "dns"] {
                    try await client.create(
                        Samples.service(name, namespace, in: "\(namespace)/nowhere", []), in: services, as: tester)
                }
                #expect(try await eventually { try await said(client).count == 2 })
            }
            try await plane.withOperator { client in
                // The one that comes last is said when all that was known before has been looked at.
                try await client.create(
                    Samples.service("last", namespace, in: "nonsense", []),
                    in: Samples.services.objects(inside: namespace), as: tester)
                #expect(try await eventually { try await said(client)["last GroupNameMalformed"] == 1 })
                #expect(
                    try await said(client)
                        == ["web GroupMissing": 1, "dns GroupMissing": 1, "last GroupNameMalformed": 1])
            }
        }

        @Test("What agents hear of strangers keeps new routers away from it, and a stranger with an identifier is told")
        func strangers() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            try await plane.withOperator { client in
                let namespace = try await plane.namespace(client)
                var group = Samples.group("edge", namespace)
                // No other test has groups there.
                group.spec?.interface = "eth9"
                try await client.create(group, in: KeepalivedGroup.inside(namespace), as: tester)
                let routers = VirtualRouter.inside(namespace)
                @Sendable func identifier(of name: String, _ address: String) async throws -> Int? {
                    try await client.create(
                        Samples.service(name, namespace, in: "\(namespace)/edge", [address]),
                        in: Samples.services.objects(inside: namespace), as: tester)
                    let router = "edge.\(namespace).\(name).ipv4"
                    #expect(try await eventually { try await client.find(router, in: routers) != nil })
                    return try await client.get(router, from: routers).spec.virtualRouterID
                }
                #expect(try await identifier(of: "web", "192.0.2.87") == 1)
                // As an agent writes it: its own router, and two identifiers of somebody else.
                let conflict: JSONValue = [
                    "type": "Conflict", "status": "True", "reason": "OtherRouterHeard", "message": "node1 hears one",
                    "lastTransitionTime": "2026-01-31T09:40:00Z",
                ]
                let status = AnyJSON([
                    "status": [
                        "activeNode": "node1", "conditions": [conflict],
                        "foreignRouters": [
                            "virtualRouterIDs": [1, 2, 3], "observed": .string(Timestamp.now.description),
                        ],
                    ]
                ])
                let name = "edge.\(namespace).web.ipv4"
                _ = try await client.merge(status, into: name, in: routers, .status, as: tester) as VirtualRouter
                let isTold = try await eventually {
                    try await condition(.routerIDsUnique, of: "edge", namespace, client)?.status == "False"
                }
                #expect(isTold)
                #expect(try await identifier(of: "dns", "192.0.2.88") == 4)
                #expect(try await client.get(name, from: routers).spec.virtualRouterID == 1)
                let known = try await client.get("edge", from: KeepalivedGroup.inside(namespace)).status
                #expect(known?.availableRouterIDs == 251)
                // An old word counts no longer.
                let old = AnyJSON(["status": ["foreignRouters": ["observed": "2026-01-31T09:40:00Z"]]])
                _ = try await client.merge(old, into: name, in: routers, .status, as: tester) as VirtualRouter
                let isOver = try await eventually {
                    let status = try await client.get("edge", from: KeepalivedGroup.inside(namespace)).status
                    return status?.availableRouterIDs == 253
                }
                #expect(isOver)
            }
        }

        @Test("That an address has come to a node is told on its Service, in whatever namespace")
        func moves() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            try await plane.withOperator { client in
                let (namespace, shop) = (try await plane.namespace(client), try await plane.namespace(client))
                try await client.create(
                    Samples.group("edge", namespace), in: KeepalivedGroup.inside(namespace), as: tester)
                let service = try await client.create(
                    Samples.service("web", shop, in: "\(namespace)/edge", ["192.0.2.83"]),
                    in: Samples.services.objects(inside: shop), as: tester)
                let routers = VirtualRouter.inside(namespace)
                let name = "edge.\(shop).web.ipv4"
                #expect(try await eventually { try await client.find(name, in: routers) != nil })
                for (node, transitions) in [("node1", 0), ("node2", 1)] {
                    let status = AnyJSON([
                        "status": [
                            "activeNode": .string(node), "activeSince": "2026-01-31T09:40:00Z",
                            "transitions": .integer(Int64(transitions)),
                        ]
                    ])
                    _ = try await client.merge(status, into: name, in: routers, .status, as: tester) as VirtualRouter
                }
                #expect(
                    try await eventually {
                        let events = try await client.list(Event.inside(shop)).items
                            .filter { $0.reason == "AddressMoved" && $0.involvedObject.uid == service.metadata.uid }
                        return events.compactMap(\.message).contains("192.0.2.83 on node2 now, before on node1")
                    })
            }
        }

        @Test("What somebody changes or deletes comes back; what others add, such as a restart of the pods, stays")
        func drift() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            try await plane.withOperator { client in
                let namespace = try await plane.namespace(client)
                try await client.create(
                    Samples.group("edge", namespace), in: KeepalivedGroup.inside(namespace), as: tester)
                let sets = DaemonSet.resourceType.objects(inside: namespace)
                #expect(
                    try await eventually {
                        try await condition(.ready, of: "edge", namespace, client)?.status == "True"
                    })
                let change = AnyJSON([
                    "spec": [
                        "template": [
                            "metadata": ["annotations": ["kubectl.kubernetes.io/restartedAt": "now"]],
                            "spec": ["hostNetwork": false],
                        ]
                    ]
                ])
                _ = try await client.merge(change, into: "edge", in: sets, as: tester)
                try await client.delete("edge-agent", from: Role.inside(namespace))
                #expect(
                    try await eventually {
                        let set: DaemonSet = try await client.get("edge", from: sets).read()
                        let role: Role? = try await client.find("edge-agent", in: Role.inside(namespace))
                        return set.spec.template.spec.hostNetwork == true && role != nil
                    })
                let set: DaemonSet = try await client.get("edge", from: sets).read()
                #expect(set.spec.template.metadata?.annotations["kubectl.kubernetes.io/restartedAt"] == "now")
                // What the group no longer asks for goes.
                @Sendable func annotate(_ value: JSONValue) async throws {
                    let patch = AnyJSON(["spec": ["daemonsetPodAnnotations": ["ours": value]]])
                    let groups = KeepalivedGroup.inside(namespace)
                    _ = try await client.merge(patch, into: "edge", in: groups, as: tester) as KeepalivedGroup
                }
                try await annotate("x")
                @Sendable func annotation() async throws -> String? {
                    let set: DaemonSet = try await client.get("edge", from: sets).read()
                    return set.spec.template.metadata?.annotations["ours"]
                }
                #expect(try await eventually { try await annotation() == "x" })
                try await annotate(.null)
                #expect(try await eventually { try await annotation() == nil })
            }
        }

        @Test("Where PodMonitors come to the cluster later, each group gets one; with them go the rights of Prometheus")
        func podMonitors() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            try await plane.withOperator({ $0.featureInterval = .milliseconds(200) }) { client in
                let namespace = try await plane.namespace(client)
                try await client.create(
                    Samples.group("edge", namespace), in: KeepalivedGroup.inside(namespace), as: tester)
                #expect(
                    try await eventually {
                        try await condition(.ready, of: "edge", namespace, client)?.status == "True"
                    })
                let type = PodMonitor.resourceType
                var kind = DynamicObject(
                    Samples.customTypes, metadata: ObjectMeta(name: "\(type.plural).\(type.group)"))
                kind["spec"] = [
                    "group": .string(type.group), "scope": "Namespaced",
                    "names": ["kind": .string(type.kind), "plural": .string(type.plural), "singular": "podmonitor"],
                    "versions": [
                        [
                            "name": .string(type.version), "served": true, "storage": true,
                            "schema": [
                                "openAPIV3Schema": ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
                            ],
                        ]
                    ],
                ]
                try await client.create(kind, in: Samples.customTypes.objects(), as: tester)
                #expect(
                    try await eventually { (try? await client.get("edge", from: PodMonitor.inside(namespace))) != nil })
                let monitor = try await client.get("edge", from: PodMonitor.inside(namespace))
                #expect(monitor.metadata.labels == ["keepalivedGroup": "edge", "metrics": "keepalived"])
                let role = try await client.find("edge-prometheus-k8s", in: Role.inside(namespace))
                #expect(role != nil)
                try await client.delete("\(type.plural).\(type.group)", from: Samples.customTypes.objects())
                // The server tries once a minute to take a kind away, and fails where an object was written meanwhile.
                let isGone = try await eventually(within: .seconds(180)) {
                    (try? await client.page(of: PodMonitor.inside(namespace))) == nil
                }
                #expect(isGone)
                #expect(
                    try await eventually {
                        let role = try await client.find("edge-prometheus-k8s", in: Role.inside(namespace))
                        let binding = try await client.find("edge-prometheus-k8s", in: RoleBinding.inside(namespace))
                        return role == nil && binding == nil
                    })
                let agentRole = try await client.find("edge-agent", in: Role.inside(namespace))
                #expect(agentRole != nil)
            }
        }

        @Test("Who leads serves metrics and health, and holds the Lease of keepalived-operator")
        func serving() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            let port = try LoopbackPort.free()
            let namespace = try await plane.withClient { try await plane.namespace($0) }
            let change = { (options: inout OperatorOptions) in
                options.cluster = plane.administrator
                options.metricsAddress = ListenAddress(host: "127.0.0.1", port: UInt16(port))
                options.healthAddress = options.metricsAddress
                options.leaderIdentity = "us"
                options.leaseNamespace = namespace
            }
            try await plane.withOperator(change) { client in
                @Sendable func answer(_ path: String) async throws -> (Int, String) {
                    let url = try #require(URL(string: "http://127.0.0.1:\(port)\(path)"))
                    let (data, response) = try await URLSession.shared.data(from: url)
                    return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
                }
                #expect(
                    try await eventually {
                        guard let metrics = try? await answer("/metrics").1, let ready = try? await answer("/readyz").0
                        else {
                            return false
                        }
                        return metrics.contains("vrrp_operator_leading 1") && ready == 200
                    })
                #expect(try await answer("/healthz").0 == 200)
                let lease = try await client.get("03846a46.redhat.io", from: Lease.inside(namespace))
                #expect(lease.spec?.holderIdentity == "us")
                try await client.create(
                    Samples.group("edge", namespace), in: KeepalivedGroup.inside(namespace), as: tester)
                let wanted = "vrrp_operator_group_available_router_ids{group=\"edge\",namespace=\"\(namespace)\"}"
                #expect(try await eventually { try await answer("/metrics").1.contains(wanted) })
                let segment = "{segment=\"\(namespace)/edge\"}"
                for sample in ["free\(segment) ", "usable\(segment) 255\n"].map({ "\nvrrp_router_ids_\($0)" }) {
                    #expect(try await eventually { try await answer("/metrics").1.contains(sample) })
                }
                let writes = "vrrp_operator_writes_total{kind=\"DaemonSet\",result=\"success\",verb=\"apply\"}"
                #expect(
                    try await eventually {
                        let metrics = try await answer("/metrics").1
                        return metrics.contains(writes) && !metrics.contains("\(writes) 0\n")
                    })
            }
        }
    }
}
