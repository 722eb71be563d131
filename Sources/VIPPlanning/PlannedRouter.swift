public import VRRP

/// A virtual router as the plan wants it: what each node of it needs to know.
public struct PlannedRouter: Hashable, Sendable {
    /// The name of its object in the group's namespace: a DNS subdomain, unique among all routers.
    public var objectName: String
    /// What its identifier is kept under: the Service's name, with the address where each has a router of its own.
    public var key: String
    /// The group that it belongs to.
    public var group: ObjectName
    /// The Service whose addresses it holds.
    public var service: ObjectName
    /// The family of its addresses; a Service with both has two routers of the same key.
    public var family: AddressFamily
    /// The identifier.
    public var routerID: VirtualRouterID
    /// The version spoken.
    public var version: ProtocolVersion
    /// The interface on each node.
    public var interface: InterfaceChoice
    /// The addresses, in wire order; never empty.
    public var addresses: [IPAddress]
    /// The time between adverts.
    public var advertisementInterval: AdvertisementInterval
    /// When it moves to a better node.
    public var preemption: PreemptionPolicy
    /// How a node finds out whether it may hold the addresses.
    public var health: Service.HealthCheck
    /// Where its password is; nil for none, and with version 3.
    public var password: PasswordSource?
    /// Options of a vrrp_instance of keepalived, by keyword, that go before all of the above.
    public var options: [String: String]
    /// Whether the members speak to each other one by one.
    public var isUnicast: Bool
    /// The nodes, the one with the best claim first; never empty.
    public var members: [Member]

    /// The most addresses that a router can have: an advert counts them in one octet (RFC 9568, section 5.2.5).
    static let mostAddresses = 255

    /// A router of all that.
    public init(
        objectName: String, key: String, group: ObjectName, service: ObjectName, family: AddressFamily,
        routerID: VirtualRouterID, version: ProtocolVersion, interface: InterfaceChoice, addresses: [IPAddress],
        advertisementInterval: AdvertisementInterval, preemption: PreemptionPolicy, health: Service.HealthCheck,
        password: PasswordSource? = nil, options: [String: String] = [:], isUnicast: Bool, members: [Member]
    ) {
        self.objectName = objectName
        self.key = key
        self.group = group
        self.service = service
        self.family = family
        self.routerID = routerID
        self.version = version
        self.interface = interface
        self.addresses = addresses
        self.advertisementInterval = advertisementInterval
        self.preemption = preemption
        self.health = health
        self.password = password
        self.options = options
        self.isUnicast = isUnicast
        self.members = members
    }

    /// A node's part in a router.
    public struct Member: Hashable, Sendable {
        /// The name of the node.
        public var node: String
        /// Its priority, which no other member has.
        public var priority: Priority
        /// Where the others reach it with unicast adverts; nil with multicast.
        public var address: IPAddress?

        /// A node with its priority.
        public init(node: String, priority: Priority, address: IPAddress? = nil) {
            self.node = node
            self.priority = priority
            self.address = address
        }
    }
}
