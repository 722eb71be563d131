import JSONDocument
import KubernetesAPI

/// How far the cluster is with the pods of a group, as the status of their DaemonSet tells it.
struct NodePodsProgress: Hashable {
    /// On how many nodes there should be a pod.
    let wanted: Int64
    /// On how many nodes a pod is ready.
    let ready: Int64
    /// On how many nodes the pod is of the present template.
    let updated: Int64

    /// Nil where the cluster has not said anything of the DaemonSet as it is now.
    init?(of pods: DynamicObject) {
        func count(_ path: [String]) -> Int64? {
            guard case .integer(let count)? = pods.value(at: path) else { return nil }
            return count
        }
        guard let wanted = count(["status", "desiredNumberScheduled"]),
            let observed = count(["status", "observedGeneration"]), observed >= count(["metadata", "generation"]) ?? 0
        else { return nil }
        self.wanted = wanted
        ready = count(["status", "numberReady"]) ?? 0
        updated = count(["status", "updatedNumberScheduled"]) ?? 0
    }
}
