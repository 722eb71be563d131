/// Something that happened to an object, for people to read.
public struct Event: Resource {
    /// `events`.
    public static let resourceType = ResourceType(group: "", version: "v1", kind: "Event", plural: "events")

    /// What all objects have.
    public var metadata: ObjectMeta
    /// The object that it happened to.
    public var involvedObject: ObjectReference
    /// What happened, in CamelCase.
    public var reason: String?
    /// What happened, for people.
    public var message: String?
    /// `Normal` or `Warning`.
    public var type: String?
    /// Who noticed it.
    public var source: Source?
    /// When it happened first.
    public var firstTimestamp: Timestamp?
    /// When it happened last.
    public var lastTimestamp: Timestamp?
    /// How often it happened.
    public var count: Int?

    /// An event on an object.
    public init(metadata: ObjectMeta, involvedObject: ObjectReference) {
        self.metadata = metadata
        self.involvedObject = involvedObject
    }

    /// Who noticed an event.
    public struct Source: Codable, Hashable, Sendable {
        /// The program.
        public var component: String?
        /// The node that it runs on.
        public var host: String?

        /// A program, on a node where that matters.
        public init(component: String, host: String? = nil) {
            self.component = component
            self.host = host
        }
    }
}

/// Which object is meant.
public struct ObjectReference: Codable, Hashable, Sendable {
    /// The object's API group and version.
    public var apiVersion: String?
    /// The object's kind.
    public var kind: String?
    /// The object's namespace.
    public var namespace: String?
    /// The object's name.
    public var name: String?
    /// The object's `uid`.
    public var uid: String?
    /// The version of the object.
    public var resourceVersion: String?

    /// A reference to an object as it is now.
    public init<Object: Resource>(_ object: Object) {
        apiVersion = Object.resourceType.apiVersion
        kind = Object.resourceType.kind
        namespace = object.metadata.namespace
        name = object.metadata.name
        uid = object.metadata.uid
        resourceVersion = object.metadata.resourceVersion
    }
}
