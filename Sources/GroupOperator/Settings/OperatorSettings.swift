public import KubernetesAPI

/// What the operator is told when it starts.
public struct OperatorSettings: Hashable, Sendable {
    /// The image of the node pods, which has vrrpd and the agent that belong to this operator.
    public var image: String
    /// Whether the daemon of the node pods gets all rights instead of the two capabilities that it needs.
    public var isPrivileged = false
    /// The Secrets that the image is pulled with, by their names; each group has them in its own namespace.
    public var imagePullSecrets: [SecretName] = []
    /// The service account of the Prometheus that reads the metrics of the groups.
    public var prometheus = ObjectKey("openshift-monitoring", "prometheus-k8s")

    /// The settings with an image, and with everything else at its default.
    public init(image: String) { self.image = image }
}

/// What the cluster has besides the ordinary.
public struct ClusterFeatures: Hashable, Sendable {
    /// Whether it knows PodMonitors, so that a Prometheus can be told of the node pods.
    public var hasPodMonitors = false
    /// Whether pods need SecurityContextConstraints, as on OpenShift.
    public var hasSecurityContextConstraints = false

    /// A cluster without any of it.
    public init() {}

    /// A type by which SecurityContextConstraints show.
    public static let securityContextConstraints = ResourceType(
        group: "security.openshift.io", version: "v1", kind: "SecurityContextConstraints",
        plural: "securitycontextconstraints", isNamespaced: false)
}
