import ClusterObjects
public import KubernetesAPI

/// What a node says of a virtual router that it cannot take part in as it should: one condition of the node's own, which
/// it sets and removes whoever is active.
public struct NodeTrouble: Sendable {
    /// Who sets the conditions of a node.
    public static func manager(of node: String) -> FieldManager {
        // The longest name that a server takes has 128 octets, "-status" included.
        FieldManager(String("vrrp-agent.\(node)".prefix(120)))
    }

    /// The most conditions that an object may have before nodes keep their trouble to themselves: lists are bounded, and
    /// the active node's own must go in.
    private static let mostConditions = 24

    /// The conditions that the node has to set on an object; nil where the object has what it should.
    ///
    /// - Parameter isActive: Whether the node is active for the router; nil where its vrrpd does not answer.
    public static func conditions(
        on object: VirtualRouter, of node: String, isActive: Bool?, _ obstacles: [NodeDefinitions.Obstacle.Reason],
        at now: Timestamp
    ) -> [Condition]? {
        let all = object.status?.conditions ?? []
        let old = all[NodeTroubleCondition.type(of: node)]
        let message = obstacles.map(\.description).joined(separator: "; ")
        // The active node has the status itself to tell them in, and one that does not answer has told them there.
        let isTold = isActive ?? RouterReport.tells(message, of: node, object.status)
        guard !isTold, let gravest = obstacles.gravest else {
            guard let old else { return nil }
            // A server before 1.22 does not know how to take the last one out of a list.
            guard all.count == 1 else { return [] }
            return old.status == "True" ? [condition(old, false, "AsPlanned", "", object, node, now)] : nil
        }
        guard old != nil || all.count < mostConditions else { return nil }
        let new = condition(old, true, gravest.name, message, object, node, now)
        return old == new ? nil : [new]
    }

    private static func condition(
        _ old: Condition?, _ isTrue: Bool, _ reason: String, _ message: String, _ object: VirtualRouter, _ node: String,
        _ now: Timestamp
    ) -> Condition {
        var conditions = old.map { [$0] } ?? []
        let new = Condition(
            NodeTroubleCondition.type(of: node), isTrue, reason: reason, message: message,
            observedGeneration: object.metadata.generation, at: Timestamp(seconds: now.seconds))
        conditions.set(new)
        return conditions.first ?? new
    }
}
