import ClusterObjects
import GroupOperator
import KubernetesAPI
import StatusServer
import VIPPlanning
import VRRP

/// What the objects of a cluster say at one moment; becomes what the page shows.
struct ClusterView: Sendable {
    var routers: [KubernetesAPI.VirtualRouter] = []
    var groups: [KeepalivedGroup] = []
    var nodes: [KubernetesAPI.Node] = []
    var transitions: [PageTransition] = []
    /// Why the objects may be out of date, a sentence each.
    var absences: [String] = []
    var version = ""

    private static let subject = "operator"

    /// What a process shows that waits for its turn.
    static func ofAnother(version: String) -> PageSnapshot {
        PageSnapshot(
            scope: .cluster(""), time: .now, version: version,
            warnings: [
                PageWarning(
                    .notLeading, subject: subject,
                    text: "This process waits for its turn to lead. The one that leads has the cluster's page.")
            ])
    }

    /// The page.
    func snapshot(at time: PageTime) -> PageSnapshot {
        let silent = Set(nodes.filter { $0.isReady == false }.map(\.metadata.name))
        let rows = routers.map { PageVirtualRouter($0, silent: silent) }
        return PageSnapshot(
            scope: .cluster(""), time: time, version: version, warnings: warnings(at: time),
            virtualRouters: rows.sorted { ($0.belongsTo, $0.name) < ($1.belongsTo, $1.name) },
            nodes: pageNodes(silent), transitions: transitions)
    }

    private func pageNodes(_ silent: Set<String>) -> [PageNode] {
        var (members, owned): ([String: Int], [String: Int]) = ([:], [:])
        var troubles: [String: Int] = [:]
        for router in routers {
            for member in router.spec.members { members[member.node, default: 0] += 1 }
            if let owner = router.status?.activeNode { owned[owner, default: 0] += 1 }
            for (node, _) in router.nodeTroubles { troubles[node, default: 0] += 1 }
        }
        let objects = Dictionary(nodes.map { ($0.metadata.name, $0) }) { first, _ in first }
        return Set(members.keys).union(owned.keys).sorted().map { name in
            let object = objects[name]
            let (state, explanation): (PageNode.State, String) =
                if object == nil {
                    (.silent, "there is no such node any more")
                } else if silent.contains(name) {
                    (.silent, "the cluster has not heard of it lately")
                } else if let count = troubles[name] {
                    (.faulty, "\(count) of its virtual routers \(count == 1 ? "is" : "are") not as planned")
                } else if object.map({ VIPPlanning.Node($0).isAvoided }) == true {
                    (.draining, "the cluster keeps new work away from it")
                } else {
                    (.ready, "")
                }
            return PageNode(
                name: name, state: state, explanation: explanation, activeRouters: owned[name] ?? 0,
                virtualRouters: members[name] ?? 0)
        }
    }

    private func warnings(at time: PageTime) -> [PageWarning] {
        let all =
            absences.map { PageWarning(.copiesOutdated, subject: Self.subject, text: $0) }
            + routers.sorted { $0.key < $1.key }.flatMap { $0.warnings(at: time) }
            + groups.sorted { $0.key < $1.key }.flatMap(\.warnings)
        return all.shown(of: Self.subject)
    }
}

extension PageVirtualRouter {
    /// A router as its object tells of it.
    ///
    /// - Parameter silent: Nodes that the cluster has not heard of.
    fileprivate init(_ router: KubernetesAPI.VirtualRouter, silent: Set<String>) {
        let spec = router.spec
        let owner = router.status?.activeNode
        self.init(
            name: "\(router.metadata.namespace ?? "")/\(router.metadata.name)",
            belongsTo: "Service \(router.serviceName)",
            interface: spec.interface ?? spec.interfaceFromIP.map { "towards \($0)" } ?? "",
            virtualRouterID: UInt8(clamping: spec.virtualRouterID), addresses: spec.addresses,
            owners: owner.map { [Owner(node: $0, since: router.status?.activeSince.map { PageTime($0) })] } ?? [])
        group = "\(router.metadata.namespace ?? "")/\(spec.group)"
        members = spec.membersByClaim.map { Member(node: $0.node, priority: UInt8(clamping: $0.priority)) }
        // The number only ever grows, and is of interest while it does.
        if router.status?.conditions?[RouterCondition.conflict]?.status == "True" {
            conflicts = router.status?.conflicts ?? 0
        }
        if let ready = router.status?.conditions?[RouterCondition.ready], ready.status != "True" {
            explanation = ready.message
        }
        faults = router.nodeTroubles.map { "\($0.node): \($0.condition.message)" }
        // Where nobody has the addresses, nobody waits for the end of adverts either.
        if let owner, let planned = try? PlannedRouter(router),
            let next = planned.successor(after: owner, leavingOut: silent.union(router.nodesOutside))
        {
            let time = planned.takeOverTime(of: next)
            successor = Successor(node: next.node, afterMilliseconds: Double(time.rawValue) / 1_000_000)
        }
    }
}

