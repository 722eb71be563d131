import VRRP

/// Which virtual routers the Services ask for, each address once, whatever order the objects come in.
///
/// A Service is looked at again when it, its group, or who has one of its addresses has changed.
struct ServiceSelection: Sendable {
    /// A Service with what has come of it.
    private struct Entry: Sendable {
        var service: Service
        /// The group that it names; nil where the annotation is no name.
        var group: ObjectName?
        var wish = Wish()
        var claims: [Claim] = []
        var problems: [Finding.Problem] = []

        /// Who wants the addresses; nil where none can be had by the group, for it is none.
        var claimant: AddressContest.Claimant? {
            group.map { .init(createdAt: service.createdAt, service: service.name, group: $0) }
        }
    }

    /// What is different after an update.
    struct Update {
        /// What Services asked for, and what they ask for now.
        var claims: [(old: [Claim], new: [Claim])] = []
        /// Services of which people should know something else.
        var problems: Set<ObjectName> = []
    }

    private var entries: [ObjectName: Entry] = [:]
    private var namesByGroup: [ObjectName: Set<ObjectName>] = [:]
    private var nodeOfAddress: [IPAddress: String] = [:]
    private var contest = AddressContest()
    /// Services that are to be looked at.
    private var news: [ObjectName: News] = [:]

    /// Why a Service is to be looked at.
    private enum News: Sendable {
        /// It is as it is here, or something around it has changed.
        case present(Service)
        /// It is no more.
        case gone
    }

    /// The Service that each address belongs to, and the group that has it.
    var holders: [IPAddress: AddressHolder] { contest.holders }

    /// What people should know of a Service, in the order of the sentences.
    func problems(of service: ObjectName) -> [Finding.Problem] { entries[service]?.problems ?? [] }

    /// The group that has routers for a Service; nil where none has.
    func group(of service: ObjectName) -> ObjectName? { entries[service]?.wish.group }

    /// A Service is as it is here; one that is being deleted, or names no group, costs nothing.
    mutating func set(_ service: Service) {
        let asks = service.groupAnnotation != nil && !service.isTerminating
        guard asks else { return remove(service.name) }
        guard entries[service.name]?.service != service || news[service.name] != nil else { return }
        news[service.name] = .present(service)
    }

    /// A Service exists no more.
    mutating func remove(_ service: ObjectName) {
        news[service] = entries[service] == nil ? nil : .gone
    }

    /// What is known of a group has changed.
    mutating func review(groupNamed group: ObjectName) {
        review(namesByGroup[group] ?? [])
        contest.review(groupNamed: group)
    }

    /// The addresses of nodes are these now, which no Service may have.
    mutating func set(nodes: [Node]) {
        let addresses = Dictionary(
            nodes.flatMap { node in node.addresses.map { ($0, node.name) } }, uniquingKeysWith: min)
        guard addresses != nodeOfAddress else { return }
        nodeOfAddress = addresses
        review(entries.keys)
    }

    /// Takes up which Service addresses belonged to in earlier plans.
    mutating func restore(_ holders: [IPAddress: AddressHolder]) {
        contest.restore(holders)
        review(holders.values.map(\.service))
    }

    private mutating func review(_ services: some Sequence<ObjectName>) {
        for name in services where news[name] == nil {
            if let service = entries[name]?.service { news[name] = .present(service) }
        }
    }

    /// Finds out what the Services ask for that are concerned by anything that has changed.
    mutating func update(_ groups: [ObjectName: GroupStanding]) -> Update {
        var update = Update()
        var concerned = Set(news.keys)
        takeNews(groups, &update)
        concerned.formUnion(
            contest.settle { group in
                if case .unreadable? = groups[group] { true } else { false }
            })
        for name in concerned { decide(name, &update) }
        return update
    }

    private mutating func takeNews(_ groups: [ObjectName: GroupStanding], _ update: inout Update) {
        let surroundings = Wish.Surroundings(nodeOfAddress: nodeOfAddress, holders: contest.holders)
        for (name, news) in news {
            switch news {
            case .present(let service): take(service, groups, surroundings)
            case .gone: forget(name, &update)
            }
        }
        news.removeAll(keepingCapacity: true)
    }

