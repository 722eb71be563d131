/// A PodMonitor of the Prometheus operator.
public struct PodMonitor: Resource {
    /// `podmonitors.monitoring.coreos.com`.
    public static let resourceType = ResourceType(
        group: "monitoring.coreos.com", version: "v1", kind: "PodMonitor", plural: "podmonitors")

    /// What all objects have.
    public var metadata: ObjectMeta
    /// What is wanted.
    public var spec: Spec

    /// A monitor of the given pods.
    public init(metadata: ObjectMeta, spec: Spec) {
        self.metadata = metadata
        self.spec = spec
    }

    /// What is wanted of a monitor.
    public struct Spec: Codable, Hashable, Sendable {
        /// Which pods.
        public var selector: LabelSelector
        /// Where in them.
        public var podMetricsEndpoints: [Endpoint]

        /// These pods at these ports.
        public init(selector: LabelSelector, podMetricsEndpoints: [Endpoint]) {
            self.selector = selector
            self.podMetricsEndpoints = podMetricsEndpoints
        }
    }

    /// Where metrics are.
    public struct Endpoint: Codable, Hashable, Sendable {
        /// The name of the port.
        public var port: String?
        /// The path; `/metrics` where nil.
        public var path: String?
        /// How often to ask, such as `30s`.
        public var interval: String?

        /// The port of this name.
        public init(port: String) { self.port = port }
    }
}
