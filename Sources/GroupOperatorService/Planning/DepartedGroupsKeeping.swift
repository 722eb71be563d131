import ClusterObjects
import GroupOperator
import KubernetesAPI
import KubernetesClient
import Logging
import Synchronization
import VIPPlanning

/// Keeps the groups that were deleted in a ConfigMap beside the Lease: the identifiers that they had rest also where the
/// operator starts anew.
final class DepartedGroupsKeeping: Sendable {
    /// The key of the text in the ConfigMap.
    private static let entry = "groups"
    /// How long to wait where the API server did not take them.
    private static let patience: Duration = .seconds(10)

    private struct State {
        /// The groups that the ConfigMap has, as far as is known.
        var kept: [DepartedGroup] = []
        /// The groups that it is to have.
        var wanted: [DepartedGroup] = []
    }

    private let client: APIClient
    private let key: ObjectKey
    private let logger: Logger
    private let state = Mutex(State())
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    /// - Parameter namespace: The namespace of the Lease.
    init(_ client: APIClient, namespace: String, logger: Logger) {
        self.client = client
        self.logger = logger
        key = ObjectKey(namespace, OperatorNames.departedGroups)
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// What an earlier operator has kept; nothing where it cannot be read, for then it can only be missed.
    func recall() async -> [DepartedGroup] {
        do {
            let text = try await client.find(key.name, in: ConfigMap.inside(key.namespace))?.data?[Self.entry]
            let groups = try text.map(DepartedGroupsRecord.groups) ?? []
            state.withLock { $0.kept = groups }
            return groups
        } catch {
            logger.warning("which groups were deleted before is not known from ConfigMap \(key): \(error)")
            return []
        }
    }

    /// Has groups kept in place of those before.
    func keep(_ groups: [DepartedGroup]) {
        let isNew = state.withLock { state in
            state.wanted = groups
            return state.wanted != state.kept
        }
        if isNew { signal.yield() }
    }

    /// Writes what is to be kept until the task is cancelled.
    func run() async {
        for await _ in signals {
            let (wanted, kept) = state.withLock { ($0.wanted, $0.kept) }
            guard wanted != kept else { continue }
            var map = ConfigMap(metadata: ObjectMeta(name: key.name, namespace: key.namespace))
            map.data = [Self.entry: DepartedGroupsRecord.text(of: wanted)]
            do {
                try await client.apply(map, in: ConfigMap.inside(key.namespace), as: OperatorNames.fieldManager)
                state.withLock { $0.kept = wanted }
            } catch {
                logger.warning("which groups were deleted is not kept in ConfigMap \(key): \(error)")
                guard (try? await Task.sleep(for: Self.patience)) != nil else { return }
                signal.yield()
            }
        }
    }
}
