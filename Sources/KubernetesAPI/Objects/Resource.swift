/// An object that an API server keeps.
public protocol APIObject: Codable, Hashable, Sendable {
    /// What all objects have.
    var metadata: ObjectMeta { get set }
}

/// An object of a type that is known when the program is compiled.
///
/// Its properties are the fields that this project uses. What an object has besides is not read, and nothing that the
/// client can do with such an object writes it as a whole, so that nobody else's fields get lost.
public protocol Resource: APIObject {
    /// The type.
    static var resourceType: ResourceType { get }
}

/// The name of an object together with its namespace, by which stores and queues tell objects of one type apart.
public struct ObjectKey: Hashable, Sendable {
    /// The namespace; nil where the type has none.
    public var namespace: String?
    /// The name.
    public var name: String

    /// The object `name` in `namespace`.
    public init(_ namespace: String?, _ name: String) {
        self.namespace = namespace
        self.name = name
    }
}

extension ObjectKey: Comparable {
    /// Orders by namespace, then by name, as text.
    public static func < (left: Self, right: Self) -> Bool {
        (left.namespace ?? "", left.name) < (right.namespace ?? "", right.name)
    }
}

extension ObjectKey: CustomStringConvertible {
    /// `namespace/name`, or the name alone.
    public var description: String { namespace.map { "\($0)/\(name)" } ?? name }
}

extension APIObject {
    /// Namespace and name.
    public var key: ObjectKey { ObjectKey(metadata.namespace, metadata.name) }
}

/// Writes an object with its `apiVersion` and `kind`, as a request needs it.
struct Typed<Object: APIObject>: Encodable {
    let type: ResourceType
    let object: Object

    private enum Keys: String, CodingKey { case apiVersion, kind }

    func encode(to encoder: any Encoder) throws {
        // The object's own first: an object that holds them already, as a dynamic one does, says the same.
        try object.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(type.apiVersion, forKey: .apiVersion)
        try container.encode(type.kind, forKey: .kind)
    }
}
