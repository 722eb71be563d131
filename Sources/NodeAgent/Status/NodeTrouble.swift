import ClusterObjects
public import ControlProtocol
public import KubernetesAPI
public import VIPPlanning
import VRRP

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
        on object: KubernetesAPI.VirtualRouter, of node: String, isActive: Bool?,
        _ obstacles: [NodeDefinitions.Obstacle.Reason], at now: Timestamp
    ) -> [Condition]? {
        let all = object.status?.conditions ?? []
        let old = all[NodeTroubleCondition.type(of: node)]
        let message = obstacles.map(\.description).joined(separator: "; ")
        // The active node has the status itself to tell them in, and one that does not answer has told them there.
        let isTold = isActive ?? RouterReport.tells(message, of: node, object.status)
        guard !isTold, let gravest = obstacles.gravest else {
            guard let old else { return nil }
            // What vrrpd said last of itself is true until it says something else.
            if isActive == nil, old.status == "True", old.reason == NodeTroubleCondition.notTakingPart { return nil }
            // A server before 1.22 does not know how to take the last one out of a list.
            guard all.count == 1 else { return [] }
            return old.status == "True" ? [condition(old, false, "AsPlanned", "", object, node, now)] : nil
        }
        guard old != nil || all.count < mostConditions else { return nil }
        let new = condition(old, true, gravest.name, message, object, node, now)
        return old == new ? nil : [new]
    }

    /// How long a router must have been out of the election before the object tells it: at a start links come up, and a link
    /// that was gone for a moment is no news to anybody but the log.
    private static let patience = Nanoseconds.seconds(5)

    /// Why a node takes no part in a router, as its vrrpd says; nil where it does, where it lacks nothing but an endpoint of
    /// the Service, and where that has been so for a moment only and the object does not tell it already.
    ///
    /// - Parameters:
    ///   - router: What vrrpd says of the router; nil where it does not have it or does not answer.
    ///   - planned: The router as it is planned; nil where that is not known.
    public static func absence(
        of router: VirtualRouterStatus?, _ planned: PlannedRouter?, on object: KubernetesAPI.VirtualRouter,
        of node: String
    ) -> NodeDefinitions.Obstacle.Reason? {
        guard let router, router.state == .initialize, !router.faults.isEmpty, !router.lacksEndpoint(planned) else {
            return nil
        }
        let told = object.status?.conditions?[NodeTroubleCondition.type(of: node)]
        let isTold = told?.status == "True" && told?.reason == NodeTroubleCondition.notTakingPart
        return isTold || router.since >= patience ? .notTakingPart(router.faults) : nil
    }

    private static func condition(
        _ old: Condition?, _ isTrue: Bool, _ reason: String, _ message: String,
        _ object: KubernetesAPI.VirtualRouter, _ node: String, _ now: Timestamp
    ) -> Condition {
        var conditions = old.map { [$0] } ?? []
        let new = Condition(
            NodeTroubleCondition.type(of: node), isTrue, reason: reason, message: message,
            observedGeneration: object.metadata.generation, at: Timestamp(seconds: now.seconds))
        conditions.set(new)
        return conditions.first ?? new
    }
}