    private mutating func forget(_ name: ObjectName, _ update: inout Update) {
        guard let entry = entries.removeValue(forKey: name) else { return }
        if let group = entry.group { leave(group, name) }
        if let claimant = entry.claimant { contest.withdraw(claimant, from: entry.wish.addresses) }
        if !entry.claims.isEmpty { update.claims.append((entry.claims, [])) }
        if !entry.problems.isEmpty { update.problems.insert(name) }
    }

    /// Looks at what a Service wants.
    private mutating func take(
        _ service: Service, _ groups: [ObjectName: GroupStanding], _ surroundings: Wish.Surroundings
    ) {
        let annotation = service.groupAnnotation ?? ""
        var entry = entries[service.name] ?? Entry(service: service)
        let former = entry
        entry.service = service
        entry.group = ObjectName(annotation)
        if let group = former.group, group != entry.group { leave(group, service.name) }
        if let group = entry.group {
            namesByGroup[group, default: []].insert(service.name)
            entry.wish = Wish(of: service, (group, groups[group]), surroundings)
        } else {
            entry.wish = Wish(malformed: annotation)
        }
        if former.claimant != entry.claimant || former.wish.addresses != entry.wish.addresses {
            if let claimant = former.claimant { contest.withdraw(claimant, from: former.wish.addresses) }
            if let claimant = entry.claimant { contest.enter(claimant, for: entry.wish.addresses) }
        }
        entries[service.name] = entry
    }

    private mutating func leave(_ group: ObjectName, _ service: ObjectName) {
        namesByGroup[group]?.remove(service)
        if namesByGroup[group]?.isEmpty == true { namesByGroup[group] = nil }
    }

    /// Finds out which of its addresses a Service has, and what routers that makes.
    private mutating func decide(_ name: ObjectName, _ update: inout Update) {
        guard let entry = entries[name] else { return }
        var problems = entry.wish.problems
        var addresses: [IPAddress] = []
        // The others may be many for each of many addresses.
        var rivals = (told: 0, count: 0)
        for address in entry.wish.addresses {
            guard let holder = contest.holders[address] else { continue }
            guard holder == entry.claimant?.holder else {
                problems.append(
                    contest.isLeftover(address)
                        ? .addressLeft(address, in: holder.group) : .addressHeld(address, by: holder.service))
                continue
            }
            let room = [Finding.Problem].mostOfMany - rivals.told
            let others = contest.others(than: name, for: address, atMost: room)
            problems += others.names.map { .addressWanted(address, by: $0) }
            rivals = (rivals.told + others.names.count, rivals.count + others.count)
            addresses.append(address)
        }
        let claims = entry.wish.group.map { entry.service.claims(addresses, in: $0) } ?? []
        if entry.wish.group != nil, case let surplus = claims.reduce(addresses.count, { $0 - $1.addresses.count }),
            surplus > 0
        {
            problems.append(.addressesTooMany(surplus: surplus))
        }
        if entry.claims != claims {
            update.claims.append((entry.claims, claims))
            entries[name]?.claims = claims
        }
        problems = problems.inOrder(leavingOut: rivals.count - rivals.told)
        if entry.problems != problems {
            update.problems.insert(name)
            entries[name]?.problems = problems
        }
    }
}

extension Service {
    /// The routers for addresses: for each family one, with as many as it can have, or for each address where the Service
    /// spreads them.
    fileprivate func claims(_ addresses: [IPAddress], in group: ObjectName) -> [Claim] {
        guard !spreadsAddresses else { return addresses.map { Claim($0, of: self, in: group) } }
        return [AddressFamily.ipv4, .ipv6].compactMap { family in
            let addresses = addresses.filter { $0.family == family }.prefix(PlannedRouter.mostAddresses)
            return addresses.isEmpty ? nil : Claim(Array(addresses), of: self, in: group)
        }
    }
}
