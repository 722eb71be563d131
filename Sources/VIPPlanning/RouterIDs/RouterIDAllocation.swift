import VRRP

/// Gives routers their identifiers: kept for as long as the router exists, unique among groups that share an interface of
/// a node, and not used again before every node has forgotten the old meaning.
struct RouterIDAllocation: Sendable {
    /// From how few free identifiers on a group is told; these last ones are for Services that have none.
    static let shortage = 16

    /// What a group needs identifiers for, and what it must avoid.
    struct Need: Sendable {
        /// The keys of its routers.
        var keys: Set<String>
        /// Identifiers that no router of it may have.
        var excluded: RouterIDSet
        /// Identifiers that its nodes have heard others use, also those of other groups; who has one already keeps it.
        var foreign: RouterIDSet
    }

    /// How many identifiers are avoided because nodes have heard strangers use them: nodes may say what they want, and must
    /// not be able to use up all there are.
    static let mostStrangers = 64

    private var accounts: [ObjectName: RouterIDAccount] = [:]
    /// Groups that are to be looked at in the next update.
    private var open: Set<ObjectName> = []
    /// Groups that may have an identifier in common with a neighbour since the last update.
    private var disputed: Set<ObjectName> = []
    /// Groups whose ledger came from outside since the last update.
    private var restored: Set<ObjectName> = []
    /// What was before the changes since the last update, of groups that are touched by them; nil of new ones.
    private var before: [ObjectName: RouterIDAccount?] = [:]

    /// The identifiers of a group.
    func ledger(of group: ObjectName) -> RouterIDLedger { accounts[group]?.ledger ?? RouterIDLedger() }

    /// How many identifiers are left for new routers of a group; 0 of one that cannot be read.
    func available(in group: ObjectName) -> Int { accounts[group]?.available ?? 0 }

    /// How many identifiers routers of a group can have at all; 0 of one that cannot be read.
    func usable(in group: ObjectName) -> Int {
        guard let account = accounts[group], let need = account.need else { return 0 }
        return RouterIDSet.all.count - need.excluded.union(account.strangers).count
    }

    /// The keys of the routers of a group that wait for an identifier, in order.
    func waiting(in group: ObjectName) -> [String] {
        guard let account = accounts[group], account.need != nil else { return [] }
        return account.waiting
    }

    /// What the writer of a group should know.
    func problems(of group: ObjectName) -> [Finding.Problem] { accounts[group]?.problems ?? [] }

    /// The second since 1970 at which the next identifier may be used again; nil where none waits.
    var nextDeadline: Int64? { accounts.values.lazy.compactMap(\.deadline).min() }

    /// Takes up the identifiers of a group in earlier plans.
    mutating func restore(_ ledger: RouterIDLedger, of group: ObjectName) {
        touch(group)
        accounts[group, default: RouterIDAccount()].ledger = ledger
        restored.insert(group)
        open.insert(group)
    }

    /// Says what a group needs; nil where nobody knows, so that its ledger stays as it is.
    mutating func set(_ need: Need?, of group: ObjectName) {
        touch(group)
        // Who cannot be read keeps what it has, whatever its name, so that the order in a dispute is another one now.
        if (accounts[group]?.need == nil) != (need == nil) { restored.insert(group) }
        accounts[group, default: RouterIDAccount()].need = need
        open.insert(group)
    }

    /// Lets the identifiers rest in a group that others have, which were its neighbours and are it no more: nodes may still
    /// use them.
    mutating func part(_ group: ObjectName, from neighbours: [RouterIDLedger], now: Int64) {
        guard accounts[group] != nil else { return }
        rest(neighbours, in: group, now: now)
    }

    /// Lets the identifiers of ledgers rest in a group, which may be new.
    mutating func rest(_ ledgers: [RouterIDLedger], in group: ObjectName, now: Int64) {
        touch(group)
        for ledger in ledgers { accounts[group, default: RouterIDAccount()].avoid(ledger, now: now) }
        open.insert(group)
    }

    /// Forgets a group.
    mutating func remove(_ group: ObjectName) {
        touch(group)
        accounts[group] = nil
        restored.remove(group)
    }

    /// Notes that groups have other neighbours now.
    mutating func review(_ groups: Set<ObjectName>) {
        open.formUnion(groups)
        disputed.formUnion(groups)
    }

    /// Brings the ledgers up to date.
    ///
    /// - Parameters:
    ///   - neighbourhood: Which groups have to do with each other.
    ///   - now: The time, in seconds since 1970.
    /// - Returns: The groups whose ledger, problems or number of free identifiers are different now.
    mutating func update(_ neighbourhood: Neighbourhood, now: Int64) -> Set<ObjectName> {
        open.formUnion(accounts.filter { ($0.value.deadline ?? .max) <= now }.keys)
        for group in open {
            touch(group)
            accounts[group]?.giveBack(now: now)
        }
        // Who comes first by name keeps what two groups have.
        for group in restored { disputed.formUnion(neighbourhood.neighbours(of: group).union([group])) }
        for group in disputed.sorted() { resolveConflicts(of: group, neighbourhood, now: now) }
        // What became free may be what a neighbour waits for.
        let incomplete = open.union(shifted(neighbourhood) { $0.isWaiting }).union(disputed).sorted()
        for group in incomplete { findStrangers(of: group, neighbourhood) }
        for group in incomplete {
            assign(in: group, neighbourhood)
            open.insert(group)
        }
        for group in open.union(shifted(neighbourhood, tellsAcquaintances: true) { _ in true }) {
            findStrangers(of: group, neighbourhood)
            count(group, neighbourhood)
        }

        let changed = before.filter { accounts[$0.key] != $0.value }
        // That an identifier was changed is said once.
        open = Set(before.keys.filter { accounts[$0]?.conflicts.isEmpty == false })
        disputed = []
        restored = []
        before = [:]
        return Set(changed.keys)
    }

