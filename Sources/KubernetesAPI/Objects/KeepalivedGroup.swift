/// A KeepalivedGroup: nodes that share the addresses of Services.
public struct KeepalivedGroup: Resource {
    /// `keepalivedgroups.redhatcop.redhat.io`.
    public static let resourceType = ResourceType(
        group: "redhatcop.redhat.io", version: "v1alpha1", kind: "KeepalivedGroup", plural: "keepalivedgroups")

    /// What all objects have.
    public var metadata: ObjectMeta
    /// What is wanted.
    public var spec: Spec?
    /// What is.
    public var status: Status?

    /// A group without a specification.
    public init(metadata: ObjectMeta) { self.metadata = metadata }

    /// What is wanted of a group. All fields but the last six are those of keepalived-operator.
    public struct Spec: Codable, Hashable, Sendable {
        /// The image of the daemon.
        public var image: String?
        /// The interface that addresses are configured on.
        public var interface: String?
        /// An address; the interface is the one by which a node reaches it, and ``interface`` does not count.
        public var interfaceFromIP: String?
        /// Where the password of VRRPv2 is.
        public var passwordAuth: PasswordAuth?
        /// Lines of keepalived.conf by their keyword.
        public var verbatimConfig: [String: String]?
        /// Identifiers that no router of the group may have.
        public var blacklistRouterIDs: [Int]?
        /// Whether nodes speak to each other one by one.
        public var unicastEnabled: Bool?
        /// The labels of the nodes that take part.
        public var nodeSelector: [String: String]?
        /// The priority class of the pods.
        public var daemonsetPodPriorityClassName: String?
        /// Annotations of the pods.
        public var daemonsetPodAnnotations: [String: String]?
        /// The version of VRRP that IPv4 routers speak, 2 or 3.
        public var version: Int?
        /// The time between the adverts of an active router, such as `100ms` or `1s`.
        public var advertisementInterval: String?
        /// When a working address moves to a node that has the better claim.
        public var preemption: Preemption?
        /// The namespaces whose Services may join; nil lets all.
        public var allowedNamespaces: [String]?
        /// The networks that addresses must lie in, such as `192.0.2.0/24`; nil lets all.
        public var allowedNetworks: [String]?
        /// The port on the nodes that metrics are served on.
        public var metricsPort: Int?

        /// A specification that wants nothing.
        public init() {}
    }

    /// Where the password of VRRPv2 is.
    public struct PasswordAuth: Codable, Hashable, Sendable {
        /// The Secret, in the namespace of the group.
        public var secretRef: SecretReference
        /// The key in the Secret; `password` where nil.
        public var secretKey: String?

        /// The value of `secretKey` in the Secret; of `password` where nil.
        public init(secretRef: SecretReference, secretKey: String? = nil) {
            self.secretRef = secretRef
            self.secretKey = secretKey
        }
    }

    /// A Secret in the same namespace.
    public struct SecretReference: Codable, Hashable, Sendable {
        /// Its name.
        public var name: String?

        /// The Secret of that name.
        public init(name: String?) { self.name = name }
    }

    /// When a working address moves.
    public struct Preemption: Codable, Hashable, Sendable {
        /// `Sticky`, `Delayed` or `Immediate`.
        public var mode: String
        /// How long the better node must have been back, such as `5m`; with `Delayed`.
        public var delay: String?

        /// A mode without a delay.
        public init(mode: String, delay: String? = nil) {
            self.mode = mode
            self.delay = delay
        }
    }

    /// What is known of a group. ``conditions`` and ``routerIDs`` are those of keepalived-operator.
    public struct Status: Codable, Hashable, Sendable {
        /// Statements on the state.
        public var conditions: [Condition]?
        /// The identifier of each router by its key.
        public var routerIDs: [String: Int]?
        /// Identifiers that were given back, with the time from which they may be used again.
        public var quarantinedRouterIDs: [String: Timestamp]?
        /// How many identifiers are left.
        public var availableRouterIDs: Int?
        /// The number of virtual routers.
        public var virtualRouters: Int?
        /// The number of nodes that take part.
        public var nodes: Int?
        /// The port on the nodes that metrics are served on.
        public var metricsPort: Int?
        /// The generation that all of this speaks of.
        public var observedGeneration: Int?

        /// A status that says nothing.
        public init() {}
    }
}
