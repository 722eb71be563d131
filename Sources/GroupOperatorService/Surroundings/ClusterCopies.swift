import ClusterObjects
import GroupOperator
import KubernetesAPI
import KubernetesClient
import Synchronization
import VIPPlanning

/// The objects of the cluster that the operator follows.
final class ClusterCopies: Sendable {
    let groups: CopiedCollection<KeepalivedGroup>
    let services: CopiedCollection<KubernetesAPI.Service>
    let nodes: CopiedCollection<KubernetesAPI.Node>
    let routers: CopiedCollection<VirtualRouter>
    private let owned: [ResourceType: CopiedCollection<DynamicObject>]

    private static let groupIndex = "group"
    private static let ownerIndex = "owner"
    private static let addressIndex = "address"

    /// Copies that are empty as yet.
    ///
    /// - Parameters:
    ///   - inbox: Is told what a plan follows from.
    ///   - loop: Is told of groups that somebody has changed objects of.
    ///   - speaker: Is told of addresses that have moved.
    ///   - page: Is told what it shows.
    ///   - vacancies: Is told what becomes of routers and nodes.
    init(
        _ client: APIClient, inbox: Inbox, loop: WorkLoop<ObjectName>, speaker: Speaker, page: ClusterPage,
        vacancies: VacancyWatch
    ) {
        groups = CopiedCollection(client, KeepalivedGroup.everywhere, onSight: { _ in page.touch() }) { change in
            let name = ObjectName(change.key)
            // A status that somebody has changed needs no plan, but has to be put right.
            if case .updated(let old, let new) = change, old.metadata.asksTheSame(as: new.metadata) {
                loop.add(name)
            } else {
                inbox.add(group: name)
            }
        }
        services = CopiedCollection(client, KubernetesAPI.Service.everywhere) { change in
            // Many touch Services often; what does not concern addresses is no news.
            if case .updated(let old, let new) = change, old.asksTheSame(as: new) { return }
            inbox.add(service: ObjectName(change.key))
        }
        nodes = CopiedCollection(
            client, KubernetesAPI.Node.everywhere,
            onSight: {
                page.touch()
                vacancies.saw($0)
            }
        ) { change in
            // The kubelet says every few minutes that a node is alive.
            if case .updated(let old, let new) = change, VIPPlanning.Node(old) == VIPPlanning.Node(new) { return }
            inbox.addNodes()
        }
        let ofGroups = Selection(labels: [.exists(ContractNames.groupLabel)])
        routers = CopiedCollection(
            client, VirtualRouter.everywhere, ofGroups,
            indexes: [
                Self.groupIndex: { $0.metadata.group.map { [$0.description] } ?? [] },
                Self.addressIndex: \.spec.addresses,
                Self.ownerIndex: { $0.status?.activeNode.map { [$0] } ?? [] },
            ],
            onSight: {
                page.saw($0)
                vacancies.saw($0)
            }
        ) { [services] change in
            if case .updated(let old, let new) = change, let move = AddressMove(from: old, to: new),
                let service = services[move.service]
            {
                speaker.tell(service, move.remark)
            }
            // What the agents write of a router is no news to the plan, but for identifiers of strangers.
            if change.tellsOtherForeignRouters { change.concernedGroups.forEach(inbox.add(group:)) }
            if case .updated(let old, let new) = change, old.asksTheSame(as: new), old.saysTheSame(as: new) { return }
            change.concernedGroups.forEach(loop.add)
        }
        var owned: [ResourceType: CopiedCollection<DynamicObject>] = [:]
        for type in OwnedKind.types {
            owned[type] = CopiedCollection(client, type.objects(), ofGroups) { change in
                change.concernedGroups.forEach(loop.add)
            }
        }
        self.owned = owned
    }

    /// What follows the server, each until its task is cancelled. PodMonitors, which the cluster need not have, are left
    /// to who knows whether it does.
    var runs: [@Sendable () async -> Void] {
        let (groups, services, nodes, routers) = (groups, services, nodes, routers)
        let others = owned.filter { $0.key != PodMonitor.resourceType }.values.map { collection in
            { @Sendable in await collection.run() }
        }
        return [
            { await groups.run() }, { await services.run() }, { await nodes.run() }, { await routers.run() },
        ] + others
    }

    /// Waits until everything that a plan follows from was seen; throws `CancellationError` alone.
    func synced() async throws {
        try await groups.synced()
        try await services.synced()
        try await nodes.synced()
        try await routers.synced()
        for (type, collection) in owned where type != PodMonitor.resourceType { try await collection.synced() }
    }