    private mutating func touch(_ group: ObjectName) {
        if before.index(forKey: group) == nil { before.updateValue(accounts[group], forKey: group) }
    }

    /// The neighbours of groups that take other identifiers than before; also those that merely hear of each other, where what
    /// was heard of strangers is to be looked at.
    private func shifted(
        _ neighbourhood: Neighbourhood, tellsAcquaintances: Bool = false, where isConcerned: (RouterIDAccount) -> Bool
    ) -> Set<ObjectName> {
        var concerned: Set<ObjectName> = []
        for (group, account) in before
        where account?.taken != accounts[group]?.taken || account?.need?.foreign != accounts[group]?.need?.foreign {
            var others = neighbourhood.neighbours(of: group)
            if tellsAcquaintances { others.formUnion(neighbourhood.acquaintances(of: group)) }
            for neighbour in others {
                if let account = accounts[neighbour], isConcerned(account) { concerned.insert(neighbour) }
            }
        }
        return concerned
    }

    private mutating func resolveConflicts(of group: ObjectName, _ neighbourhood: Neighbourhood, now: Int64) {
        guard let account = accounts[group], account.need != nil else { return }
        for neighbour in neighbourhood.neighbours(of: group).sorted() {
            guard let other = accounts[neighbour], neighbour < group || other.need == nil else { continue }
            guard accounts[group]?.assigned.isDisjoint(with: other.assigned) == false else { continue }
            touch(group)
            accounts[group]?.giveWay(to: neighbour, other.assigned, now: now)
        }
    }

    /// Finds out which of the identifiers that were heard near a group are no group's: what the nodes of its neighbours hear, it
    /// would meet as well, and what other groups have is heard from their nodes.
    private mutating func findStrangers(of group: ObjectName, _ neighbourhood: Neighbourhood) {
        guard let account = accounts[group], let need = account.need else { return }
        let strangers = strangers(account, need, group, neighbourhood)
        guard strangers != account.strangers else { return }
        touch(group)
        accounts[group]?.strangers = strangers
    }

    private func strangers(
        _ account: RouterIDAccount, _ need: Need, _ group: ObjectName, _ neighbourhood: Neighbourhood
    ) -> RouterIDSet {
        let neighbours = neighbourhood.neighbours(of: group)
        var heard = need.foreign
        for neighbour in neighbours {
            if let foreign = accounts[neighbour]?.need?.foreign { heard.formUnion(foreign) }
        }
        // As it is nearly always.
        guard heard.count > 0 else { return RouterIDSet() }
        var known = account.taken
        for other in neighbours.union(neighbourhood.acquaintances(of: group)) {
            if let other = accounts[other] { known.formUnion(other.taken) }
        }
        let unknown = RouterIDSet.all.lazy.filter { heard.contains($0) && !known.contains($0) }
        return RouterIDSet(unknown.prefix(Self.mostStrangers))
    }

    private mutating func assign(in group: ObjectName, _ neighbourhood: Neighbourhood) {
        guard let account = accounts[group], account.isIncomplete else { return }
        touch(group)
        let unusable = unusable(account, group, neighbourhood)
        var unwelcome = RouterIDSet()
        for acquaintance in neighbourhood.acquaintances(of: group) {
            if let other = accounts[acquaintance] { unwelcome.formUnion(other.taken) }
        }
        let all = RouterIDSet.all.filter { !unusable.contains($0) }
        accounts[group]?.assign(all.filter { !unwelcome.contains($0) } + all.filter(unwelcome.contains))
    }

    private mutating func count(_ group: ObjectName, _ neighbourhood: Neighbourhood) {
        guard let account = accounts[group] else { return }
        let left =
            account.need == nil ? 0 : RouterIDSet.all.count - unusable(account, group, neighbourhood).count
        guard left != account.available else { return }
        touch(group)
        accounts[group]?.available = left
    }

    /// The identifiers that no new router of a group may have.
    private func unusable(
        _ account: RouterIDAccount, _ group: ObjectName, _ neighbourhood: Neighbourhood
    ) -> RouterIDSet {
        var unusable = account.taken
        if let need = account.need { unusable.formUnion(need.excluded.union(account.strangers)) }
        for neighbour in neighbourhood.neighbours(of: group) {
            if let other = accounts[neighbour] { unusable.formUnion(other.taken) }
        }
        return unusable
    }
}
