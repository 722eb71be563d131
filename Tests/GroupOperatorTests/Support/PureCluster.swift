import ClusterObjects
import GroupOperator
import JSONDocument
import KubernetesAPI
import Synchronization
import Testing
import VIPPlanning

/// A cluster without servers: groups, Services and nodes, and what the operator's decisions make of them.
///
/// It does what the loops do, in the same order, and keeps a journal of all writes.
struct PureCluster {
    var groups: [ObjectName: KeepalivedGroup] = [:]
    var services: [ObjectName: KubernetesAPI.Service] = [:]
    var nodes: [KubernetesAPI.Node] = []
    var routers: [ObjectName: [String: KubernetesAPI.VirtualRouter]] = [:]
    var owned: [ObjectName: [OwnedKind: DynamicObject]] = [:]
    var settings = OperatorSettings(image: "example/vrrp:1")
    var features = ClusterFeatures()
    var planner = Planner()
    var now: Int64 = 1_800_000_000
    /// Writes that fail, by the name of the object.
    var failing: Set<String> = []
    /// Whether each write is followed by a look at who has its addresses, which costs more the more routers there are.
    var isWatchingAddresses = true
    /// Whether a node that is in a router already stays in its place in the list, as with API servers before 1.24.
    var keepsPlacesInLists = false
    /// What somebody has put into a virtual router, by its name; an apply leaves it there.
    var additions: [String: (inout KubernetesAPI.VirtualRouter.Spec) -> Void] = [:]
    /// Addresses that two objects have had at the same time.
    private(set) var sharedAddresses: Set<String> = []
    /// Writes that a server refuses, because they are of a version that is none any more.
    private(set) var conflicts: [String] = []
    private var versions = 0
    private var silentOwners = SilentOwners()
    private let wantedObjects = OwnedObjectsMemory()
    /// The Services that name a group.
    private var applicants: [String: Set<ObjectName>] = [:]
    /// Groups whose identifiers the planner has taken up.
    private var known: Set<ObjectName> = []

    init(nodes count: Int = 3) {
        nodes = (1...count).map { number in
            KubernetesAPI.Node(metadata: ObjectMeta(name: "node\(number)"))
        }
    }

    mutating func add(_ group: KeepalivedGroup) {
        var group = group
        group.metadata.uid = "uid of \(group.key)"
        let former = groups[ObjectName(group.key)]
        group.metadata.generation = (former?.metadata.generation ?? 0) + 1
        group.status = group.status ?? former?.status
        groups[ObjectName(group.key)] = group
    }

    mutating func add(_ service: KubernetesAPI.Service) {
        services[ObjectName(service.key)] = service
        let group = service.metadata.annotations[ContractNames.groupAnnotation] ?? ""
        applicants[group, default: []].insert(ObjectName(service.key))
    }

    /// Starts the operator anew: nothing is known but what the objects say, which do not name their types in a list.
    mutating func restart() {
        for (name, objects) in owned {
            for kind in objects.keys {
                owned[name]?[kind]?.content["apiVersion"] = nil
                owned[name]?[kind]?.content["kind"] = nil
            }
        }
        planner = Planner()
        known = []
        let memory = RouterMemory(routers.values.flatMap(\.values))
        planner.restore(holders: memory.holders)
        for (name, nodes) in memory.preferredNodes { planner.restore(preferredNodes: nodes, of: name) }
    }

    /// Plans, and reconciles every group once.
    ///
    /// - Returns: The writes in their order.
    @discardableResult
    mutating func settle() throws -> [String] {
        planner.set(nodes: nodes.map { VIPPlanning.Node($0) })
        for service in services.values { planner.set(VIPPlanning.Service(service)) }
        var inheritances: [ObjectName: Inheritance] = [:]
        var problems: [ObjectName: FieldProblems] = [:]
        for (name, group) in groups {
            if known.insert(name).inserted {
                let memory = RouterMemory(Array((routers[name] ?? [:]).values))
                planner.restore(ledger: memory.ledger(of: name, status: group.status), of: name)
            }
            let before = Inheritance(group.status) ?? Inheritance(pods: owned[name]?[.nodePods])
            let inheritance = before.after(group.spec)
            inheritances[name] = inheritance
            do throws(FieldProblems) {
                planner.set(try AddressGroup(group, inheritedVersion: inheritance.version))
            } catch {
                problems[name] = error
                planner.setUnreadable(group: name)
            }
        }
        _ = planner.plan(now: now)
        return try groups.keys.sorted().flatMap { name in
            try reconcile(name, inheritances[name] ?? .none, problems[name])
        }
    }

