import ClusterObjects
import GroupOperator
import KubernetesAPI
import KubernetesClient
import Synchronization
import VIPPlanning

/// Has groups looked at where nobody has the addresses of one of their routers, or somebody has them again, and where the cluster
/// does not hear of a node that has some.
///
/// A new router gets its owner within a moment, and addresses move from one owner to the next: none of that is looked at, and
/// of what is, all that comes within a while is one look.
final class VacancyWatch: Sendable {
    private struct State {
        /// Routers that nobody has yet, their groups, and when somebody should have.
        var young: [ObjectKey: (group: ObjectName, beginning: Timestamp)] = [:]
        /// Groups to look at.
        var groups: Set<ObjectName> = []
        /// Nodes that are not ready or gone, and when they count as silent.
        var nodes: [String: Timestamp] = [:]
    }

    /// The time between two looks.
    private static let interval = Duration.seconds(2)

    private let state = Mutex(State())

    /// Takes in what becomes of a router.
    func saw(_ change: ObjectStore<VirtualRouter>.Change, at now: Timestamp = .now) {
        switch change {
        case .added(let router): saw(router, after: nil, at: now)
        case .updated(let old, let new): saw(new, after: old, at: now)
        case .deleted(let router): saw(nil, after: router, at: now)
        case .unreadable, .forgotten: break
        }
    }

    private func saw(_ new: VirtualRouter?, after old: VirtualRouter?, at now: Timestamp) {
        guard let router = new ?? old, let group = router.metadata.group else { return }
        let isOther = old?.vacancy(at: now) != new?.vacancy(at: now)
        let beginning = new.flatMap { $0.isHeld ? nil : $0.beginning }
        state.withLock { state in
            if isOther { state.groups.insert(group) }
            state.young[router.key] = beginning.flatMap { $0 > now ? (group, $0) : nil }
        }
    }

    /// Takes in what becomes of a node.
    func saw(_ change: ObjectStore<KubernetesAPI.Node>.Change, at now: Timestamp = .now) {
        switch change {
        case .added(let node): saw(node, after: nil)
        case .updated(let old, let new): saw(new, after: old)
        case .deleted(let node): state.withLock { $0.nodes[node.metadata.name] = now }
        case .unreadable, .forgotten: break
        }
    }

    private func saw(_ node: KubernetesAPI.Node, after old: KubernetesAPI.Node?) {
        let beginning = node.silenceBeginning
        guard old == nil || old?.silenceBeginning != beginning else { return }
        state.withLock { $0.nodes[node.metadata.name] = beginning }
    }

    /// The groups to look at now; each once.
    ///
    /// - Parameter groups: Those that have routers that a node is active for.
    func take(at now: Timestamp, ownedBy groups: (String) -> Set<ObjectName>) -> Set<ObjectName> {
        let (found, silent) = state.withLock { state in
            for (key, router) in state.young where router.beginning <= now {
                state.young[key] = nil
                state.groups.insert(router.group)
            }
            let silent = state.nodes.filter { $0.value <= now }.keys
            for node in silent { state.nodes[node] = nil }
            defer { state.groups = [] }
            return (state.groups, Array(silent))
        }
        return silent.reduce(into: found) { $0.formUnion(groups($1)) }
    }

    /// Has groups looked at until the task is cancelled.
    func run(_ loop: WorkLoop<ObjectName>, _ copies: ClusterCopies) async {
        while (try? await Task.sleep(for: Self.interval)) != nil {
            take(at: .now, ownedBy: copies.groups(ownedBy:)).forEach(loop.add)
        }
    }
}
