public import KubernetesAPI

/// Why the cluster cannot say what a node does.
public enum NodeSilence: Hashable, Sendable {
    /// It has no such node.
    case gone
    /// The kubelet has said nothing, or that the node is not ready, since then.
    case notReady(since: Timestamp)

    /// One sentence without a full stop.
    public func sentence(on node: String) -> String {
        switch self {
        case .gone: "there is no node \(node) any more"
        case .notReady(let since): "node \(node) has not been ready since \(since)"
        }
    }
}

extension KubernetesAPI.Node {
    /// How long a node has to be not ready before it counts as silent, in seconds. That it cannot be heard the cluster says
    /// only after 40 s or so anyway; a kubelet that starts anew is back before.
    private static let patience: Int64 = 20

    /// When the node counts as silent, if it does not become ready before; nil where it is ready, or has never said.
    public var silenceBeginning: Timestamp? { notReadySince.map { $0 + .seconds(Self.patience) } }

    /// Why the cluster cannot say what the node does; nil where it can.
    public func silence(at now: Timestamp) -> NodeSilence? {
        guard let since = notReadySince, let beginning = silenceBeginning, now >= beginning else { return nil }
        return .notReady(since: since)
    }

    private var notReadySince: Timestamp? {
        status?.conditions?.first { $0.type == "Ready" && $0.status != "True" }?.lastTransitionTime
    }
}
