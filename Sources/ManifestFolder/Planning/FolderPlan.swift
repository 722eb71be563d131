public import VIPPlanning

/// What a folder comes to: the virtual routers of its groups, and what its writers should know.
///
/// A pure function of the objects and of the record of identifiers: no clock, no memory, so that hosts with the same folder
/// come to the same plan whatever each of them has seen before.
public struct FolderPlan: Hashable, Sendable {
    /// The virtual routers, in the order of their groups and keys.
    public var routers: [PlannedRouter] = []
    /// The identifiers of these routers, and of all that the record had.
    public var record: RouterIDRecord
    /// What the plan found, with the place of the object that it is about.
    public var findings: [PlacedFinding] = []
    /// The names of the nodes.
    public var nodes: Set<String> = []
    /// How many identifiers the groups have, in the order of their names.
    public var identifiers: [GroupIdentifiers] = []
    /// The values of the Secrets, by name and key.
    public var secrets: [ObjectName: [String: Password]] = [:]

    /// How many identifiers a group has.
    public struct GroupIdentifiers: Hashable, Sendable {
        /// The group.
        public var group: ObjectName
        /// How many are left for new routers.
        public var available: Int
        /// How many its routers can have at all.
        public var usable: Int
    }

    /// A finding with the place of its object.
    public struct PlacedFinding: Hashable, Sendable {
        /// What was found, on which object.
        public var finding: Finding
        /// Where the object stands.
        public var place: ManifestPlace?
    }

    /// Plans the objects of a folder.
    ///
    /// - Parameter isWhole: Whether these are all objects; where some may be missing, the record keeps their identifiers.
    init(_ objects: [ObjectIdentity: PlacedObject], record: RouterIDRecord, isWhole: Bool) {
        let input = FolderObjects(objects.values.sorted { $0.identity < $1.identity })
        nodes = Set(input.nodes.map(\.name))
        var dealing = RouterIDDealing(record)
        for (group, ledger) in input.ledgers {
            dealing.seed(ledger, of: group.name)
            dealing.withdraw(group.excludedRouterIDs, from: group.name)
        }

        // The first plan tells which routers there are, the second one which numbers they have.
        var planner = input.planner(dealing.record)
        let members = input.members(in: planner)
        for (group, ledger) in input.ledgers {
            let own = members[group.name] ?? []
            dealing.deal(
                to: input.keys(of: group.name, in: planner), of: group.name,
                near: members.filter { !$0.value.isDisjoint(with: own) }.keys,
                unusable: group.excludedRouterIDs.union(ledger.quarantine.keys))
        }
        planner = input.planner(dealing.record)
        if isWhole, input.ledgers.contains(where: { !planner.waitingRouters(of: $0.group.name).isEmpty }) {
            for (group, _) in input.ledgers {
                dealing.forget(allBut: input.keys(of: group.name, in: planner), of: group.name)
            }
            planner = input.planner(dealing.record)
        }

        for (group, _) in input.ledgers {
            dealing.accept(planner.ledger(of: group.name), of: group.name)
            routers += planner.routers(of: group.name)
            identifiers.append(
                GroupIdentifiers(
                    group: group.name, available: planner.availableRouterIDs(of: group.name),
                    usable: planner.usableRouterIDs(of: group.name)))
        }
        self.record = dealing.record
        secrets = input.secrets
        for identity in objects.keys.sorted() {
            guard let subject = identity.subject else { continue }
            findings += planner.findings(on: subject).map {
                PlacedFinding(finding: $0, place: objects[identity]?.place)
            }
        }
    }
}

/// The objects of a folder by their kinds.
private struct FolderObjects {
    var services: [Service] = []
    var ledgers: [(group: AddressGroup, ledger: RouterIDLedger)] = []
    var nodes: [Node] = []
    var secrets: [ObjectName: [String: Password]] = [:]

    init(_ objects: [PlacedObject]) {
        for object in objects {
            switch object.content {
            case .service(let service): services.append(service)
            case .group(let group, let ledger): ledgers.append((group, ledger))
            case .node(let node): nodes.append(node)
            case .secret(let values): secrets[object.identity.name] = values
            }
        }
    }

    /// A plan of all of it.
    func planner(_ record: RouterIDRecord) -> Planner {
        var planner = Planner()
        planner.set(nodes: nodes)
        for (group, _) in ledgers {
            planner.restore(ledger: RouterIDLedger(assignments: record.groups[group.name] ?? [:]), of: group.name)
            planner.set(group)
        }
        for service in services { planner.set(service) }
        // Nothing that follows depends on the time: what rests does so for as long as the record has it.
        _ = planner.plan(now: 0)
        return planner
    }

    /// The nodes of each group that has routers.
    func members(in planner: Planner) -> [ObjectName: Set<String>] {
        var members: [ObjectName: Set<String>] = [:]
        for (group, _) in ledgers {
            members[group.name] = planner.routers(of: group.name).first.map { Set($0.members.map(\.node)) }
        }
        return members
    }

    /// The routers of a group, with and without a number.
    func keys(of group: ObjectName, in planner: Planner) -> Set<String> {
        Set(planner.ledger(of: group).assignments.keys).union(planner.waitingRouters(of: group))
    }
}

extension ObjectIdentity {
    /// What findings call the object; nil where there are none on its kind.
    fileprivate var subject: Finding.Subject? {
        switch kind {
        case .service: .service(name)
        case .keepalivedGroup: .group(name)
        case .node, .secret: nil
        }
    }
}
