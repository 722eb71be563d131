public import KubernetesAPI
public import VIPPlanning
import VRRP

extension VIPPlanning.Node {
    /// The label of nodes that no load balancer outside of the cluster may send traffic to.
    private static let excludedLabel = "node.kubernetes.io/exclude-from-external-load-balancers"
    /// The taint of nodes that the autoscaler is about to remove.
    private static let doomedTaint = "ToBeDeletedByClusterAutoscaler"
    /// The taint of nodes that a person has found to be dead, or about to be.
    private static let outOfServiceTaint = "node.kubernetes.io/out-of-service"
    /// The beginning of taints that the cluster itself sets and clears as nodes come and go. The routers see for
    /// themselves who is there; to rank the nodes anew each time would only move addresses.
    private static let passingTaints = "node.kubernetes.io/"

    /// What matters of a node.
    public init(_ object: KubernetesAPI.Node) {
        let spec = object.spec
        let addresses = object.status?.addresses ?? []
        let inOrder = ["InternalIP", "ExternalIP"].flatMap { type in addresses.filter { $0.type == type } }
        let isTainted =
            spec?.taints?.contains { taint in
                taint.key == Self.doomedTaint || taint.key == Self.outOfServiceTaint
                    || taint.effect == "NoExecute" && !taint.key.hasPrefix(Self.passingTaints)
            } ?? false
        self.init(
            object.metadata.name, labels: object.metadata.labels,
            addresses: inOrder.compactMap { IPAddress($0.address) },
            isAvoided: spec?.unschedulable == true || isTainted || object.metadata.labels[Self.excludedLabel] != nil)
    }
}