    /// What was not seen yet, and why, a sentence each.
    var absences: [String] {
        [
            absence("keepalivedgroups", groups), absence("services", services), absence("nodes", nodes),
            absence("virtualrouters", routers),
        ].compactMap(\.self)
            + owned.compactMap { type, collection in
                type == PodMonitor.resourceType ? nil : absence(type.description, collection)
            }
    }

    private func absence<Object>(_ name: String, _ collection: CopiedCollection<Object>) -> String? {
        guard !collection.isSynced else { return nil }
        return "\(name) are not known yet" + (collection.trouble.map { ": \($0)" } ?? "")
    }

    /// What is there of a group.
    func presence(of group: ObjectName) -> GroupPresence {
        GroupPresence(groups[group.key], problem: groups.problem(of: group.key))
    }

    /// The other objects of groups, by their type.
    func objects(_ type: ResourceType) -> CopiedCollection<DynamicObject>? { owned[type] }

    /// The virtual routers with the label of a group.
    func routers(of group: ObjectName) -> [VirtualRouter] { routers.objects(by: Self.groupIndex, group.description) }

    /// The groups that have routers that a node is active for.
    func groups(ownedBy node: String) -> Set<ObjectName> {
        Set(routers.objects(by: Self.ownerIndex, node).compactMap(\.metadata.group))
    }

    /// Why the cluster cannot say what a node does; nil where it can.
    func silence(of node: String, at now: Timestamp) -> NodeSilence? {
        guard let object = nodes[ObjectKey(nil, node)] else { return .gone }
        return object.silence(at: now)
    }

    /// The virtual routers of any group that have an address.
    func routers(with address: String) -> [VirtualRouter] { routers.objects(by: Self.addressIndex, address) }
}

extension ObjectName {
    /// The name of an object that lies in a namespace.
    init(_ key: ObjectKey) { self.init(key.namespace ?? "", key.name) }

    /// The same as the API server knows it.
    var key: ObjectKey { ObjectKey(namespace, name) }
}

extension ObjectMeta {
    /// The group that the label names.
    var group: ObjectName? { labels[ContractNames.groupLabel].map { ObjectName(namespace ?? "", $0) } }

    /// Whether another version asks for the same.
    fileprivate func asksTheSame(as other: ObjectMeta) -> Bool {
        generation == other.generation && uid == other.uid && generation != nil
            && (deletionTimestamp == nil) == (other.deletionTimestamp == nil)
    }
}

extension KubernetesAPI.Service {
    /// Whether another version asks for the same addresses in the same way.
    fileprivate func asksTheSame(as other: Self) -> Bool {
        let annotations = [
            ContractNames.groupAnnotation, ContractNames.spreadAnnotation, ContractNames.verbatimAnnotation,
        ]
        return annotations.allSatisfy { metadata.annotations[$0] == other.metadata.annotations[$0] }
            && spec == other.spec && status == other.status
            && metadata.uid == other.metadata.uid && metadata.deletionTimestamp == other.metadata.deletionTimestamp
    }
}

extension VirtualRouter {
    /// Whether another version says the same of what its group has to say.
    fileprivate func saysTheSame(as other: Self) -> Bool { rival == other.rival && cutPassword == other.cutPassword }

    /// Whether another version is the same but for what agents write.
    fileprivate func asksTheSame(as other: Self) -> Bool {
        spec == other.spec && metadata.labels == other.metadata.labels
            && metadata.ownerReferences == other.metadata.ownerReferences
            && metadata.deletionTimestamp == other.metadata.deletionTimestamp
    }
}

extension ObjectStore.Change where Object == VirtualRouter {
    /// Whether other identifiers are heard. That the same are heard for longer is seen when the time of before is over.
    fileprivate var tellsOtherForeignRouters: Bool {
        let now = Timestamp.now.seconds
        return switch self {
        case .added(let router), .deleted(let router): router.status?.foreignRouters != nil
        case .updated(let old, let new): old.foreignRouterIDs(at: now) != new.foreignRouterIDs(at: now)
        case .unreadable, .forgotten: false
        }
    }
}

extension ObjectStore.Change {
    /// The groups that the label names, before and after.
    fileprivate var concernedGroups: Set<ObjectName> {
        switch self {
        case .added(let object), .deleted(let object): Set([object.metadata.group].compactMap(\.self))
        case .updated(let old, let new): Set([old.metadata.group, new.metadata.group].compactMap(\.self))
        case .unreadable(let object): Set([object.metadata.group].compactMap(\.self))
        case .forgotten: []
        }
    }
}
