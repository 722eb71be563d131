/// What all objects of an API server have: `metadata`.
public struct ObjectMeta: Hashable, Sendable {
    /// The name; empty until the server has made one of `generateName`.
    public var name = ""
    /// The beginning of the name that the server shall make up.
    public var generateName: String?
    /// The namespace; nil where the type has none.
    public var namespace: String?
    /// What tells the object from others that had or will have its name.
    public var uid: String?
    /// The version of the object; to be compared for equality alone.
    public var resourceVersion: String?
    /// Counts the changes of the specification.
    public var generation: Int?
    /// When the object was created.
    public var creationTimestamp: Timestamp?
    /// Since when the object is being deleted; nil while it is not.
    public var deletionTimestamp: Timestamp?
    /// What selectors select by.
    public var labels: [String: String] = [:]
    /// Everything else that people attach to objects.
    public var annotations: [String: String] = [:]
    /// The objects whose deletion deletes this one.
    public var ownerReferences: [OwnerReference] = []
    /// Who has to agree before the object is gone.
    public var finalizers: [String] = []

    /// The metadata of an object that is to be written.
    public init(name: String = "", namespace: String? = nil, labels: [String: String] = [:]) {
        self.name = name
        self.namespace = namespace
        self.labels = labels
    }
}

extension ObjectMeta: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name, generateName, namespace, uid, resourceVersion, generation, creationTimestamp, deletionTimestamp
        case labels, annotations, ownerReferences, finalizers
    }

    /// The names of the fields that are known.
    static var fieldNames: [String] { CodingKeys.allCases.map(\.rawValue) }

    /// Reads what is there; a server may leave out any of it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decodeIfPresent(String.self, forKey: .name) ?? ""
        generateName = try container.decodeIfPresent(String.self, forKey: .generateName)
        namespace = try container.decodeIfPresent(String.self, forKey: .namespace)
        uid = try container.decodeIfPresent(String.self, forKey: .uid)
        resourceVersion = try container.decodeIfPresent(String.self, forKey: .resourceVersion)
        generation = try container.decodeIfPresent(Int.self, forKey: .generation)
        creationTimestamp = try container.decodeIfPresent(Timestamp.self, forKey: .creationTimestamp)
        deletionTimestamp = try container.decodeIfPresent(Timestamp.self, forKey: .deletionTimestamp)
        labels = try container.decodeIfPresent([String: String].self, forKey: .labels) ?? [:]
        annotations = try container.decodeIfPresent([String: String].self, forKey: .annotations) ?? [:]
        ownerReferences = try container.decodeIfPresent([OwnerReference].self, forKey: .ownerReferences) ?? []
        finalizers = try container.decodeIfPresent([String].self, forKey: .finalizers) ?? []
    }

    /// Writes what is set: an empty map in a server-side apply would claim the whole map.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if !name.isEmpty { try container.encode(name, forKey: .name) }
        try container.encodeIfPresent(generateName, forKey: .generateName)
        try container.encodeIfPresent(namespace, forKey: .namespace)
        try container.encodeIfPresent(uid, forKey: .uid)
        try container.encodeIfPresent(resourceVersion, forKey: .resourceVersion)
        try container.encodeIfPresent(generation, forKey: .generation)
        try container.encodeIfPresent(creationTimestamp, forKey: .creationTimestamp)
        try container.encodeIfPresent(deletionTimestamp, forKey: .deletionTimestamp)
        if !labels.isEmpty { try container.encode(labels, forKey: .labels) }
        if !annotations.isEmpty { try container.encode(annotations, forKey: .annotations) }
        if !ownerReferences.isEmpty { try container.encode(ownerReferences, forKey: .ownerReferences) }
        if !finalizers.isEmpty { try container.encode(finalizers, forKey: .finalizers) }
    }
}

/// An object whose deletion deletes the one that holds this reference.
public struct OwnerReference: Codable, Hashable, Sendable {
    /// The owner's API group and version.
    public var apiVersion: String
    /// The owner's kind.
    public var kind: String
    /// The owner's name; it lies in the same namespace.
    public var name: String
    /// The owner's `uid`.
    public var uid: String
    /// Whether the owner is the one that manages the object.
    public var controller: Bool?
    /// Whether the owner's deletion in the foreground waits for the object's.
    public var blockOwnerDeletion: Bool?

    /// A reference to the object that manages another one; nil before the server has given it a `uid`.
    public init?<Owner: Resource>(controller owner: Owner) {
        guard let uid = owner.metadata.uid else { return nil }
        apiVersion = Owner.resourceType.apiVersion
        kind = Owner.resourceType.kind
        name = owner.metadata.name
        self.uid = uid
        controller = true
        blockOwnerDeletion = true
    }
}

extension ObjectMeta {
    /// The `uid` of the object that manages this one; nil without such.
    public var controllerUID: String? { ownerReferences.first { $0.controller == true }?.uid }
}
