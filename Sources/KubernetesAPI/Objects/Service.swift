/// A Service, as far as addresses are concerned.
public struct Service: Resource {
    /// `services`.
    public static let resourceType = ResourceType(group: "", version: "v1", kind: "Service", plural: "services")

    /// What all objects have.
    public var metadata: ObjectMeta
    /// What is wanted.
    public var spec: Spec?
    /// What is.
    public var status: Status?

    /// A Service without a specification.
    public init(metadata: ObjectMeta) { self.metadata = metadata }

    /// What is wanted of a Service.
    public struct Spec: Codable, Hashable, Sendable {
        /// `ClusterIP`, `NodePort`, `LoadBalancer` or `ExternalName`.
        public var type: String?
        /// Addresses that the cluster does not hand out itself.
        public var externalIPs: [String]?
        /// The address that the writer asks a load balancer for.
        public var loadBalancerIP: String?
        /// `Cluster` or `Local`: whether nodes without an endpoint pass traffic on.
        public var externalTrafficPolicy: String?
        /// The port at which each node says whether it has an endpoint; nil or 0 without one.
        public var healthCheckNodePort: Int?

        /// A specification that wants nothing.
        public init() {}
    }

    /// What is known of a Service.
    public struct Status: Codable, Hashable, Sendable {
        /// What a load balancer has given it.
        public var loadBalancer: LoadBalancer?

        /// A status that says nothing.
        public init() {}
    }

    /// What a load balancer has given a Service.
    public struct LoadBalancer: Codable, Hashable, Sendable {
        /// Where it can be reached.
        public var ingress: [Ingress]?

        /// Nothing given.
        public init() {}
    }

    /// A place where a Service can be reached.
    public struct Ingress: Codable, Hashable, Sendable {
        /// The address; nil where there is a name instead.
        public var ip: String?
        /// The name; nil where there is an address instead.
        public var hostname: String?

        /// A place at this address.
        public init(ip: String) { self.ip = ip }
    }
}
