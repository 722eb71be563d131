/// The conditions that nodes which are not active set on a virtual router: one a node, `NODE/Degraded`.
public enum NodeCondition {
    private static let suffix = "/Degraded"

    /// The node that a condition of this type is about; nil where it is about the router as a whole.
    public static func node(of type: String) -> String? {
        type.hasSuffix(suffix) ? String(type.dropLast(suffix.count)) : nil
    }
}
