import ClusterObjects
public import KubernetesAPI
import VIPPlanning

/// What is to be done for a group: in this order, and nothing where everything is as it is wanted.
public struct GroupDecision: Sendable {
    /// The status that is to be kept before any router is written, for it has the identifiers; nil where it is kept already.
    public private(set) var ledgerStatus: KeepalivedGroup.Status?
    /// What happens to the virtual routers.
    public private(set) var routerWrites: [GroupWrite] = []
    /// What changes in the conditions of virtual routers, because those who said something will not take it back; whoever was
    /// faster makes such a write a conflict, and it is to be decided on anew.
    public private(set) var conditionWrites: [GroupWrite] = []
    /// Whether the same is to be done to the status of virtual routers whose object is another one after this: to be looked at
    /// again soon.
    public private(set) var hasDelayedConditionWrites = false
    /// What routers are to have and objects of other routers have still: to be looked at again soon.
    public private(set) var awaitedAddresses: [AwaitedAddress] = []
    /// What happens to the other objects, one after the other.
    public private(set) var ownedWrites: [GroupWrite] = []
    /// What keeps the operator from doing what is wanted, a sentence each.
    public private(set) var obstacles: [String] = []

    private let situation: GroupSituation

    /// Decides.
    ///
    /// - Parameter now: The time, for statements that change.
    public init(_ situation: GroupSituation, at now: Timestamp) throws {
        self.situation = situation
        let group = situation.group
        guard case .planned(let plan) = situation.plan else { return }

        if RouterIDLedger(group.status) != plan.ledger {
            ledgerStatus = GroupStatus(situation, failures: [], at: now).ledgerStatus
        }
        let routers = RouterObjects.writes(
            plan.routers.map { RouterObjects.wanted($0, of: group) }, over: situation.routers,
            situation.routersWithAddress)
        routerWrites = routers.writes
        awaitedAddresses = routers.awaited
        let written = Set(routerWrites.map(\.subject))
        let conditions = RouterObjects.conditionWrites(
            plan.routers, situation.routers, situation.silentOwners, at: now)
        conditionWrites = conditions.filter { !written.contains($0.subject) }
        hasDelayedConditionWrites = conditionWrites.count < conditions.count

        let wanted = try situation.wantedObjects(
            OwnedObjects(
                of: group, situation.image, metricsPort: situation.metricsPort, situation.settings, situation.features))
        for kind in OwnedKind.allCases {
            if let object = wanted[kind] {
                decide(kind, object, situation.owned[kind])
            } else if let present = situation.owned[kind], present.metadata.isOfGroup,
                kind.isServed(with: situation.features)
            {
                // Rights that nobody uses any more, such as those of a Prometheus whose kinds are gone.
                ownedWrites.append(.delete(kind, name: present.metadata.name, uid: present.metadata.uid))
            }
        }
    }

    private mutating func decide(_ kind: OwnedKind, _ wanted: DynamicObject, _ present: DynamicObject?) {
        guard let present else { return ownedWrites.append(.apply(kind, wanted)) }
        guard present.metadata.isOfGroup else {
            let name = "\(kind.type.kind) \(wanted.metadata.name)"
            obstacles.append("\(name) is there already and does not belong to a KeepalivedGroup; it is left alone")
            return
        }
        let wanted = kind == .agentAccount ? wanted.keepingPullSecrets(of: present) : wanted
        if kind == .nodePods, Predecessor.hasPieces(present) {
            ownedWrites.append(.replace(kind, Predecessor.replaced(present, by: wanted)))
            ownedWrites.append(.apply(kind, wanted))
        } else if !present.contains(wanted) {
            ownedWrites.append(.apply(kind, wanted))
        } else if kind == .nodePods, let managers = Predecessor.remainingManagers(of: present) {
            ownedWrites.append(
                .keepManagers(
                    kind, name: present.metadata.name, managers, version: present.metadata.resourceVersion))
        }
    }

    /// Whether there is nothing to write but maybe the status.
    public var isDone: Bool {
        ledgerStatus == nil && routerWrites.isEmpty && conditionWrites.isEmpty && ownedWrites.isEmpty
    }

    /// The status after the writes; the same as before where nothing is different.
    ///
    /// - Parameters:
    ///   - group: The group as the server has it now.
    ///   - nodePods: The group's DaemonSet as the server has it now.
    ///   - failures: What could not be written, a sentence each.
    ///   - now: The time, for statements that change.
    public func status(
        of group: KeepalivedGroup, nodePods: DynamicObject?, failures: [String], at now: Timestamp
    ) -> KeepalivedGroup.Status {
        var situation = situation
        situation.group = group
        situation.owned[.nodePods] = nodePods
        return GroupStatus(situation, failures: obstacles + failures, at: now).status
    }
}
