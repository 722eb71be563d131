import VRRP

/// Gives routers their identifiers: kept for as long as the router exists, unique among groups that share an interface of
/// a node, and not used again before every node has forgotten the old meaning.
struct RouterIDAllocation {
    /// How long an identifier that was given back waits before it is used again: longer than an agent takes to catch up.
    static let quarantineSeconds: Int64 = 600
    /// From how few free identifiers on a group is told.
    static let shortage = 16

    /// What a group needs identifiers for, and what it must avoid.
    struct Need {
        var group: AddressGroup
        /// The keys of its routers.
        var keys: Set<String>
        /// Groups that have nodes in common with it and maybe the interface.
        var neighbours: [ObjectName]
        /// Groups that may be on the same network although they have no node in common.
        var acquaintances: [ObjectName]
    }

    private(set) var ledgers: [ObjectName: RouterIDLedger]
    private(set) var findings: [Finding] = []
    private let now: Int64

    /// - Parameters:
    ///   - ledgers: What was kept.
    ///   - now: The time, in seconds since 1970.
    init(_ ledgers: [ObjectName: RouterIDLedger], now: Int64) {
        self.ledgers = ledgers
        self.now = now
    }

    /// Brings the ledgers of all groups up to date.
    mutating func allocate(_ needs: [Need]) {
        let needs = needs.sorted { $0.group.name < $1.group.name }
        let names = Set(needs.map(\.group.name))
        ledgers = ledgers.filter { names.contains($0.key) }
        for need in needs { giveBack(need) }
        // Who comes first by name keeps what two groups have.
        for need in needs { resolveConflicts(need) }
        for need in needs { assign(need) }
    }

    private mutating func giveBack(_ need: Need) {
        var ledger = ledgers[need.group.name] ?? RouterIDLedger()
        ledger.quarantine = ledger.quarantine.filter { $0.value > now }
        var kept: Set<VirtualRouterID> = []
        for (key, identifier) in ledger.assignments.sorted(by: { $0.key < $1.key }) {
            let isWanted = need.keys.contains(key) && !need.group.excludedRouterIDs.contains(identifier)
            // A status that somebody has edited may name one twice.
            if isWanted, kept.insert(identifier).inserted { continue }
            ledger.assignments[key] = nil
            ledger.quarantine[identifier] = now + Self.quarantineSeconds
        }
        for identifier in kept { ledger.quarantine[identifier] = nil }
        ledgers[need.group.name] = ledger
    }

    private mutating func resolveConflicts(_ need: Need) {
        guard var ledger = ledgers[need.group.name] else { return }
        for neighbour in need.neighbours.sorted() where neighbour < need.group.name {
            let others = Set(ledgers[neighbour].map { Array($0.assignments.values) } ?? [])
            for (key, identifier) in ledger.assignments.sorted(by: { $0.key < $1.key })
            where others.contains(identifier) {
                ledger.assignments[key] = nil
                findings.append(
                    Finding(
                        .group(need.group.name), .routerIDChanged(key: key, from: identifier, sharedWith: neighbour)))
            }
        }
        ledgers[need.group.name] = ledger
    }

    private mutating func assign(_ need: Need) {
        guard var ledger = ledgers[need.group.name] else { return }
        var unusable = ledger.taken.union(need.group.excludedRouterIDs).union(need.group.foreignRouterIDs)
        for neighbour in need.neighbours { unusable.formUnion(ledgers[neighbour]?.taken ?? []) }
        var unwelcome: Set<VirtualRouterID> = []
        for acquaintance in need.acquaintances { unwelcome.formUnion(ledgers[acquaintance]?.taken ?? []) }

        let all = (1...255).compactMap { VirtualRouterID(rawValue: $0) }.filter { !unusable.contains($0) }
        var free = (all.filter { !unwelcome.contains($0) } + all.filter(unwelcome.contains))[...]
        for key in need.keys.subtracting(ledger.assignments.keys).sorted() {
            guard let identifier = free.popFirst() else {
                findings.append(Finding(.group(need.group.name), .routerIDPending(key: key)))
                continue
            }
            ledger.assignments[key] = identifier
        }
        if free.count < Self.shortage {
            findings.append(Finding(.group(need.group.name), .routerIDsShort(left: free.count)))
        }
        ledgers[need.group.name] = ledger
    }
}
