public import KubernetesAPI

/// What a node says of a virtual router that it cannot take part in as it should: one condition of the node's own, which
/// it sets and removes whoever is active.
public struct NodeTrouble: Sendable {
    /// The type of the node's condition: `node1.example/Degraded`.
    public static func conditionType(of node: String) -> String { "\(node)/Degraded" }

    /// Who sets the conditions of a node.
    public static func manager(of node: String) -> FieldManager {
        // The longest name that a server takes has 128 octets, "-status" included.
        FieldManager(String("vrrp-agent.\(node)".prefix(120)))
    }

    /// The conditions that the node has to set on an object; nil where the object has what it should.
    public static func conditions(
        on object: VirtualRouter, of node: String, _ obstacles: [NodeDefinitions.Obstacle.Reason], at now: Timestamp
    ) -> [Condition]? {
        let old = object.status?.conditions?[conditionType(of: node)]
        guard let first = obstacles.first else { return old == nil ? nil : [] }
        let message = obstacles.map(\.description).joined(separator: "; ")
        let new = Condition(
            conditionType(of: node), true, reason: first.name, message: message,
            observedGeneration: object.metadata.generation, at: Timestamp(seconds: now.seconds))
        var conditions = old.map { [$0] } ?? []
        conditions.set(new)
        return old == conditions.first ? nil : conditions
    }
}
