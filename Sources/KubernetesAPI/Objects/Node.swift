/// A node, as far as addresses are concerned.
public struct Node: Resource {
    /// `nodes`.
    public static let resourceType = ResourceType(
        group: "", version: "v1", kind: "Node", plural: "nodes", isNamespaced: false)

    /// What all objects have.
    public var metadata: ObjectMeta
    /// What is wanted.
    public var spec: Spec?
    /// What is.
    public var status: Status?

    /// A node of which nothing else is known.
    public init(metadata: ObjectMeta) { self.metadata = metadata }

    /// What is wanted of a node.
    public struct Spec: Codable, Hashable, Sendable {
        /// Whether no new work shall come to it.
        public var unschedulable: Bool?
        /// Why work shall stay away from it.
        public var taints: [Taint]?

        /// A node that takes all work.
        public init() {}
    }

    /// A reason for work to stay away.
    public struct Taint: Codable, Hashable, Sendable {
        /// The name of the reason.
        public var key: String
        /// What is said of it.
        public var value: String?
        /// `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
        public var effect: String

        /// A taint.
        public init(key: String, value: String? = nil, effect: String) {
            self.key = key
            self.value = value
            self.effect = effect
        }
    }

    /// What is known of a node.
    public struct Status: Codable, Hashable, Sendable {
        /// Where it can be reached.
        public var addresses: [Address]?
        /// Statements on the state.
        public var conditions: [NodeCondition]?

        /// A status that says nothing.
        public init() {}
    }

    /// A statement on a node's state; the time when it was said last, which passes all the while, is left out.
    public struct NodeCondition: Codable, Hashable, Sendable {
        /// What the statement is about: `Ready` above all.
        public var type: String
        /// `True`, `False` or `Unknown`.
        public var status: String
        /// Since when the status is what it is.
        public var lastTransitionTime: Timestamp?

        /// A statement.
        public init(type: String, status: String, since lastTransitionTime: Timestamp? = nil) {
            self.type = type
            self.status = status
            self.lastTransitionTime = lastTransitionTime
        }
    }

    /// Whether the node says that it is ready; nil where nothing is known of that.
    public var isReady: Bool? { status?.conditions?.first { $0.type == "Ready" }.map { $0.status == "True" } }

    /// A place where a node can be reached.
    public struct Address: Codable, Hashable, Sendable {
        /// `InternalIP`, `ExternalIP`, `Hostname`, `InternalDNS` or `ExternalDNS`.
        public var type: String
        /// The address or the name.
        public var address: String

        /// An address of the given type.
        public init(type: String, address: String) {
            self.type = type
            self.address = address
        }
    }
}
