public import KubernetesAPI
import VIPPlanning
import VRRP

/// Who holds each address of a cluster, as people ask for it.
public struct AddressOverview: Hashable, Sendable {
    /// The addresses, in order: IPv4 before IPv6, by number.
    public private(set) var rows: [Row] = []

    /// One address.
    public struct Row: Hashable, Sendable, Encodable {
        /// The address.
        public var address: String
        /// The Service that it belongs to, `namespace/name`.
        public var service: String
        /// The group that holds it, `namespace/name`.
        public var group: String
        /// The virtual router identifier.
        public var virtualRouterID: Int
        /// The version of VRRP.
        public var version: Int
        /// The node that holds it; nil while none has said so.
        public var activeNode: String?
        /// Since when.
        public var activeSince: Timestamp?
        /// The node that takes over when the active one is gone; nil where there is no other that can.
        public var nextNode: String?
        /// How often it has moved.
        public var transitions: Int
        /// What is wrong, each as one sentence; empty where all is well.
        public var problems: [String]
    }

    /// The addresses of the given routers.
    public init(_ routers: [KubernetesAPI.VirtualRouter]) {
        rows = routers.flatMap { router in
            router.spec.addresses.map { Row(of: $0, router) }
        }.sorted { left, right in
            switch (IPAddress(left.address), IPAddress(right.address)) {
            case (let first?, let second?) where first != second: first < second
            default: (left.address, left.service) < (right.address, right.service)
            }
        }
    }
}

extension AddressOverview.Row {
    fileprivate init(of address: String, _ router: KubernetesAPI.VirtualRouter) {
        let active = router.status?.activeNode
        self.init(
            address: address, service: "\(router.spec.service.namespace)/\(router.spec.service.name)",
            group: "\(router.metadata.namespace ?? "")/\(router.spec.group)",
            virtualRouterID: router.spec.virtualRouterID, version: router.spec.version, activeNode: active,
            activeSince: router.status?.activeSince,
            nextNode: (try? PlannedRouter(router))?.successor(after: active, leavingOut: router.nodesOutside)?.node,
            transitions: router.status?.transitions ?? 0, problems: Self.problems(of: router))
    }

    private static func problems(of router: KubernetesAPI.VirtualRouter) -> [String] {
        var problems: [String] = []
        if let active = router.status?.activeNode {
            if !router.spec.members.contains(where: { $0.node == active }) {
                problems.append("\(active) is no member any more")
            }
        } else {
            problems.append("no node has said that it holds the address")
        }
        // What is so now; the number of conflicts only ever grows.
        for condition in router.status?.conditions ?? [] where isProblem(condition) {
            problems.append(condition.message.isEmpty ? condition.reason : condition.message)
        }
        return problems
    }

    /// Whether a condition says that something is wrong: that a router is not, or not known to be, ready, hears another one, or is degraded, as
    /// the active node has it or, under a name of its own, another one.
    private static func isProblem(_ condition: Condition) -> Bool {
        switch condition.type {
        case RouterCondition.ready: condition.status != "True"
        case RouterCondition.conflict: condition.status == "True"
        case RouterCondition.degraded: condition.status == "True"
        default: condition.status == "True" && NodeTroubleCondition.node(of: condition.type) != nil
        }
    }
}
