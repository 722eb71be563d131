public import VRRP

/// Plans the virtual routers of a cluster, and says what people should know about them.
///
/// It is told what there is, and asked for a plan when something has changed. The plan follows from what there is, from the
/// plan before and from the time: the order in which things are told does not matter, nothing is random, and no object can
/// make it fail. One bad Service concerns that Service alone. Only what a change concerns is planned anew; the result is
/// that of a planner that is told everything of before at once, takes up the ledgers, holders, preferred nodes and deleted groups
/// of then, and is told everything of now after that.
///
/// What can be asked for is that of the last ``plan(now:)``.
public struct Planner: Sendable {
    private var standings: [ObjectName: GroupStanding] = [:]
    /// The nodes by name.
    private var nodes: [Node] = []
    private var selection = ServiceSelection()
    private var neighbourhood = Neighbourhood()
    private var allocation = RouterIDAllocation()
    private var plans: [ObjectName: GroupPlan] = [:]
    private var departed = DepartedGroups()

    /// Groups that are to be looked at.
    private var open: Set<ObjectName> = []
    /// Whether all nodes are to be looked at.
    private var hasNewNodes = false

    /// Nothing is known, nothing is planned.
    public init() {}

    // MARK: What there is

    /// Sets or replaces a group.
    public mutating func set(_ group: AddressGroup) { set(.readable(group), of: group.name) }

    /// A group exists, but cannot be read.
    ///
    /// It has no routers in the plan, and its ledger stays as it is. Identifiers and addresses that it has are not given to
    /// others, for its routers go on, also where their Services are gone or name other groups now. Services that name it are
    /// told so.
    public mutating func setUnreadable(group: ObjectName) {
        set(.unreadable(last: standings[group]?.lastKnown), of: group)
    }

    /// A group exists no more.
    public mutating func remove(group: ObjectName) {
        if standings.removeValue(forKey: group) != nil { open.insert(group) }
    }

    /// Sets or replaces a Service.
    public mutating func set(_ service: Service) { selection.set(service) }

    /// A Service exists no more.
    public mutating func remove(service: ObjectName) { selection.remove(service) }

    /// Replaces all nodes; of two with the same name the last counts.
    public mutating func set(nodes: [Node]) {
        let nodes = Dictionary(nodes.map { ($0.name, $0) }) { _, last in last }.values.sorted { $0.name < $1.name }
        guard nodes != self.nodes else { return }
        self.nodes = nodes
        hasNewNodes = true
        selection.set(nodes: nodes)
    }

    // MARK: What was kept of earlier plans

    /// Takes up the identifiers of a group; for the start of a process.
    public mutating func restore(ledger: RouterIDLedger, of group: ObjectName) {
        allocation.restore(ledger, of: group)
        open.insert(group)
    }

    /// Takes up who had each address; for the start of a process.
    public mutating func restore(holders: [IPAddress: AddressHolder]) { selection.restore(holders) }

    /// Takes up the node that had the best claim to each router of a group, by the name of the router's object; for the start
    /// of a process.
    public mutating func restore(preferredNodes: [String: String], of group: ObjectName) {
        plans[group, default: GroupPlan()].routers.remember(preferredNodes)
        open.insert(group)
    }

    /// Takes up groups that were deleted before, in that order; for the start of a process. What has rested for long enough
    /// counts no longer.
    public mutating func restore(departed groups: [DepartedGroup], now: Int64) {
        for group in groups { departed.add(group, now: now) }
    }

    // MARK: The plan

