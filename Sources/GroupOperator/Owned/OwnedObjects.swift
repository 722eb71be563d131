import ClusterObjects
public import KubernetesAPI

/// The objects that a group needs beside its virtual routers, as they are wanted.
public struct OwnedObjects: Hashable, Sendable {
    /// What they follow from of the group, and nothing else of it.
    private let group: KeepalivedGroup
    private let image: NodeImage
    private let metricsPort: Int
    private let settings: OperatorSettings
    private let features: ClusterFeatures

    /// The objects of a group.
    ///
    /// - Parameters:
    ///   - image: The image of its pods.
    ///   - metricsPort: The port of the nodes that its pods serve metrics on.
    public init(
        of group: KeepalivedGroup, _ image: NodeImage, metricsPort: Int, _ settings: OperatorSettings,
        _ features: ClusterFeatures
    ) {
        var source = KeepalivedGroup(
            metadata: ObjectMeta(name: group.metadata.name, namespace: group.metadata.namespace))
        source.metadata.uid = group.metadata.uid
        source.spec = group.spec
        self.group = source
        self.image = image
        self.metricsPort = metricsPort
        self.settings = settings
        self.features = features
    }

    /// The objects by their kind; kinds that the cluster does not know, or does not need, are left out.
    public func all() throws -> [OwnedKind: DynamicObject] {
        var objects: [OwnedKind: DynamicObject] = [:]
        for kind in OwnedKind.allCases where kind.exists(with: features) {
            objects[kind] = try object(kind).withDigest()
        }
        return objects
    }

    private func object(_ kind: OwnedKind) throws -> DynamicObject {
        let name = group.metadata.name
        let metadata = metadata(kind)
        let account = ObjectKey(group.metadata.namespace, OwnedKind.agentAccount.name(of: name))
        switch kind {
        case .agentAccount:
            var account = ServiceAccount(metadata: metadata)
            let secrets = settings.imagePullSecrets.map { ServiceAccount.SecretReference(name: $0.description) }
            account.imagePullSecrets = secrets.isEmpty ? nil : secrets
            return try DynamicObject(account)
        case .agentRole: return try DynamicObject(Role(metadata: metadata, rules: agentRules))
        case .agentBinding:
            return try DynamicObject(
                RoleBinding(metadata: metadata, role: OwnedKind.agentRole.name(of: name), serviceAccount: account))
        case .securityBinding:
            return try DynamicObject(
                RoleBinding(metadata: metadata, clusterRole: OperatorNames.securityRole, serviceAccount: account))
        case .nodePods:
            return try DynamicObject(
                NodePods(of: group, image, metricsPort: metricsPort, settings, features).daemonSet(metadata))
        case .podMonitor:
            var monitor = PodMonitor(
                metadata: metadata,
                spec: PodMonitor.Spec(
                    selector: LabelSelector(matchLabels: [ContractNames.groupLabel: name]),
                    podMetricsEndpoints: [PodMonitor.Endpoint(port: NodePods.metricsPortName)]))
            monitor.metadata.labels["metrics"] = "keepalived"
            return try DynamicObject(monitor)
        case .prometheusRole:
            let rule = Role.Rule(
                apiGroup: "", resources: ["endpoints", "pods", "services"], verbs: ["get", "list", "watch"])
            return try DynamicObject(Role(metadata: metadata, rules: [rule]))
        case .prometheusBinding:
            return try DynamicObject(
                RoleBinding(
                    metadata: metadata, role: OwnedKind.prometheusRole.name(of: name),
                    serviceAccount: settings.prometheus))
        }
    }

    private func metadata(_ kind: OwnedKind) -> ObjectMeta {
        var metadata = ObjectMeta(
            name: kind.name(of: group.metadata.name), namespace: group.metadata.namespace,
            labels: [ContractNames.groupLabel: group.metadata.name])
        metadata.ownerReferences = OwnerReference(controller: group).map { [$0] } ?? []
        return metadata
    }

    /// The least that an agent can work with: no Secret but the one with the password of the group, and nothing of other
    /// namespaces. That an address has moved is told on its Service by the operator, which sees it.
    private var agentRules: [Role.Rule] {
        let routers = VirtualRouter.resourceType
        var rules = [
            Role.Rule(apiGroup: routers.group, resources: [routers.plural], verbs: ["list", "watch"]),
            Role.Rule(apiGroup: routers.group, resources: ["\(routers.plural)/status"], verbs: ["patch"]),
            Role.Rule(apiGroup: "", resources: ["events"], verbs: ["create", "patch"]),
        ]
        if let secret = group.spec?.passwordAuth?.secretRef.name, !secret.isEmpty {
            // By its name, so that another password counts at once.
            var rule = Role.Rule(apiGroup: "", resources: ["secrets"], verbs: ["list", "watch"])
            rule.resourceNames = [secret]
            rules.append(rule)
        }
        return rules
    }
}
