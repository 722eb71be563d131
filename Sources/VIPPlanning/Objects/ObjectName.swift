/// The name of an object of the cluster together with its namespace.
public struct ObjectName: Hashable, Sendable {
    /// The namespace.
    public var namespace: String
    /// The name inside of the namespace.
    public var name: String

    /// The object `name` in `namespace`.
    public init(_ namespace: String, _ name: String) {
        self.namespace = namespace
        self.name = name
    }

    /// Parses `namespace/name`, both not empty and without blanks; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && !$0.contains(where: \.isWhitespace) }) else {
            return nil
        }
        self.init(String(parts[0]), String(parts[1]))
    }
}

extension ObjectName: Comparable {
    /// Orders by namespace, then by name, as text.
    public static func < (left: Self, right: Self) -> Bool {
        (left.namespace, left.name) < (right.namespace, right.name)
    }
}

extension ObjectName: CustomStringConvertible {
    /// `namespace/name`.
    public var description: String { "\(namespace)/\(name)" }
}
