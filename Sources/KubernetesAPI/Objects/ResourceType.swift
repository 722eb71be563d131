/// A type of object that an API server keeps: what its addresses and its `apiVersion` are made of.
public struct ResourceType: Hashable, Sendable {
    /// The API group; empty for the core group.
    public var group: String
    /// The version of the group.
    public var version: String
    /// The kind, as objects name it.
    public var kind: String
    /// The name of the collection in paths.
    public var plural: String
    /// Whether its objects lie in namespaces.
    public var isNamespaced: Bool

    /// A type of the given names.
    public init(group: String, version: String, kind: String, plural: String, isNamespaced: Bool = true) {
        self.group = group
        self.version = version
        self.kind = kind
        self.plural = plural
        self.isNamespaced = isNamespaced
    }

    /// Group and version as objects name them: `apps/v1`, or `v1` in the core group.
    public var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }
}

extension ResourceType: CustomStringConvertible {
    /// `plural.group`, as kubectl takes it.
    public var description: String { group.isEmpty ? plural : "\(plural).\(group)" }
}
