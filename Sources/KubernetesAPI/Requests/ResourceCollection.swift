/// The objects of one type, in one namespace or in all of them: what a list lists and a watch watches.
public struct ResourceCollection<Object: APIObject>: Hashable, Sendable {
    /// The type.
    public let type: ResourceType
    /// The namespace; nil for all, and for types that have none.
    public let namespace: String?

    init(type: ResourceType, namespace: String?) {
        self.type = type
        self.namespace = type.isNamespaced ? namespace : nil
    }
}

extension Resource {
    /// The objects of this type, in all namespaces.
    public static var everywhere: ResourceCollection<Self> { ResourceCollection(type: resourceType, namespace: nil) }

    /// The objects of this type in a namespace; all of them where the type has no namespaces.
    public static func inside(_ namespace: String?) -> ResourceCollection<Self> {
        ResourceCollection(type: resourceType, namespace: namespace)
    }
}

extension ResourceType {
    /// The objects of this type with all their fields, in a namespace or, with nil, in all.
    public func objects(inside namespace: String? = nil) -> ResourceCollection<DynamicObject> {
        ResourceCollection(type: self, namespace: namespace)
    }
}

extension ResourceCollection: CustomStringConvertible {
    /// `services in default`, `nodes`.
    public var description: String { namespace.map { "\(type) in \($0)" } ?? "\(type)" }
}
