/// The types that a version of an API group serves (`metav1.APIResourceList`).
public struct ServedTypes: Codable, Hashable, Sendable {
    /// The types and their parts.
    public var resources: [Entry]

    /// A type, or a part of it.
    public struct Entry: Codable, Hashable, Sendable {
        /// The name of the collection; `plural/part` for a part.
        public var name: String
        /// The kind.
        public var kind: String
        /// What can be done.
        public var verbs: [String]?
    }

    /// Whether objects of the type are served, and new ones taken: of a type that is about to go there are only the old ones.
    public func contains(_ type: ResourceType) -> Bool {
        resources.contains { $0.name == type.plural && $0.verbs?.contains("create") != false }
    }
}
