import VRRP

/// The nodes of a group, and the routers that they make.
struct Membership {
    let group: AddressGroup
    private let nodes: [Node]
    private let nodesByName: [String: Node]
    private let names: Set<String>
    private let surplus: Int

    init(of group: AddressGroup, in nodes: [Node]) {
        self.group = group
        let matching = nodes.filter { $0.matches(group.nodeSelector) }.sorted { $0.name < $1.name }
        self.nodes = Array(matching.prefix(PriorityLadder.length))
        surplus = matching.count - self.nodes.count
        nodesByName = Dictionary(self.nodes.map { ($0.name, $0) }) { first, _ in first }
        names = Set(nodesByName.keys)
    }

    /// Whether routers of both groups meet on an interface of a node, so that an identifier means one of them alone.
    func meets(_ other: Membership?) -> Bool {
        guard let other, other.group.name != group.name else { return false }
        return group.interface.mayBe(other.group.interface) && !names.isDisjoint(with: other.names)
    }

    /// Whether both groups may be on one network although they have no node in common.
    func mayMeet(_ other: Membership?) -> Bool {
        guard let other, other.group.name != group.name else { return false }
        return group.interface.mayBe(other.group.interface) && names.isDisjoint(with: other.names)
    }

    /// What the writer of the group should know, where it has routers of the given families.
    func findings(for families: Set<AddressFamily>) -> [Finding] {
        guard !families.isEmpty else { return [] }
        var problems: [Finding.Problem] = []
        if nodes.isEmpty { problems.append(.noNode) }
        if surplus > 0 { problems.append(.tooManyNodes(surplus: surplus)) }
        if group.isUnicast {
            for family in families {
                problems += nodes.filter { $0.address(family) == nil }.map { .nodeWithoutAddress($0.name, family) }
            }
        }
        return problems.map { Finding(.group(group.name), $0) }
    }

    /// The routers of the claims that have an identifier and a node.
    ///
    /// - Parameter previous: The node that had the best claim to each router so far, by the name of its object.
    func routers(
        for claims: [Claim], identifiers: [String: VirtualRouterID], previous: [String: String]
    ) -> [PlannedRouter] {
        let units = Dictionary(grouping: claims, by: \.key).values.flatMap(units)
        return Dictionary(grouping: units, by: { candidates(for: $0).map(\.name) }).values.flatMap { units in
            let candidates = candidates(for: units[0])
            let placement = Placement(
                of: Set(units.map { $0[0].key }), on: candidates,
                previous: Dictionary(
                    units.compactMap { unit in previous[unit[0].objectName].map { (unit[0].key, $0) } },
                    uniquingKeysWith: { first, _ in first }))
            return units.flatMap(\.self).compactMap { claim in
                identifiers[claim.key].flatMap { router(for: claim, $0, placement.order(for: claim.key)) }
            }
        }
    }

    /// The routers of one key that are to have the same best node: all of them, unless no node can be in all.
    private func units(_ claims: [Claim]) -> [[Claim]] {
        let claims = claims.sorted { $0.family.rawValue < $1.family.rawValue }
        return candidates(for: claims).isEmpty ? claims.map { [$0] } : [claims]
    }

    /// The nodes that can be in all the routers.
    private func candidates(for claims: [Claim]) -> [Node] {
        guard group.isUnicast else { return nodes }
        return nodes.filter { node in claims.allSatisfy { node.address($0.family) != nil } }
    }

    private func router(for claim: Claim, _ identifier: VirtualRouterID, _ order: [String]) -> PlannedRouter? {
        guard !order.isEmpty else { return nil }
        let version = claim.family == .ipv6 ? .v3 : group.version
        return PlannedRouter(
            objectName: claim.objectName, key: claim.key, group: group.name, service: claim.service,
            family: claim.family, routerID: identifier, version: version, interface: group.interface,
            addresses: claim.addresses,
            advertisementInterval: group.advertisementInterval.representable(in: version),
            preemption: group.preemption, health: claim.health, password: version == .v2 ? group.password : nil,
            options: group.options.merging(claim.options) { _, own in own }, isUnicast: group.isUnicast,
            members: order.enumerated().map { rank, node in
                PlannedRouter.Member(
                    node: node, priority: PriorityLadder.priority(ofRank: rank, among: order.count),
                    address: group.isUnicast ? nodesByName[node]?.address(claim.family) : nil)
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

extension Node {
    /// The address of a family that the node is reached at.
    fileprivate func address(_ family: AddressFamily) -> IPAddress? { addresses.first { $0.family == family } }
}
