import VRRP

/// Identifiers of groups that were deleted, and where they were in use: the nodes may not have heard of the deletion.
///
/// The neighbours that a group had keep its identifiers for themselves; these are for groups that come later.
struct DepartedGroups: Hashable, Sendable {
    /// A group that was deleted.
    private struct Departed: Hashable, Sendable {
        var site: Site
        /// Its identifiers, all of them resting.
        var ledger: RouterIDLedger
        var end: Int64
    }

    /// How many groups are remembered: what a few people delete in ten minutes, not what a loop makes and deletes.
    static let most = 64

    private var groups: [Departed] = []

    /// No group was deleted.
    init() {}

    /// Notes that a group is gone.
    mutating func add(_ ledger: RouterIDLedger, at site: Site, now: Int64) {
        let end = now + RouterIDAllocation.quarantineSeconds
        let resting = ledger.quarantine.filter { $0.value > now }.mapValues { min($0, end) }
        let quarantine = ledger.assignments.values.reduce(into: resting) { $0[$1] = end }
        guard !quarantine.isEmpty else { return }
        groups.append(Departed(site: site, ledger: RouterIDLedger(quarantine: quarantine), end: end))
        if groups.count > Self.most { groups.removeFirst() }
    }

    /// Forgets what has rested for long enough.
    mutating func forget(now: Int64) { groups.removeAll { $0.end <= now } }

    /// What groups have left where a group is that comes now.
    func ledgers(at site: Site) -> [RouterIDLedger] {
        groups.filter { $0.site.meets(site) }.map(\.ledger)
    }
}
