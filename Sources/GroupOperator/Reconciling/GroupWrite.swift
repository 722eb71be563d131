public import KubernetesAPI

/// Something to write, in a place where the order matters.
public enum GroupWrite: Hashable, Sendable {
    /// Delete a virtual router; the one of this `uid` alone.
    case deleteRouter(String, uid: String?)
    /// Set the fields of a virtual router.
    case applyRouter(VirtualRouter)
    /// Give a virtual router the conditions that it has here, and no others; the version that was read is in it.
    case setConditions(VirtualRouter)
    /// Set the fields of another object of the group.
    case apply(OwnedKind, DynamicObject)
    /// Replace an object that is somebody else's in part; the version that was read is in it.
    case replace(OwnedKind, DynamicObject)
    /// Delete an object of the group that the cluster has no use for any more; the one of this `uid` alone.
    case delete(OwnedKind, name: String, uid: String?)
    /// Let nobody but those named keep fields of an object.
    case keepManagers(OwnedKind, name: String, AnyJSON, version: String?)
}

extension GroupWrite {
    /// What is written, a word for metrics.
    public var kind: String {
        switch self {
        case .deleteRouter, .applyRouter, .setConditions: VirtualRouter.resourceType.kind
        case .apply(let kind, _), .replace(let kind, _), .keepManagers(let kind, _, _, _), .delete(let kind, _, _):
            kind.type.kind
        }
    }

    /// How it is written, a word for metrics.
    public var verb: Verb {
        switch self {
        case .deleteRouter, .delete: .delete
        case .apply, .applyRouter: .apply
        case .replace: .replace
        case .keepManagers, .setConditions: .merge
        }
    }

    /// How an object is changed.
    public enum Verb: String, Hashable, Sendable {
        case apply, delete, merge, replace
    }

    /// What there can be to write, so that its counters begin at zero: the values of ``kind`` with those of ``verb`` that each
    /// has.
    public static let paths: [(kind: String, verb: Verb)] =
        [Verb.apply, .delete, .merge].map { (VirtualRouter.resourceType.kind, $0) }
        + Set(OwnedKind.allCases.map(\.type.kind)).sorted().flatMap { kind in
            [Verb.apply, .merge, .replace].map { (kind, $0) }
        }
        + [Role.resourceType.kind, RoleBinding.resourceType.kind].map { ($0, .delete) }

    /// The object, for people.
    public var subject: String {
        switch self {
        case .deleteRouter(let name, _): "VirtualRouter \(name)"
        case .applyRouter(let router), .setConditions(let router): "VirtualRouter \(router.metadata.name)"
        case .apply(let kind, let object), .replace(let kind, let object):
            "\(kind.type.kind) \(object.metadata.name)"
        case .keepManagers(let kind, let name, _, _), .delete(let kind, let name, _): "\(kind.type.kind) \(name)"
        }
    }
}
