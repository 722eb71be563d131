public import KubernetesAPI

/// The objects that the operator keeps for each group, in the order in which they are written: rights before the pods that
/// need them.
public enum OwnedKind: String, CaseIterable, Hashable, Sendable {
    /// Who the node pods are to the API server.
    case agentAccount
    /// What they may do.
    case agentRole
    /// That they may do it.
    case agentBinding
    /// That they may be pods with the network of the node, on OpenShift.
    case securityBinding
    /// What Prometheus may read to find the pods.
    case prometheusRole
    /// That it may.
    case prometheusBinding
    /// The node pods.
    case nodePods
    /// Where Prometheus finds their metrics.
    case podMonitor

    /// The type.
    public var type: ResourceType {
        switch self {
        case .agentAccount: ServiceAccount.resourceType
        case .agentRole, .prometheusRole: Role.resourceType
        case .agentBinding, .securityBinding, .prometheusBinding: RoleBinding.resourceType
        case .nodePods: DaemonSet.resourceType
        case .podMonitor: PodMonitor.resourceType
        }
    }

    /// The name of the group's object of this kind, in the namespace of the group.
    public func name(of group: String) -> String {
        switch self {
        case .nodePods, .podMonitor: group
        case .agentAccount, .agentRole, .agentBinding: "\(group)-agent"
        case .securityBinding: "\(group)-agent-scc"
        case .prometheusRole, .prometheusBinding: "\(group)-prometheus-k8s"
        }
    }

    /// Whether a cluster has use for objects of this kind.
    public func exists(with features: ClusterFeatures) -> Bool {
        switch self {
        case .agentAccount, .agentRole, .agentBinding, .nodePods: true
        case .securityBinding: features.hasSecurityContextConstraints
        case .prometheusRole, .prometheusBinding, .podMonitor: features.hasPodMonitors
        }
    }

    /// Whether a cluster knows the type; where it no longer does, its objects are gone, and no watch tells so.
    public func isServed(with features: ClusterFeatures) -> Bool { self != .podMonitor || features.hasPodMonitors }

    /// The types of all kinds, each once.
    public static let types: [ResourceType] = allCases.map(\.type).reduce(into: []) { types, type in
        if !types.contains(type) { types.append(type) }
    }
}
