public import ClusterObjects
public import KubernetesAPI
public import VIPPlanning

/// Of which routers it is to be said that the cluster does not hear of their active nodes.
///
/// Nobody but the active node's own agent takes its name out of the status, and one that is dead does not. It is said once each
/// time that a node falls silent: an agent that contradicts is alive, whatever has become of the kubelet beside it.
public struct SilentOwners: Sendable {
    /// What was said, by the names of the routers.
    private var told: [ObjectName: [String: NodeSilence]] = [:]

    /// Nothing was said.
    public init() {}

    /// What is to be said of routers of a group, by their names.
    ///
    /// - Parameters:
    ///   - routers: All routers of the group.
    ///   - silence: Why the cluster cannot say what a node does; nil where it can.
    public mutating func untold(
        of group: ObjectName, _ routers: [VirtualRouter], _ silence: (String) -> NodeSilence?
    ) -> [String: NodeSilence] {
        let former = told.removeValue(forKey: group) ?? [:]
        var untold: [String: NodeSilence] = [:]
        // Asked for once: a few nodes have all the routers.
        var silences: [String: NodeSilence?] = [:]
        for router in routers where router.metadata.isOfGroup && router.metadata.deletionTimestamp == nil {
            guard let owner = router.status?.activeNode else { continue }
            let known = silences[owner] ?? silence(owner)
            silences[owner] = .some(known)
            guard let silence = known, !router.hasSpoken(in: silence) else { continue }
            let name = router.metadata.name
            if router.silenceOfOwner != nil || former[name] == silence {
                told[group, default: [:]][name] = silence
            } else {
                untold[name] = silence
            }
        }
        return untold
    }

    /// It was said of a router.
    public mutating func tell(_ silence: NodeSilence, of router: String, of group: ObjectName) {
        told[group, default: [:]][router] = silence
    }
}

extension VirtualRouter {
    /// Whether an agent has said something since the node fell silent.
    fileprivate func hasSpoken(in silence: NodeSilence) -> Bool {
        guard case .notReady(let since) = silence, silenceOfOwner == nil else { return false }
        let ready = status?.conditions?[RouterCondition.ready]?.lastTransitionTime
        return [ready, status?.activeSince].contains { $0.map { $0 > since } ?? false }
    }

    /// The router with the word that its active node is silent.
    func saying(_ silence: NodeSilence, at now: Timestamp) -> VirtualRouter {
        guard let owner = status?.activeNode else { return self }
        let message =
            "\(silence.sentence(on: owner)), which had the addresses, and no other node has said that it has them"
        let old = status?.conditions?[RouterCondition.ready]
        var condition = Condition(
            RouterCondition.ready, false, reason: RouterCondition.activeNodeSilent, message: message,
            observedGeneration: old?.observedGeneration, at: Timestamp(seconds: now.seconds))
        condition.status = "Unknown"
        var router = self
        router.status?.conditions = status?.conditions ?? []
        router.status?.conditions?.set(condition)
        return router
    }
}