    /// Plans one Service that has changed, and reconciles its group.
    mutating func settle(changed service: KubernetesAPI.Service) throws -> [String] {
        services[ObjectName(service.key)] = service
        planner.set(VIPPlanning.Service(service))
        return try planner.plan(now: now).groups.sorted().flatMap { try reconcile($0, .none, nil) }
    }

    private mutating func reconcile(
        _ name: ObjectName, _ inheritance: Inheritance, _ problems: FieldProblems?
    ) throws -> [String] {
        guard let group = groups[name] else { return [] }
        let remarks = (applicants[name.description] ?? []).compactMap { name -> ServiceRemarks? in
            guard let service = services[name] else { return nil }
            let remarks = ServiceRemarks(
                ObjectName(service.key),
                problems: planner.findings(on: .service(ObjectName(service.key))).map(\.problem),
                refusals: ServiceOptions(service.metadata.annotations[ContractNames.verbatimAnnotation]).refusals)
            return remarks.remarks.isEmpty ? nil : remarks
        }
        let planning: GroupPlanning =
            if let problems {
                .unreadable(problems)
            } else {
                .planned(
                    .init(
                        routers: planner.routers(of: name), ledger: planner.ledger(of: name),
                        availableRouterIDs: planner.availableRouterIDs(of: name),
                        nodeCount: planner.nodeCount(of: name),
                        problems: planner.findings(on: .group(name)).map(\.problem),
                        services: remarks.sorted { $0.name < $1.name }))
            }
        var situation = GroupSituation(
            group, inheritance: inheritance, plan: planning, metricsPort: 9650, settings: settings)
        situation.features = features
        situation.routers = (routers[name] ?? [:]).values.sorted { $0.key < $1.key }
        let present = Dictionary(nodes.map { ($0.metadata.name, $0) }) { first, _ in first }
        situation.silentOwners = silentOwners.untold(of: name, situation.routers) { [now] node in
            present[node].map { $0.silence(at: Timestamp(seconds: now)) } ?? .gone
        }
        let index = AddressIndex(routers)
        situation.routersWithAddress = { index[$0] }
        situation.owned = owned[name] ?? [:]
        situation.wantedObjects = { [wantedObjects] in try wantedObjects.objects($0, of: name) }

        let moment = Timestamp(seconds: now)
        let decision = try GroupDecision(situation, at: moment)
        var journal: [String] = []
        if let status = decision.ledgerStatus {
            journal.append("status \(name)")
            guard !failing.contains("status") else { return journal }
            groups[name]?.status = status
        }
        var failures: [String] = []
        for write in decision.routerWrites + decision.ownedWrites + decision.conditionWrites {
            defer { noteSharedAddresses(after: write) }
            journal.append("\(write.verb) \(write.subject)")
            #expect(GroupWrite.paths.contains { $0 == (write.kind, write.verb) }, "its counter must begin at zero")
            if failing.contains(write.subject) {
                failures.append("\(write.subject): refused")
            } else {
                journal += try carryOut(write, name)
                if case .setConditions(let router) = write,
                    let silence = situation.silentOwners[router.metadata.name]
                {
                    silentOwners.tell(silence, of: router.metadata.name, of: name)
                }
            }
        }
        let status = decision.status(
            of: groups[name] ?? group, nodePods: owned[name]?[.nodePods], failures: failures, at: moment)
        if try StatusPatch(from: groups[name]?.status, to: status, version: nil) != nil {
            journal.append("status \(name)")
            groups[name]?.status = status
        }
        return journal
    }

    private mutating func noteSharedAddresses(after write: GroupWrite) {
        guard isWatchingAddresses, case .applyRouter(let router) = write else { return }
        for address in router.spec.addresses {
            let holders = routers.values.flatMap(\.values).filter { $0.spec.addresses.contains(address) }
            if holders.count > 1 { sharedAddresses.insert(address) }
        }
    }

