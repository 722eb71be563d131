import KubernetesAPI
import Synchronization

@testable import GroupOperatorService

/// A cluster whose objects a test changes, with the page that the operator has of it.
final class SampleCluster: Sendable {
    private final class Shared: Sendable {
        let view: Mutex<ClusterView>

        init(_ view: ClusterView) { self.view = Mutex(view) }
    }

    private let shared: Shared
    let page = ClusterPage(version: "1.0")

    init(_ routers: [VirtualRouter], groups: [KeepalivedGroup] = [], nodes: [Node] = []) {
        let shared = Shared(ClusterView(routers: routers, groups: groups, nodes: nodes))
        self.shared = shared
        page.begin { shared.view.withLock(\.self) }
    }

    /// Changes a router as an agent does, and lets the page see it as a watch would.
    func change(_ name: String, _ body: (inout VirtualRouter) -> Void) {
        let change = shared.view.withLock { view -> (old: VirtualRouter, new: VirtualRouter)? in
            guard let place = view.routers.firstIndex(where: { $0.metadata.name == name }) else { return nil }
            let old = view.routers[place]
            body(&view.routers[place])
            return (old, view.routers[place])
        }
        if let change { page.saw(.updated(from: change.old, to: change.new)) }
    }

    /// Changes what a watch does not tell of.
    func change(_ body: (inout ClusterView) -> Void) {
        shared.view.withLock { body(&$0) }
        page.touch()
    }

    /// Three Services of two groups on three nodes: one is well, one has two nodes in trouble, one has nobody.
    static func routers(now: Int64) -> [VirtualRouter] {
        var web = router("web", ["192.0.2.17", "192.0.2.18"], id: 17, on: "worker-1", since: now - 864_000)
        web.status?.conditions = [Condition("Ready", true, reason: "Active", at: Timestamp(seconds: now - 864_000))]
        var api = router("api", ["2001:db8:0:1::18"], id: 18, on: "worker-2", since: now - 95)
        api.status?.conflicts = 12
        api.status?.conditions = [
            Condition("Ready", true, reason: "Active", at: Timestamp(seconds: now - 95)),
            Condition(
                "Conflict", true, reason: "OtherRouterHeard",
                message:
                    "worker-2 hears another router under its identifier",
                at: Timestamp(seconds: now - 30)),
            Condition(
                "worker-3/Degraded", true, reason: "InterfaceMissing", message: "there is no interface bond0",
                at: Timestamp(seconds: now - 500)),
        ]
        var mail = router("mail", ["198.51.100.9"], id: 9, on: nil, since: now - 9000)
        mail.status?.conditions = [
            Condition(
                "Ready", false, reason: "NoActiveNode",
                message: "worker-1 no longer holds the addresses, and no other node has said that it does",
                at: Timestamp(seconds: now - 42))
        ]
        return [web, api, mail]
    }

    static func groups(now: Int64) -> [KeepalivedGroup] {
        var group = KeepalivedGroup(metadata: ObjectMeta(name: "edge", namespace: "ingress"))
        group.status = KeepalivedGroup.Status()
        group.status?.conditions = [
            Condition(
                "ServicesAccepted", false, reason: "Refused", message: "shop/legacy: 10.0.0.300 is no address",
                at: Timestamp(seconds: now - 7200))
        ]
        return [group]
    }

    static func nodes() -> [Node] {
        ["worker-1", "worker-2", "worker-3"].map { name in
            var node = Node(metadata: ObjectMeta(name: name))
            node.status = Node.Status()
            node.status?.conditions = [.init(type: "Ready", status: "True")]
            return node
        }
    }

    private static func router(
        _ service: String, _ addresses: [String], id: Int, on node: String?, since: Int64
    ) -> VirtualRouter {
        var spec = VirtualRouter.Spec(
            group: "edge", service: .init(namespace: "shop", name: service), virtualRouterID: id,
            family: addresses[0].contains(":") ? "IPv6" : "IPv4", version: 3, addresses: addresses,
            members: [
                .init(node: "worker-1", priority: 254), .init(node: "worker-3", priority: 253),
                .init(node: "worker-2", priority: 252),
            ])
        spec.interface = "bond0"
        spec.advertisementInterval = "100ms"
        var router = VirtualRouter(
            metadata: ObjectMeta(name: "edge.\(service).shop", namespace: "ingress"), spec: spec)
        router.status = VirtualRouter.Status()
        router.status?.activeNode = node
        router.status?.activeSince = node == nil ? nil : Timestamp(seconds: since)
        return router
    }
}
