import GroupOperator
import KubernetesAPI
import KubernetesClient
import Logging
import Synchronization
import VIPPlanning

/// Removes the ConfigMaps with keepalived.conf and password that keepalived-operator has left behind for its groups.
final class LeftConfigMaps: Sendable {
    private let client: APIClient
    private let logger: Logger
    /// Groups of which none is left, by their `uid`.
    private let clean = Mutex(Set<String>())

    init(_ client: APIClient, logger: Logger) {
        self.client = client
        self.logger = logger
    }

    /// Removes the ConfigMap of a group whose pods do not need it any more; only one that belongs to the group.
    func remove(of group: KeepalivedGroup) async throws {
        guard let uid = group.metadata.uid, !clean.withLock({ $0.contains(uid) }) else { return }
        let collection = ConfigMap.inside(group.metadata.namespace)
        if let map = try await client.find(group.metadata.name, in: collection), map.metadata.isOfGroup {
            try await client.delete(group.metadata.name, from: collection, uid: map.metadata.uid)
            logger.notice("deleted ConfigMap \(map.key), which had the keepalived.conf of the group")
        }
        clean.withLock { _ = $0.insert(uid) }
    }
}
