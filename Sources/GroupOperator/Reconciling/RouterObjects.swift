import ClusterObjects
public import KubernetesAPI
import VIPPlanning

/// The objects of virtual routers: as they are wanted, and which of those that are there are the operator's.
enum RouterObjects {
    /// The object of a planned router of a group.
    static func wanted(_ router: PlannedRouter, of group: KeepalivedGroup) -> VirtualRouter {
        var metadata = ObjectMeta(
            name: router.objectName, namespace: group.metadata.namespace,
            labels: [ContractNames.groupLabel: group.metadata.name])
        metadata.ownerReferences = OwnerReference(controller: group).map { [$0] } ?? []
        return VirtualRouter(metadata: metadata, spec: VirtualRouter.Spec(router))
    }

    /// Whether an object is as it is wanted.
    static func isInOrder(_ object: VirtualRouter, _ wanted: VirtualRouter) -> Bool {
        object.spec.means(wanted.spec) && object.metadata.controllerUID == wanted.metadata.controllerUID
            && object.metadata.labels[ContractNames.groupLabel] == wanted.metadata.labels[ContractNames.groupLabel]
    }

    /// What makes the conditions of objects say what those do not say who should: that an active node is silent, and nothing of
    /// nodes that are no members of the router any more, or no nodes, whose conditions would stay for ever and of which the list
    /// has no room for many.
    ///
    /// - Parameter silences: The routers whose active nodes are silent, by the names of their objects.
    static func conditionWrites(
        _ routers: [PlannedRouter], _ objects: [VirtualRouter], _ silences: [String: NodeSilence], at now: Timestamp
    ) -> [GroupWrite] {
        let isSaid = objects.filter { object in
            object.metadata.isOfGroup
                && (silences[object.metadata.name] != nil
                    || object.status?.conditions?.contains { NodeTroubleCondition.node(of: $0.type) != nil } == true)
        }
        guard !isSaid.isEmpty else { return [] }
        let routers = Dictionary(routers.map { ($0.objectName, $0) }) { first, _ in first }
        return isSaid.compactMap { object in
            guard let members = routers[object.metadata.name]?.members else { return nil }
            var new = object
            new.status?.conditions?.removeAll { condition in
                guard let node = NodeTroubleCondition.node(of: condition.type) else { return false }
                return !members.contains { $0.node == node }
            }
            if let silence = silences[object.metadata.name] { new = new.saying(silence, at: now) }
            return new.status?.conditions == object.status?.conditions ? nil : .setConditions(new)
        }
    }

    /// What turns the objects that are there into those that are wanted.
    struct Writes {
        /// The writes: first what goes.
        var writes: [GroupWrite] = []
        /// What another object still has, so that it has to wait for the next look.
        var awaited: [AwaitedAddress] = []
    }

    /// What turns the objects that are there into those that are wanted, so that at no time two have the same address: an
    /// address comes to a router when no other object has it any more, and until then the router does without it.
    ///
    /// Nothing waits for anything before it gives up what it has to give up itself, so that routers which are to change
    /// places do not wait for each other.
    ///
    /// - Parameter objectsWithAddress: The objects of any group that have an address.
    static func writes(
        _ wanted: [VirtualRouter], over objects: [VirtualRouter],
        _ objectsWithAddress: (String) -> [VirtualRouter]
    ) -> Writes {
        let existing = Dictionary(objects.map { ($0.metadata.name, $0) }) { first, _ in first }
        let names = Set(wanted.map(\.metadata.name))
        var going = objects.filter { object in
            !names.contains(object.metadata.name) && object.metadata.isOfGroup
                && object.metadata.deletionTimestamp == nil
        }
        let keysOfGoing = Set(going.map(\.key))
        var result = Writes()
        var applied: [GroupWrite] = []
        for var router in wanted {
            let object = existing[router.metadata.name]
            if let object, isInOrder(object, router) { continue }
            let awaited = AwaitedAddress.all(
                of: router, over: object, objectsWithAddress, isGoing: keysOfGoing.contains)
            result.awaited += awaited
            router.spec.addresses.removeAll { address in awaited.contains { $0.address == address } }
            if router.spec.addresses.isEmpty {
                if let object { going.append(object) }
            } else if !(object.map { isInOrder($0, router) } ?? false) {
                applied.append(.applyRouter(router))
            }
        }
        result.writes = going.map { .deleteRouter($0.metadata.name, uid: $0.metadata.uid) } + applied
        return result
    }
}

extension ObjectMeta {
    /// Whether a KeepalivedGroup manages the object: only such may be deleted, or be changed by force.
    public var isOfGroup: Bool {
        ownerReferences.contains { owner in
            owner.controller == true && owner.kind == KeepalivedGroup.resourceType.kind
                && owner.apiVersion.hasPrefix("\(KeepalivedGroup.resourceType.group)/")
        }
    }
}
