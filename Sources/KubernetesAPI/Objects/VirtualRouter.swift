/// A VirtualRouter: one VRRP instance of a group, as its nodes need to know it.
public struct VirtualRouter: Resource {
    /// `virtualrouters.redhatcop.redhat.io`.
    public static let resourceType = ResourceType(
        group: "redhatcop.redhat.io", version: "v1alpha1", kind: "VirtualRouter", plural: "virtualrouters")

    /// What all objects have.
    public var metadata: ObjectMeta
    /// What is wanted; the operator writes it.
    public var spec: Spec
    /// What is; the agent of the active node writes it.
    public var status: Status?

    /// A router that wants this.
    public init(metadata: ObjectMeta, spec: Spec) {
        self.metadata = metadata
        self.spec = spec
    }

    /// What is wanted of a router.
    public struct Spec: Codable, Hashable, Sendable {
        /// The name of its group, in the same namespace.
        public var group: String
        /// The Service whose addresses it holds.
        public var service: ServiceReference
        /// What its identifier is kept under in the status of the group.
        public var key: String?
        /// The identifier, from 1 to 255.
        public var virtualRouterID: Int
        /// `IPv4` or `IPv6`.
        public var family: String
        /// The version spoken, 2 or 3.
        public var version: Int
        /// The interface on each node; nil with ``interfaceFromIP``.
        public var interface: String?
        /// An address that the interface is found by.
        public var interfaceFromIP: String?
        /// The addresses.
        public var addresses: [String]
        /// The time between adverts, such as `100ms`.
        public var advertisementInterval: String?
        /// When the addresses move to a better node.
        public var preemption: KeepalivedGroup.Preemption?
        /// The port at which a node says whether it may hold the addresses; nil where any node may.
        public var healthCheckNodePort: Int?
        /// Whether the members speak to each other one by one.
        public var unicast: Bool?
        /// Where the password of VRRPv2 is.
        public var passwordAuth: KeepalivedGroup.PasswordAuth?
        /// Options of a vrrp_instance of keepalived, by keyword, as far as they are safe.
        public var verbatimConfig: [String: String]?
        /// The nodes, in any order: the one with the highest priority has the best claim.
        public var members: [Member]

        /// A router of these addresses, with everything that may be left out left out.
        public init(
            group: String, service: ServiceReference, virtualRouterID: Int, family: String, version: Int,
            addresses: [String], members: [Member]
        ) {
            self.group = group
            self.service = service
            self.virtualRouterID = virtualRouterID
            self.family = family
            self.version = version
            self.addresses = addresses
            self.members = members
        }
    }

    /// The name of a Service.
    public struct ServiceReference: Codable, Hashable, Sendable {
        /// Its namespace.
        public var namespace: String
        /// Its name.
        public var name: String

        /// The Service `name` in `namespace`.
        public init(namespace: String, name: String) {
            self.namespace = namespace
            self.name = name
        }
    }

    /// A node's part in a router.
    public struct Member: Codable, Hashable, Sendable {
        /// The name of the node.
        public var node: String
        /// Its priority, from 1 to 254.
        public var priority: Int
        /// Where the others reach it with unicast adverts.
        public var address: String?

        /// A node with its priority.
        public init(node: String, priority: Int, address: String? = nil) {
            self.node = node
            self.priority = priority
            self.address = address
        }
    }

    /// Identifiers that a node hears others use.
    public struct ForeignRouters: Codable, Hashable, Sendable {
        /// The identifiers, ascending; also those of other groups on the same network.
        public var virtualRouterIDs: [Int]
        /// When that was so, by the clock of the node, at least every few minutes.
        public var observed: Timestamp

        /// These identifiers, heard at this time.
        public init(virtualRouterIDs: [Int], observed: Timestamp) {
            self.virtualRouterIDs = virtualRouterIDs
            self.observed = observed
        }
    }

    /// What is known of a router.
    public struct Status: Codable, Hashable, Sendable {
        /// The node that holds the addresses.
        public var activeNode: String?
        /// Since when it does.
        public var activeSince: Timestamp?
        /// How often the addresses have moved.
        public var transitions: Int?
        /// Adverts of somebody else under the same identifier.
        public var conflicts: Int?
        /// Identifiers without a router of the group that the active node hears on the interface; on one router a node alone.
        public var foreignRouters: ForeignRouters?
        /// The generation that the active node works by.
        public var observedGeneration: Int?
        /// Statements on the state.
        public var conditions: [Condition]?

        /// A status that says nothing.
        public init() {}
    }
}