extension KubernetesAPI.VirtualRouter {
    /// What is wrong with the router.
    fileprivate func warnings(at time: PageTime) -> [PageWarning] {
        let subject = "Service \(serviceName)"
        let addresses = spec.addresses.joined(separator: ", ")
        let conditions = status?.conditions ?? []
        var warnings: [PageWarning] = []
        func warn(_ concern: PageConcern, _ text: String, _ since: Timestamp?) {
            warnings.append(
                PageWarning(concern, subject: subject, text: text, since: since.map { PageTime($0) }))
        }
        if let ready = conditions[RouterCondition.ready], ready.status != "True" {
            let concern: PageConcern =
                if status?.activeNode == nil {
                    .noOwner
                } else if silenceOfOwner != nil {
                    .ownerSilent
                } else {
                    .addressesMissing
                }
            warn(concern, "\(addresses): \(ready.text)", ready.lastTransitionTime)
        } else if let owner = status?.activeNode {
            if !spec.members.contains(where: { $0.node == owner }) {
                warn(.strangeOwner, "\(owner) has \(addresses), though it is no member any more", nil)
            }
        } else if !isNew(at: time) {
            warn(.noOwner, "No node has said that it has \(addresses)", metadata.creationTimestamp)
        }
        if let conflict = conditions[RouterCondition.conflict], conflict.status == "True" {
            warn(.otherRouter, "\(addresses): \(conflict.text)", conflict.lastTransitionTime)
        }
        if let degraded = conditions[RouterCondition.degraded], degraded.status == "True" {
            warn(.notAsPlanned, "\(addresses): \(degraded.text)", degraded.lastTransitionTime)
        }
        for (node, condition) in nodeTroubles {
            warn(.notAsPlanned, "\(node), for \(addresses): \(condition.text)", condition.lastTransitionTime)
        }
        return warnings
    }

    private func isNew(at time: PageTime) -> Bool {
        beginning.map { time.millisecondsSinceEpoch < PageTime($0).millisecondsSinceEpoch } ?? false
    }
}

extension KeepalivedGroup {
    /// What the group's conditions say that is not as it should be, each sentence once.
    fileprivate var warnings: [PageWarning] {
        var told: Set<String> = []
        return ConditionType.allCases.filter(\.isShown).compactMap { type in
            guard let condition = status?.conditions?[type.rawValue], condition.status == "False",
                told.insert(condition.text).inserted
            else { return nil }
            return PageWarning(
                .groupCondition, subject: "KeepalivedGroup \(metadata.namespace ?? "")/\(metadata.name)",
                text: condition.text, since: PageTime(condition.lastTransitionTime))
        }
    }
}

extension ConditionType {
    /// Whether people are to see that it is false.
    fileprivate var isShown: Bool {
        switch self {
        case .ready, .nodesTakePart, .routerIDsAvailable, .routerIDsUnique, .servicesAccepted, .specApplied,
            .verbatimConfigAccepted, .imageAccepted, .nodePodsReady:
            true
        // Ready says why, and that there was no error is good.
        case .reconcileSuccess, .reconcileError: false
        // Says which it is, and is always true.
        case .protocolVersion: false
        // Each of the routers is named already.
        case .addressesHeld: false
        }
    }
}

extension Condition {
    /// The message; the reason where there is none.
    fileprivate var text: String { message.isEmpty ? reason : message }
}

extension ClusterCopies {
    /// What is known of the cluster now.
    var view: ClusterView {
        var view = ClusterView(routers: routers.all, groups: groups.all, nodes: nodes.all)
        view.absences = absences + troubles
        return view
    }

    /// What keeps the copies from following the cluster, a sentence each.
    private var troubles: [String] {
        let all = [
            ("virtualrouters", routers.isSynced, routers.trouble), ("nodes", nodes.isSynced, nodes.trouble),
            ("keepalivedgroups", groups.isSynced, groups.trouble),
        ]
        return all.compactMap { name, isSynced, trouble in
            guard isSynced, let trouble else { return nil }
            return "What is shown of \(name) may be out of date: \(trouble)"
        }
    }
}
