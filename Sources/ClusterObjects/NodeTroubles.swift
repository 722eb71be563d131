public import KubernetesAPI

/// A condition on a virtual router that a node sets which cannot take part in it as planned: one a node, `NODE/Degraded`.
public enum NodeTroubleCondition {
    private static let suffix = "/Degraded"
    /// The reason of a node that leaves options out and takes part all the same.
    public static let optionsRefused = "OptionsRefused"
    /// The reason of a node that takes part with the beginning of a password.
    public static let passwordCut = "PasswordCut"
    /// What a node says then of the Secret, behind its name.
    public static let passwordIsCut =
        "has more than the first word of 8 octets at most that is the password; the rest has no effect, and can be taken out "
        + "of the Secret"
    /// The reason of a node that takes part by one of several interfaces that could be meant.
    public static let severalInterfaces = "SeveralInterfaces"
    /// The reason of a node whose vrrpd keeps the router out of the election, such as for an interface that is not there.
    public static let notTakingPart = "NotTakingPart"
    /// The reasons of nodes that take part all the same.
    public static let harmless: Set = [optionsRefused, passwordCut, severalInterfaces]

    /// The type of a node's condition.
    public static func type(of node: String) -> String { node + suffix }

    /// The node that a condition of this type is about; nil where it is about the router as a whole.
    public static func node(of type: String) -> String? {
        type.hasSuffix(suffix) ? String(type.dropLast(suffix.count)) : nil
    }
}

extension VirtualRouter {
    /// What nodes say of the router that they cannot take part in as planned, in the order of their names.
    public var nodeTroubles: [(node: String, condition: Condition)] {
        (status?.conditions ?? []).compactMap { condition in
            guard condition.status == "True", let node = NodeTroubleCondition.node(of: condition.type) else {
                return nil
            }
            return (node, condition)
        }.sorted { $0.node < $1.node }
    }

    /// The nodes among those that cannot take part at all.
    public var nodesOutside: Set<String> {
        Set(nodeTroubles.filter { !NodeTroubleCondition.harmless.contains($0.condition.reason) }.map(\.node))
    }
}
