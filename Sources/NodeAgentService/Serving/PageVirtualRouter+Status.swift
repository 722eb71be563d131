import ClusterObjects
import ControlProtocol
import NodeAgent
import StatusServer
import VIPPlanning
import VRRP
import VRRPEngine

extension PageVirtualRouter {
    /// A virtual router as a node sees it.
    ///
    /// - Parameters:
    ///   - planned: the router as it is planned, where that is known; it alone tells of other nodes.
    ///   - node: the name of the node.
    ///   - isDrained: whether the node leaves its parts to others.
    ///   - time: when `router` was true.
    init(
        _ router: VirtualRouterStatus, of planned: PlannedRouter?, on node: String, isDrained: Bool, at time: WallTime
    ) {
        self.init(
            name: router.name, belongsTo: planned.map { "Service \($0.service)" } ?? "", interface: router.interface,
            virtualRouterID: router.virtualRouterID.rawValue,
            addresses: router.addresses.map { $0.address.description }, owners: [])
        // A vrrpd that does not say for how long says so of itself.
        let activeFor = router.activeFor ?? (router.state == .active ? router.since : nil)
        let since = activeFor.map {
            PageTime(millisecondsSinceEpoch: time.millisecondsSinceEpoch - $0.rawValue / 1_000_000)
        }
        switch router.state {
        case .initialize: isOwnerKnown = false
        case .active: owners = [Owner(node: node, since: since)]
        case .backup:
            if let active = router.activeRouter {
                let owner = planned?.activeMember(for: router)?.node ?? active.description
                owners = [Owner(node: owner, since: since)]
            }
        }
        successor = planned.flatMap { planned in
            Self.successor(router, of: planned, after: owners.first?.node, leavingOut: isDrained ? [node] : [])
        }
        if router.isWithoutEndpoint(planned) {
            isAside = true
            explanation = "no endpoint here"
        } else {
            // Why it is a backup says nothing of the owner, beside whose name it would stand.
            explanation = router.state == .backup ? "" : router.reason?.explanation ?? ""
            faults = router.faults.map(\.description)
        }
    }

    /// The member with the best claim beside the owner's. Of the others' troubles a node knows nothing; of its own it does.
    private static func successor(
        _ router: VirtualRouterStatus, of planned: PlannedRouter, after owner: String?, leavingOut absent: Set<String>
    ) -> Successor? {
        // A node that takes no part does not hear who does.
        guard router.state != .initialize, let next = planned.successor(after: owner, leavingOut: absent) else {
            return nil
        }
        // Whoever is active may be any member whose address is not known, the best one included.
        if router.state == .backup, router.activeRouter != nil, planned.activeMember(for: router) == nil,
            planned.members.contains(where: { $0.address == nil })
        {
            return nil
        }
        let heard = router.timers.activeAdvertisementInterval ?? router.advertisementInterval
        let time = planned.takeOverTime(of: next, advertsEvery: heard)
        return Successor(node: next.node, afterMilliseconds: Double(time.rawValue) / 1_000_000)
    }
}

extension PlannedRouter {
    /// The member that a backup hears as the active router: the one with that address; of those whose addresses are not known
    /// the one with that priority. Nil where it is none of them, or cannot be told.
    func activeMember(for router: VirtualRouterStatus) -> Member? {
        guard let active = router.activeRouter else { return nil }
        if let member = members.first(where: { $0.address == active }) { return member }
        let candidates = members.filter { $0.address == nil && $0.priority.rawValue == router.activePriority }
        return candidates.count == 1 ? candidates[0] : nil
    }
}
