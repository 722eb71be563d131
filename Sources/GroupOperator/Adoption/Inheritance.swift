import ClusterObjects
public import KubernetesAPI
public import VRRP

/// Whether a group was made for keepalived-operator, whose daemons speak version 2 with its IPv4 routers.
///
/// While daemons of both kinds serve a group they must understand each other, so such a group goes on with version 2 until
/// somebody says otherwise in its specification. The condition ``ConditionType/protocolVersion`` remembers it.
public enum Inheritance: Hashable, Sendable {
    /// The group is this operator's from its beginning.
    case none
    /// The group was keepalived-operator's.
    case fromKeepalivedOperator

    /// What the status of a group says; nil where it says nothing, so that its pods have to tell.
    public init?(_ status: KeepalivedGroup.Status?) {
        let conditions = status?.conditions ?? []
        if let condition = conditions[ConditionType.protocolVersion.rawValue] {
            let reason = VersionReason(rawValue: condition.reason)
            self = reason?.isOfInheritedGroup == true ? .fromKeepalivedOperator : .none
            return
        }
        guard status?.observedGeneration == nil else {
            self = .none
            return
        }
        let isReconciled = [ConditionType.reconcileSuccess, .reconcileError].contains { conditions[$0.rawValue] != nil }
        guard isReconciled || status?.routerIDs?.isEmpty == false else { return nil }
        self = .fromKeepalivedOperator
    }

    /// What the pods of a group say where its status is lost.
    public init(pods: DynamicObject?) {
        self = pods.map(Predecessor.hasPieces) == true ? .fromKeepalivedOperator : .none
    }

    /// What it is when the group says this: what was specified once is no longer inherited when it is taken away. What cannot
    /// be a version specifies nothing.
    public func after(_ spec: KeepalivedGroup.Spec?) -> Inheritance {
        if case .specified? = VersionWish(spec, GroupOptions([:])) { .none } else { self }
    }

    /// The version of IPv4 routers where the specification names none.
    public var version: ProtocolVersion {
        switch self {
        case .none: .v3
        case .fromKeepalivedOperator: .v2
        }
    }
}

/// Why the IPv4 routers of a group speak the version that they speak.
enum VersionReason: String {
    /// `spec.version` says so.
    case specified = "Specified"
    /// `vrrp_version` in `spec.verbatimConfig` says so.
    case verbatimConfig = "VerbatimConfig"
    /// `vrrp_version` in `spec.verbatimConfig` says so, in a group that was keepalived-operator's.
    case inheritedVerbatimConfig = "InheritedVerbatimConfig"
    /// The daemons that were there before speak it.
    case inherited = "Inherited"
    /// Nobody has said anything.
    case usual = "Default"

    /// Whether the group was keepalived-operator's, and nobody has said otherwise since.
    var isOfInheritedGroup: Bool {
        switch self {
        case .inherited, .inheritedVerbatimConfig: true
        case .specified, .verbatimConfig, .usual: false
        }
    }
}
