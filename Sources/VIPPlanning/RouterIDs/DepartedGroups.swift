public import VRRP

/// A group that was deleted: its nodes may not have heard of that, and use its identifiers still.
public struct DepartedGroup: Hashable, Sendable {
    /// The interface on each of its nodes.
    public let interface: InterfaceChoice
    /// The names of its nodes.
    public let nodes: Set<String>
    /// Its identifiers, with the second since 1970 from which each may be used again.
    public let quarantine: [VirtualRouterID: Int64]

    /// A group that was there.
    public init(interface: InterfaceChoice, nodes: Set<String>, quarantine: [VirtualRouterID: Int64]) {
        self.interface = interface
        self.nodes = nodes
        self.quarantine = quarantine
    }

    fileprivate var site: Site { Site(interface: interface, nodes: nodes) }

    /// The group with the identifiers that rest at a time, none of them for longer than a rest takes; nil without any.
    fileprivate func resting(at now: Int64) -> DepartedGroup? {
        let resting = quarantine.filter { $0.value > now }
            .mapValues { min($0, now + RouterIDLedger.quarantineSeconds) }
        return resting.isEmpty ? nil : DepartedGroup(interface: interface, nodes: nodes, quarantine: resting)
    }
}

/// Identifiers of groups that were deleted, and where they were in use.
///
/// The neighbours that a group had keep its identifiers for themselves; these are for groups that come later.
struct DepartedGroups: Sendable {
    /// How many groups are remembered: what a few people delete in ten minutes, not what a loop makes and deletes.
    static let most = 64

    /// The groups, in the order in which they were deleted.
    private(set) var groups: [DepartedGroup] = []

    /// No group was deleted.
    init() {}

    /// Notes that a group is gone.
    mutating func add(_ ledger: RouterIDLedger, at site: Site, now: Int64) {
        let end = now + RouterIDLedger.quarantineSeconds
        let quarantine = ledger.assignments.values.reduce(into: ledger.quarantine) { $0[$1] = end }
        add(DepartedGroup(interface: site.interface, nodes: site.nodes, quarantine: quarantine), now: now)
    }

    /// Notes a group that is gone, of which others have told.
    mutating func add(_ group: DepartedGroup, now: Int64) {
        guard let group = group.resting(at: now), !groups.contains(group) else { return }
        groups.append(group)
        if groups.count > Self.most { groups.removeFirst() }
    }

    /// Forgets what has rested for long enough.
    mutating func forget(now: Int64) {
        guard groups.contains(where: { $0.quarantine.values.contains { $0 <= now } }) else { return }
        groups = groups.compactMap { $0.resting(at: now) }
    }

    /// What groups have left where a group is that comes now.
    func ledgers(at site: Site) -> [RouterIDLedger] {
        groups.filter { $0.site.meets(site) }.map { RouterIDLedger(quarantine: $0.quarantine) }
    }
}
