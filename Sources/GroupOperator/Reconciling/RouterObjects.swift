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
        object.spec == wanted.spec && object.metadata.controllerUID == wanted.metadata.controllerUID
            && object.metadata.labels[ContractNames.groupLabel] == wanted.metadata.labels[ContractNames.groupLabel]
    }

    /// What turns the objects that are there into those that are wanted: first what goes, so that no address has two.
    static func writes(_ wanted: [VirtualRouter], over objects: [VirtualRouter]) -> [GroupWrite] {
        let existing = Dictionary(objects.map { ($0.metadata.name, $0) }) { first, _ in first }
        let names = Set(wanted.map(\.metadata.name))
        let superfluous = objects.filter { object in
            !names.contains(object.metadata.name) && object.metadata.isOfGroup
                && object.metadata.deletionTimestamp == nil
        }
        return superfluous.map { .deleteRouter($0.metadata.name, uid: $0.metadata.uid) }
            + wanted.filter { router in
                !(existing[router.metadata.name].map { isInOrder($0, router) } ?? false)
            }.map { .applyRouter($0) }
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