    /// Plans what has changed since the last call.
    ///
    /// A Service costs its group; nodes, or the interface of a group, cost all groups.
    ///
    /// - Parameter now: The time, in seconds since 1970.
    /// - Returns: What is different now.
    public mutating func plan(now: Int64) -> Changes {
        var changes = Changes()
        var routerProblems = RouterProblems()
        var concerned = place(&changes, &routerProblems, now: now)

        let selected = selection.update(standings)
        changes.subjects.formUnion(selected.problems.map { .service($0) })
        for (old, new) in selected.claims {
            for group in Set((old + new).map(\.group)) {
                plans[group]?.routers.replace(old.filter { $0.group == group }, by: new.filter { $0.group == group })
                concerned.insert(group)
            }
        }

        for group in concerned where plans[group] != nil { allocation.set(plans[group]?.need, of: group) }
        concerned.formUnion(allocation.update(neighbourhood, now: now))
        for group in concerned { complete(group, &changes, &routerProblems) }
        changes.subjects.formUnion(routerProblems.changed.map { .service($0) })
        return changes
    }

    /// What people should know of Services because of their routers, as far as a plan concerns it.
    private struct RouterProblems {
        /// Before the plan.
        var former: [ObjectName: [Finding.Problem]] = [:]
        /// After it; a Service has routers in one group alone.
        var current: [ObjectName: [Finding.Problem]] = [:]

        /// The Services of which it is something else now.
        var changed: Set<ObjectName> {
            Set(former.keys).union(current.keys).filter { former[$0] != current[$0] }
        }
    }

    /// Takes in what is new of groups and nodes.
    ///
    /// - Returns: The groups of which something is new.
    private mutating func place(
        _ changes: inout Changes, _ routerProblems: inout RouterProblems, now: Int64
    ) -> Set<ObjectName> {
        var concerned = open
        var moved: Set<ObjectName> = []
        var gone: [ObjectName] = []
        var placed: [ObjectName] = []
        departed.forget(now: now)
        let formerly = neighbourhood
        for name in hasNewNodes ? open.union(standings.keys) : open {
            guard let standing = standings[name] else {
                moved.formUnion(neighbourhood.remove(name))
                gone.append(name)
                continue
            }
            let former = plans[name]?.standing
            let membership = standing.lastKnown.map { Membership(of: $0, in: nodes) }
            guard plans[name, default: GroupPlan()].place(standing, membership) else { continue }
            concerned.insert(name)
            placed.append(name)
            moved.formUnion(neighbourhood.place(name, membership))
            if former != standing { selection.review(groupNamed: name) }
            if standing.readable != nil, former?.readable == nil { changes.groups.insert(name) }
        }
        open = []
        hasNewNodes = false
        // What it had, and nothing that rests in it from now on because its neighbours are none any more.
        for name in gone.sorted() {
            guard let site = plans[name]?.membership?.site else { continue }
            departed.add(allocation.ledger(of: name), at: site, now: now)
        }
        part(moved, formerly, now: now)
        for name in gone { drop(name, &changes, &routerProblems) }
        for name in placed {
            let ledgers = (plans[name]?.membership?.site).map(departed.ledgers) ?? []
            if !ledgers.isEmpty { allocation.rest(ledgers, in: name, now: now) }
        }
        allocation.review(moved)
        return concerned
    }

    /// Lets identifiers rest where groups were neighbours before this plan and are not any more.
    private mutating func part(_ groups: Set<ObjectName>, _ formerly: Neighbourhood, now: Int64) {
        // All of them as they were before, so that the order does not matter.
        let partings = groups.map { group in
            let lost = formerly.neighbours(of: group).subtracting(neighbourhood.neighbours(of: group))
            return (group, lost.map { allocation.ledger(of: $0) })
        }
        for (group, ledgers) in partings where !ledgers.isEmpty { allocation.part(group, from: ledgers, now: now) }
    }

    private mutating func drop(
        _ group: ObjectName, _ changes: inout Changes, _ routerProblems: inout RouterProblems
    ) {
        allocation.remove(group)
        guard let plan = plans.removeValue(forKey: group), plan.standing != nil else { return }
        routerProblems.former.merge(plan.problemsOfServices) { _, new in new }
        selection.review(groupNamed: group)
        changes.groups.insert(group)
        if !plan.problems.isEmpty { changes.subjects.insert(.group(group)) }
    }

