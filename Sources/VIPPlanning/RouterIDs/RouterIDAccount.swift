import VRRP

/// The identifiers of one group in the hand of ``RouterIDAllocation``.
struct RouterIDAccount: Sendable {
    /// Which router has which.
    var ledger = RouterIDLedger() {
        didSet {
            assigned = RouterIDSet(ledger.assignments.values)
            taken = assigned.union(RouterIDSet(ledger.quarantine.keys))
            earliest = ledger.quarantine.values.min()
        }
    }
    /// What the group needs; nil where it cannot be read, so that the ledger stays as it is.
    var need: RouterIDAllocation.Need?
    /// How many identifiers are left for new routers.
    var available = 0
    /// Identifiers of nobody in the cluster that nodes have heard, of which new routers get none.
    var strangers = RouterIDSet()
    /// The keys of routers that wait for an identifier, in order.
    private(set) var waiting: [String] = []
    /// Identifiers that the group had to change in the last update.
    private(set) var conflicts: [Finding.Problem] = []

    /// Identifiers that a router has.
    private(set) var assigned = RouterIDSet()
    /// Identifiers that a router has or that wait.
    private(set) var taken = RouterIDSet()
    /// When the first of those that wait may be used again.
    private var earliest: Int64?

    /// The second since 1970 at which an identifier may be used again; nil where none waits, or where nothing may change.
    var deadline: Int64? { need == nil ? nil : earliest }

    /// Whether a router waits for an identifier.
    var isWaiting: Bool { need != nil && !waiting.isEmpty }

    /// Whether a router has no identifier, or had none a moment ago.
    var isIncomplete: Bool {
        guard let need else { return false }
        return !waiting.isEmpty || need.keys.count != ledger.assignments.count
    }

    /// What the writer of the group should know.
    var problems: [Finding.Problem] {
        guard need != nil else { return [] }
        let shortage: [Finding.Problem] =
            available < RouterIDAllocation.shortage ? [.routerIDsShort(left: available)] : []
        return (conflicts + Finding.Problem.waiting(waiting, left: available) + shortage).inOrder
    }

    /// Takes back what no router needs any more, and lets go what has waited for long enough.
    mutating func giveBack(now: Int64) {
        conflicts = []
        guard let need else {
            waiting = []
            return
        }
        var next = ledger
        for (identifier, end) in ledger.quarantine where end <= now { next.quarantine[identifier] = nil }
        for (identifier, end) in ledger.quarantine where end > Self.bounded(end, now: now) {
            next.quarantine[identifier] = Self.bounded(end, now: now)
        }
        var kept = RouterIDSet()
        for (key, identifier) in ledger.assignments.sorted(by: { $0.key < $1.key }) {
            let isWanted = need.keys.contains(key) && !need.excluded.contains(identifier)
            // A status that somebody has edited may name one twice.
            if isWanted, kept.insert(identifier) { continue }
            next.assignments[key] = nil
            next.quarantine[identifier] = now + RouterIDLedger.quarantineSeconds
        }
        for identifier in next.quarantine.keys where kept.contains(identifier) { next.quarantine[identifier] = nil }
        if next != ledger { ledger = next }
    }

    /// Gives up identifiers that a neighbour has as well; nodes may still use them here when that one has given them back.
    mutating func giveWay(to neighbour: ObjectName, _ others: RouterIDSet, now: Int64) {
        let lost = ledger.assignments.filter { others.contains($0.value) }
        guard !lost.isEmpty else { return }
        var next = ledger
        next.assignments = ledger.assignments.filter { !others.contains($0.value) }
        for identifier in lost.values { next.quarantine[identifier] = now + RouterIDLedger.quarantineSeconds }
        ledger = next
        conflicts += lost.map { .routerIDChanged(key: $0.key, from: $0.value, sharedWith: neighbour) }
    }

    /// The end of a rest that is written somewhere, and never longer away than a rest takes: a status may be edited, or written
    /// by a clock that was wrong.
    private static func bounded(_ end: Int64, now: Int64) -> Int64 {
        min(end, now + RouterIDLedger.quarantineSeconds)
    }

    /// Lets the identifiers of a group that is no neighbour any more rest here as well, also where the own group cannot be read:
    /// the nodes of the other one may still use them.
    mutating func avoid(_ former: RouterIDLedger, now: Int64) {
        var next = ledger
        let inUse = former.assignments.values.map { ($0, now + RouterIDLedger.quarantineSeconds) }
        let resting = former.quarantine.map { ($0.key, Self.bounded($0.value, now: now)) }
        for (identifier, end) in inUse + resting where end > now && !assigned.contains(identifier) {
            next.quarantine[identifier] = max(end, next.quarantine[identifier] ?? end)
        }
        if next != ledger { ledger = next }
    }

    /// Deals identifiers to the routers that have none.
    ///
    /// - Parameter free: The identifiers that may be dealt, the best first.
    mutating func assign(_ free: [VirtualRouterID]) {
        guard let need else { return }
        let open = need.keys.filter { ledger.assignments[$0] == nil }.sorted()
        let chosen = chosen(of: open, among: free.count)
        ledger.assignments.merge(zip(chosen, free)) { _, new in new }
        waiting = open.filter { ledger.assignments[$0] == nil }
    }

    /// The routers that get one of so many identifiers, in order. The last few are for Services that have none, so that one
    /// which spreads its addresses leaves something to all others.
    private func chosen(of open: [String], among count: Int) -> [String] {
        let common = count - RouterIDAllocation.shortage
        guard open.count > common else { return open }
        var served = Set(ledger.assignments.keys.map(\.serviceOfRouter))
        var (first, others) = ([String](), [String]())
        for key in open {
            if served.insert(key.serviceOfRouter).inserted { first.append(key) } else { others.append(key) }
        }
        return Array((first.prefix(count) + others.prefix(max(0, common - first.count))).sorted())
    }
}

extension String {
    /// The Service that a router of this key belongs to: the key without the address that it may end with.
    fileprivate var serviceOfRouter: Substring {
        guard let first = firstIndex(of: "/"), let second = self[index(after: first)...].firstIndex(of: "/") else {
            return self[...]
        }
        return self[..<second]
    }
}

extension RouterIDAccount: Equatable {
    /// Compares what others can see of it.
    static func == (left: Self, right: Self) -> Bool {
        left.ledger == right.ledger && left.available == right.available && left.strangers == right.strangers
            && left.problems == right.problems
    }
}
