public import VRRP

/// Everything that a plan follows from.
public struct PlanningInput: Hashable, Sendable {
    /// The groups of the cluster.
    public var groups: [AddressGroup] = []
    /// The Services of the cluster; those without the annotation cost nothing.
    public var services: [Service] = []
    /// The nodes of the cluster.
    public var nodes: [Node] = []
    /// The identifiers that were dealt so far.
    public var ledgers: [ObjectName: RouterIDLedger] = [:]
    /// The Service that each address belonged to so far.
    public var holders: [IPAddress: ObjectName] = [:]
    /// The node that had the best claim to each router so far, by group and the name of the router's object.
    public var preferredNodes: [ObjectName: [String: String]] = [:]
    /// The time, in seconds since 1970.
    public var now: Int64

    /// The input at a time, empty otherwise.
    public init(now: Int64) { self.now = now }
}

/// The virtual routers of a cluster, and what people should know about them.
///
/// A pure function of its input: the order of lists does not matter, nothing is random, and no object can make it fail. One
/// bad Service concerns that Service alone.
public struct Plan: Hashable, Sendable {
    /// The routers, in the order of their groups and keys.
    public var routers: [PlannedRouter] = []
    /// The identifiers of every group; kept before any of the routers is told to anybody.
    public var ledgers: [ObjectName: RouterIDLedger] = [:]
    /// What the writers of objects should know, each once, in the order of the objects.
    public var findings: [Finding] = []

    /// Plans.
    public init(_ input: PlanningInput) {
        let groups = Dictionary(input.groups.map { ($0.name, $0) }) { first, _ in first }
        var selection = ClaimSelection(groups: groups, nodes: input.nodes, holders: input.holders)
        let claims = Dictionary(grouping: selection.claims(of: input.services), by: \.group)
        let memberships = groups.mapValues { Membership(of: $0, in: input.nodes) }

        var allocation = RouterIDAllocation(input.ledgers, now: input.now)
        allocation.allocate(
            groups.values.map { group in
                RouterIDAllocation.Need(
                    group: group, keys: Set(claims[group.name]?.map(\.key) ?? []),
                    neighbours: groups.keys.filter { memberships[group.name]?.meets(memberships[$0]) == true },
                    acquaintances: groups.keys.filter { memberships[group.name]?.mayMeet(memberships[$0]) == true })
            })
        ledgers = allocation.ledgers

        findings = selection.findings + allocation.findings
        for membership in memberships.values {
            let claims = claims[membership.group.name] ?? []
            findings += membership.findings(for: Set(claims.map(\.family)))
            routers += membership.routers(
                for: claims, identifiers: ledgers[membership.group.name]?.assignments ?? [:],
                previous: input.preferredNodes[membership.group.name] ?? [:])
        }
        routers.sort { ($0.group, $0.key, $0.family.rawValue) < ($1.group, $1.key, $1.family.rawValue) }
        findings = Set(findings).map { (text: $0.sortKey, finding: $0) }.sorted { $0.text < $1.text }.map(\.finding)
    }

    /// The node with the best claim to each router, as the next plan wants to know it.
    public var preferredNodes: [ObjectName: [String: String]] {
        var nodes: [ObjectName: [String: String]] = [:]
        for router in routers { nodes[router.group, default: [:]][router.objectName] = router.members[0].node }
        return nodes
    }

    /// The Service that each address belongs to, as the next plan wants to know it.
    public var holders: [IPAddress: ObjectName] {
        Dictionary(routers.flatMap { router in router.addresses.map { ($0, router.service) } }) { first, _ in first }
    }
}

extension Finding {
    fileprivate var sortKey: String {
        switch subject {
        case .group(let name): "group \(name) \(problem)"
        case .service(let name): "service \(name) \(problem)"
        }
    }
}
