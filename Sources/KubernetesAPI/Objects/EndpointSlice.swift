/// Some of the endpoints of a Service.
///
/// Servers before 1.21 do not serve this version; whoever asks for it must do without there.
public struct EndpointSlice: Resource {
    /// `endpointslices.discovery.k8s.io`.
    public static let resourceType = ResourceType(
        group: "discovery.k8s.io", version: "v1", kind: "EndpointSlice", plural: "endpointslices")
    /// The label that names the Service.
    public static let serviceNameLabel = "kubernetes.io/service-name"

    /// What all objects have.
    public var metadata: ObjectMeta
    /// `IPv4`, `IPv6` or `FQDN`.
    public var addressType: String?
    /// The endpoints.
    public var endpoints: [Endpoint]?

    /// A slice without endpoints.
    public init(metadata: ObjectMeta) { self.metadata = metadata }

    /// One endpoint.
    public struct Endpoint: Codable, Hashable, Sendable {
        /// Where it is; all of them are the same endpoint.
        public var addresses: [String]
        /// Whether it can be used.
        public var conditions: Conditions?
        /// The node that it runs on.
        public var nodeName: String?

        /// An endpoint at these addresses.
        public init(addresses: [String], nodeName: String? = nil) {
            self.addresses = addresses
            self.nodeName = nodeName
        }
    }

    /// Whether an endpoint can be used.
    public struct Conditions: Codable, Hashable, Sendable {
        /// Whether it takes traffic; nil counts as yes.
        public var ready: Bool?
        /// Whether it answers, even while it ends; nil counts as ``ready``.
        public var serving: Bool?
        /// Whether it is about to end.
        public var terminating: Bool?

        /// Nothing known.
        public init() {}
    }
}