    /// - Returns: The writes that follow from the answer.
    private mutating func carryOut(_ write: GroupWrite, _ name: ObjectName) throws -> [String] {
        versions += 1
        switch write {
        case .deleteRouter(let router, _): routers[name]?[router] = nil
        case .applyRouter(let router):
            var router = router
            router.metadata.resourceVersion = "\(versions)"
            let former = routers[name]?[router.metadata.name]
            router.status = former?.status
            if keepsPlacesInLists, let former {
                let places = Dictionary(
                    uniqueKeysWithValues: former.spec.members.enumerated().map { ($1.node, $0) })
                let new = router.spec.members
                router.spec.members =
                    new.filter { places[$0.node] != nil }.sorted {
                        places[$0.node, default: 0] < places[$1.node, default: 0]
                    }
                    + new.filter { places[$0.node] == nil }
            }
            let wanted = router
            additions[router.metadata.name]?(&router.spec)
            routers[name, default: [:]][router.metadata.name] = router
            guard let patch = try RouterSpecPatch(after: router, wanted) else { return [] }
            additions[router.metadata.name] = nil
            routers[name]?[router.metadata.name] = try DynamicObject(router).merging(patch.body.value).read()
            return ["merge \(write.subject)"]
        case .setConditions(let router):
            guard routers[name]?[router.metadata.name]?.metadata.resourceVersion == router.metadata.resourceVersion
            else {
                conflicts.append(router.metadata.name)
                return []
            }
            routers[name]?[router.metadata.name]?.status?.conditions = router.status?.conditions
        case .apply(let kind, let object), .replace(let kind, let object):
            var object = object
            object.metadata.resourceVersion = "\(versions)"
            owned[name, default: [:]][kind] = object
        case .delete(let kind, _, _): owned[name]?[kind] = nil
        case .keepManagers(let kind, _, let managers, _):
            owned[name]?[kind]?["metadata", "managedFields"] = managers.value
        }
        return []
    }
}

extension PureCluster {
    /// The condition of a group.
    func condition(_ type: ConditionType, of group: ObjectName = .edge) -> Condition? {
        groups[group]?.status?.conditions?[type.rawValue]
    }

    /// The identifiers that the status of a group has.
    func identifiers(of group: ObjectName = .edge) -> [String: Int] { groups[group]?.status?.routerIDs ?? [:] }
}

extension DynamicObject {
    /// The object after a merge patch (RFC 7396).
    func merging(_ patch: JSONValue) -> DynamicObject {
        var object = self
        if case .object(let result) = Self.merge(.object(content), patch) { object.content = result }
        return object
    }

    private static func merge(_ value: JSONValue, _ patch: JSONValue) -> JSONValue {
        guard case .object(let patch) = patch else { return patch }
        var result: JSONObject = if case .object(let object) = value { object } else { [:] }
        for member in patch {
            if member.value == .null {
                result[member.key] = nil
            } else {
                result[member.key] = merge(result[member.key] ?? [:], member.value)
            }
        }
        return .object(result)
    }
}

extension ObjectName {
    static let edge = ObjectName("floating", "edge")

    init(_ key: ObjectKey) { self.init(key.namespace ?? "", key.name) }
}

/// A group on eth0.
func group(_ name: ObjectName = .edge, _ change: (inout KeepalivedGroup.Spec) -> Void = { _ in }) -> KeepalivedGroup {
    var group = KeepalivedGroup(metadata: ObjectMeta(name: name.name, namespace: name.namespace))
    var spec = KeepalivedGroup.Spec()
    spec.interface = "eth0"
    change(&spec)
    group.spec = spec
    return group
}

/// A Service of LoadBalancer type with these addresses.
func service(
    _ name: String, _ addresses: String..., in group: ObjectName = .edge, options: String? = nil, createdAt: Int64 = 0
) -> KubernetesAPI.Service {
    service(name, addresses, in: group, options: options, createdAt: createdAt)
}

func service(
    _ name: String, _ addresses: [String], in group: ObjectName = .edge, options: String? = nil, createdAt: Int64 = 0
) -> KubernetesAPI.Service {
    var service = KubernetesAPI.Service(metadata: ObjectMeta(name: name, namespace: "shop"))
    service.metadata.annotations[ContractNames.groupAnnotation] = group.description
    service.metadata.annotations[ContractNames.verbatimAnnotation] = options
    service.metadata.creationTimestamp = Timestamp(seconds: createdAt)
    var spec = KubernetesAPI.Service.Spec()
    spec.type = "LoadBalancer"
    spec.externalIPs = addresses
    service.spec = spec
    return service
}

/// The virtual routers that have an address, of all groups; made when somebody asks for the first time.
private final class AddressIndex: Sendable {
    private let routers: [ObjectName: [String: KubernetesAPI.VirtualRouter]]
    private let index = Mutex<[String: [KubernetesAPI.VirtualRouter]]?>(nil)

    init(_ routers: [ObjectName: [String: KubernetesAPI.VirtualRouter]]) { self.routers = routers }

    subscript(address: String) -> [KubernetesAPI.VirtualRouter] {
        index.withLock { index in
            var known = index ?? [:]
            if index == nil {
                for router in routers.values.flatMap(\.values) {
                    for address in router.spec.addresses { known[address, default: []].append(router) }
                }
                index = known
            }
            return known[address] ?? []
        }
    }
}
