public import GroupOperator
public import KubernetesAPI
public import Telemetry

/// How the operator runs.
public struct OperatorOptions: Sendable {
    /// Which API server to speak to.
    public var cluster: ClientConfiguration
    /// What the operator makes of groups.
    public var settings: OperatorSettings
    /// Where metrics are served; nil for nowhere.
    public var metricsAddress: ListenAddress?
    /// Where health is served; nil for nowhere.
    public var healthAddress: ListenAddress?
    /// What tells this process from others that want to lead; nil where it works without asking for leave.
    public var leaderIdentity: String?
    /// The namespace of the Lease.
    public var leaseNamespace: String

    /// The version of the program, as people see it.
    public var version = ""
    /// How often the cluster is asked for types that it need not have.
    public var featureInterval: Duration = .seconds(60)

    /// How long the number of identifiers that a group has left may be late in its status where a neighbour has taken one.
    public var countDelay: Duration = .seconds(60)

    /// The name of the Lease: that of keepalived-operator, so that one of the two waits for the other to go.
    public static let leaseName = "03846a46.redhat.io"

    /// An operator for a cluster that serves nothing, and works without a Lease.
    public init(cluster: ClientConfiguration, settings: OperatorSettings) {
        self.cluster = cluster
        self.settings = settings
        leaseNamespace = cluster.namespace
    }
}
