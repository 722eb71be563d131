public import VRRP

/// What matters of a Service: which group it asks for, and which addresses it has.
public struct Service: Hashable, Sendable {
    /// The name of the Service.
    public var name: ObjectName
    /// When it was created, in seconds since 1970: who was first keeps an address that two want.
    public var createdAt: Int64 = 0
    /// The value of the annotation that names the group, `namespace/name`; nil where it has none.
    public var groupAnnotation: String?
    /// Whether its type is LoadBalancer.
    public var isLoadBalancer = false
    /// `status.loadBalancer.ingress[].ip`, as written.
    public var ingressAddresses: [String] = []
    /// `spec.externalIPs`, as written.
    public var externalAddresses: [String] = []
    /// Whether each of its addresses gets a virtual router of its own.
    public var spreadsAddresses = false
    /// The port at which a node says whether it has an endpoint; nil where every node can answer
    /// (`externalTrafficPolicy: Cluster`).
    public var health: HealthCheck = .none
    /// The time between the adverts of its routers, where it asks for longer ones than the group has; nil where it does not.
    public var advertisementInterval: AdvertisementInterval?
    /// Options of a vrrp_instance of keepalived, by keyword, that its routers have beside those of the group; here the
    /// Service goes before the group.
    public var options: [String: String] = [:]
    /// Whether it is being deleted.
    public var isTerminating = false

    /// A Service that asks for nothing.
    public init(_ name: ObjectName) { self.name = name }

    /// How a node finds out whether it may hold the addresses.
    public enum HealthCheck: Hashable, Sendable {
        /// Any node may (`externalTrafficPolicy: Cluster`).
        case none
        /// Only nodes with an endpoint may, and this port of the node tells (`externalTrafficPolicy: Local`).
        case port(Int)
        /// Only nodes with an endpoint may, but no port tells: the Service is no LoadBalancer.
        case unavailable
    }
}
