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
        func count(_ value: JSONValue?) -> Int64? {
            if case .integer(let count)? = value { count } else { nil }
        }
        guard let wanted = count(pods["status", "desiredNumberScheduled"]),
            let observed = count(pods["status", "observedGeneration"]),
            observed >= count(pods["metadata", "generation"]) ?? 0
        else { return nil }
        self.wanted = wanted
        ready = count(pods["status", "numberReady"]) ?? 0
        updated = count(pods["status", "updatedNumberScheduled"]) ?? 0
    }
}