    private mutating func complete(
        _ group: ObjectName, _ changes: inout Changes, _ routerProblems: inout RouterProblems
    ) {
        routerProblems.former.merge(plans[group]?.problemsOfServices ?? [:]) { _, new in new }
        let difference = plans[group]?.complete(
            ledger: allocation.ledger(of: group), waiting: allocation.waiting(in: group),
            availableRouterIDs: allocation.available(in: group),
            problems: allocation.problems(of: group))
        routerProblems.current.merge(plans[group]?.problemsOfServices ?? [:]) { _, new in new }
        guard let difference else { return }
        if standings[group]?.readable != nil {
            if difference.isChanged { changes.groups.insert(group) }
            if difference.hasOtherCount, !changes.groups.contains(group) { changes.counts.insert(group) }
        }
        if difference.hasOtherProblems { changes.subjects.insert(.group(group)) }
    }

    private mutating func set(_ standing: GroupStanding, of group: ObjectName) {
        guard standings[group] != standing else { return }
        standings[group] = standing
        open.insert(group)
    }
}

// MARK: What came of it

extension Planner {
    /// The groups that routers are planned for, in order; those that cannot be read are left out.
    public var groups: [ObjectName] { plans.filter { $0.value.standing?.readable != nil }.keys.sorted() }

    /// The routers of a group in the order of their keys and families; none of one that cannot be read.
    public func routers(of group: ObjectName) -> [PlannedRouter] { plans[group]?.routers.all ?? [] }

    /// How many routers a group has; none where it cannot be read.
    public func routerCount(of group: ObjectName) -> Int { plans[group]?.routers.count ?? 0 }

    /// The identifiers of a group; kept before any of its routers is told to anybody.
    public func ledger(of group: ObjectName) -> RouterIDLedger { plans[group]?.ledger ?? RouterIDLedger() }

    /// The keys of the routers of a group that wait for an identifier, in order; none of one that cannot be read.
    public func waitingRouters(of group: ObjectName) -> [String] { allocation.waiting(in: group) }

    /// What the writer of an object should know, each once, in the order of the sentences.
    public func findings(on subject: Finding.Subject) -> [Finding] {
        let problems =
            switch subject {
            case .group(let name): plans[name]?.problems ?? []
            case .service(let name): problems(ofService: name)
            }
        return problems.map { Finding(subject, $0) }
    }

    private func problems(ofService name: ObjectName) -> [Finding.Problem] {
        let own = selection.problems(of: name)
        guard let group = selection.group(of: name), let others = plans[group]?.problemsOfServices[name] else {
            return own
        }
        return (own + others).inOrder
    }

    /// How many nodes take part in a group; none in one that cannot be read.
    public func nodeCount(of group: ObjectName) -> Int { plans[group]?.nodeCount ?? 0 }

    /// How many identifiers are left for new routers of a group: neither its own or its neighbours', nor resting, excluded or
    /// used by strangers; 0 of one that cannot be read.
    public func availableRouterIDs(of group: ObjectName) -> Int { plans[group]?.availableRouterIDs ?? 0 }

    /// How many identifiers routers of a group can have at all: neither excluded nor used by strangers; 0 of one that cannot be
    /// read.
    public func usableRouterIDs(of group: ObjectName) -> Int { allocation.usable(in: group) }

    /// The second since 1970 at which an identifier may be used again, and the plan may change; nil while nothing waits.
    public var nextDeadline: Int64? { allocation.nextDeadline }

    /// Groups that were deleted within the last ten minutes, as ``restore(departed:now:)`` takes them.
    public var departedGroups: [DepartedGroup] { departed.groups }

    /// Who has each address, as ``restore(holders:)`` takes it.
    public var holders: [IPAddress: AddressHolder] { selection.holders }

    /// The node with the best claim to each router of a group, as ``restore(preferredNodes:of:)`` takes it.
    public func preferredNodes(of group: ObjectName) -> [String: String] { plans[group]?.routers.preferredNodes ?? [:] }
}
