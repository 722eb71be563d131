import VRRP

/// The routers of one group, each planned anew only where something of it has changed.
struct GroupRouters: Sendable {
    /// What the Services ask for, by key; of each family one at most, IPv4 first.
    private var claims: [String: [Claim]] = [:]
    /// The routers by the name of their object; none of those that have no identifier or no node.
    private var planned: [String: PlannedRouter] = [:]
    /// The node that had the best claim to routers that are not in ``planned``, by the name of their object.
    private var remembered: [String: String] = [:]
    /// Keys whose claims have changed since they were planned.
    private var touched: Set<String> = []

    /// The routers in the order of their keys and families.
    var all: [PlannedRouter] {
        planned.values.sorted { ($0.key, $0.family.rawValue) < ($1.key, $1.family.rawValue) }
    }

    /// How many routers there are.
    var count: Int { planned.count }

    /// The keys of the routers that are asked for.
    var keys: Set<String> { Set(claims.keys) }

    /// The families of the routers that are asked for.
    var families: FamilySet {
        var families: FamilySet = []
        for claims in claims.values where families != .both { families.formUnion(FamilySet(claims)) }
        return families
    }

    /// What the writers of Services should know whose routers no node can have, or that wait for an identifier, in the order of
    /// the sentences.
    ///
    /// - Parameters:
    ///   - waiting: The keys of the routers that wait, in order.
    ///   - left: How many identifiers are left for other routers.
    func problemsOfServices(
        on membership: Membership, waiting: [String], left: Int
    ) -> [ObjectName: [Finding.Problem]] {
        let missing = membership.familiesWithoutNode.intersection(families)
        guard !missing.isEmpty || !waiting.isEmpty else { return [:] }
        var problems: [ObjectName: Set<Finding.Problem>] = [:]
        for claim in claims.values.joined() where missing.contains(FamilySet(claim.family)) {
            problems[claim.service, default: []].insert(.noNodeForFamily(claim.family))
        }
        let keys = Dictionary(grouping: waiting) { claims[$0]?.first?.service }
        for case (let service?, let keys) in keys {
            problems[service, default: []].formUnion(Finding.Problem.waiting(keys, left: left))
        }
        return problems.mapValues { Array($0).inOrder }
    }

    /// The node with the best claim to each router, by the name of the router's object.
    var preferredNodes: [String: String] {
        remembered.merging(planned.mapValues { $0.members[0].node }) { _, planned in planned }
    }

    /// Replaces what a Service asks for.
    mutating func replace(_ old: [Claim], by new: [Claim]) {
        for claim in old {
            claims[claim.key] = nil
            touched.insert(claim.key)
        }
        for claim in new {
            claims[claim.key, default: []].append(claim)
            touched.insert(claim.key)
        }
    }

    /// Takes up where routers were in earlier plans.
    mutating func remember(_ nodes: [String: String]) { remembered.merge(nodes) { _, new in new } }

    /// Gives all routers up, but remembers where they were.
    ///
    /// - Returns: Whether there were any.
    mutating func suspend() -> Bool {
        guard !planned.isEmpty else { return false }
        remembered = preferredNodes
        planned = [:]
        return true
    }

    /// Plans the routers that have an identifier and a node.
    ///
    /// - Parameters:
    ///   - group: The group.
    ///   - membership: Its nodes.
    ///   - identifiers: The identifiers by key.
    ///   - isAnew: Whether the group or its nodes have changed, so that every router may be another one.
    /// - Returns: Whether a router is another one now.
    mutating func plan(
        for group: AddressGroup, on membership: Membership, identifiers: [String: VirtualRouterID], isAnew: Bool
    ) -> Bool {
        var next: [String: PlannedRouter] = [:]
        next.reserveCapacity(planned.count)
        var hasChanged = false
        for list in candidates(membership, identifiers).lists {
            let placement = Placement(on: list.nodes)
            let best = placement.best(for: list.units.map { .init(key: $0.key, previous: previousNode(of: $0)) })
            for (unit, best) in zip(list.units, best) {
                guard let best, let identifier = identifiers[unit.key] else { continue }
                let stays = !isAnew && !touched.contains(unit.key)
                if stays, let routers = planned(unit, identifier, best) {
                    for router in routers { next[router.objectName] = router }
                    continue
                }
                let order = placement.order(for: unit.key, best: best)
                for claim in unit.claims {
                    let router = PlannedRouter(claim, in: group, identifier, on: order)
                    hasChanged = hasChanged || planned[claim.objectName] != router
                    next[claim.objectName] = router
                }
            }
        }
        hasChanged = hasChanged || next.count != planned.count
        planned = next
        remembered = [:]
        touched = []
        return hasChanged
    }

    private func candidates(
        _ membership: Membership, _ identifiers: [String: VirtualRouterID]
    ) -> CandidateLists {
        var candidates = CandidateLists(membership)
        for (key, claims) in claims.sorted(by: { $0.key < $1.key }) where identifiers[key] != nil {
            candidates.sort(claims, ofKey: key)
        }
        return candidates
    }

    /// The node that had the best claim to a router of the unit so far.
    private func previousNode(of unit: CandidateLists.Unit) -> String? {
        unit.claims.lazy.compactMap { remembered[$0.objectName] ?? planned[$0.objectName]?.members[0].node }.first
    }

    /// The routers of the unit as they were planned; nil where one was planned otherwise.
    private func planned(
        _ unit: CandidateLists.Unit, _ identifier: VirtualRouterID, _ best: String
    ) -> [PlannedRouter]? {
        let routers = unit.claims.compactMap { planned[$0.objectName] }
        let isSame = routers.allSatisfy { $0.routerID == identifier && $0.members[0].node == best }
        return isSame && routers.count == unit.claims.count ? routers : nil
    }
}

extension PlannedRouter {
    /// The router of a claim, on the given nodes in the order of their claims to it.
    fileprivate init(
        _ claim: Claim, in group: AddressGroup, _ identifier: VirtualRouterID, on nodes: [Membership.Member]
    ) {
        let version = claim.family == .ipv6 ? .v3 : group.version
        // Whoever may write a Service must not be able to load the network more than the writer of the group has said.
        let interval = max(claim.advertisementInterval ?? group.advertisementInterval, group.advertisementInterval)
        self.init(
            objectName: claim.objectName, key: claim.key, group: group.name, service: claim.service,
            family: claim.family, routerID: identifier, version: version, interface: group.interface,
            addresses: claim.addresses,
            advertisementInterval: interval.representable(in: version),
            preemption: group.preemption, health: claim.health, password: version == .v2 ? group.password : nil,
            options: group.options.merging(claim.options) { _, own in own }, isUnicast: group.isUnicast,
            members: nodes.enumerated().map { rank, node in
                Member(
                    node: node.name, priority: PriorityLadder.priority(ofRank: rank, among: nodes.count),
                    address: node.addresses[claim.family])
            })
    }
}

extension AdvertisementInterval {
    /// The shortest interval from this one on that adverts of a version can carry, or else the longest of all.
    fileprivate func representable(in version: ProtocolVersion) -> AdvertisementInterval {
        switch version {
        case .v2: AdvertisementInterval(centiseconds: (Int(centiseconds) + 99) / 100 * 100) ?? self
        case .v3: AdvertisementInterval(centiseconds: min(4095, Int(centiseconds))) ?? self
        }
    }
}
