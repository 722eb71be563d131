import KubernetesAPI

/// The part of a VirtualRouter that agents write. The specification is left out: whoever applies it owns it.
struct RouterStatusPatch: Resource {
    static let resourceType = VirtualRouter.resourceType

    var metadata: ObjectMeta
    var status: VirtualRouter.Status

    /// A status for an object.
    ///
    /// - Parameter onlyOfVersion: whether an object that has changed since is left alone, with a conflict.
    init(_ status: VirtualRouter.Status, of object: VirtualRouter, onlyOfVersion: Bool) {
        metadata = ObjectMeta(name: object.metadata.name, namespace: object.metadata.namespace)
        if onlyOfVersion { metadata.resourceVersion = object.metadata.resourceVersion }
        self.status = status
    }
}
