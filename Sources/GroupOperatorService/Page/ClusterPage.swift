import GroupOperator
import KubernetesAPI
import StatusServer
import Synchronization
import VIPPlanning

/// The page of the whole cluster: what the objects say that the operator follows anyway.
final class ClusterPage: Sendable {
    private struct State {
        var history = MoveHistory()
        /// What the cluster is now; nil while this process does not lead.
        var view: (@Sendable () -> ClusterView)?
    }

    /// The shortest time between two contents of a page that is open.
    private static let pause = Duration.seconds(1)
    /// How often is looked for what no object tells, such as an API server that is away.
    private static let interval = Duration.seconds(10)

    let source: LazyPage
    private let state: Shared

    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    /// - Parameter version: that of the program.
    init(version: String) {
        let shared = Shared()
        state = shared
        source = LazyPage(pause: Self.pause) {
            let (view, moves) = shared.state.withLock { ($0.view, $0.history.transitions) }
            guard var view = view?() else { return ClusterView.ofAnother(version: version) }
            view.transitions = moves
            view.version = version
            return view.snapshot(at: .now)
        }
    }

    /// This process leads from now on, and this is what the cluster is at each moment.
    func begin(_ view: @escaping @Sendable () -> ClusterView) {
        state.state.withLock { $0.view = view }
        source.touch()
    }

    /// This process leads no more; what it saw move it forgets, for it will not see what moves next.
    func end() {
        state.state.withLock { $0 = State() }
        source.touch()
    }

    /// Takes in that a virtual router is another one, comes or goes.
    func saw(_ change: ObjectStore<VirtualRouter>.Change) {
        if case .updated(let old, let new) = change {
            state.state.withLock { $0.history.saw(new, after: old, at: .now) }
        }
        source.touch()
    }

    /// Says that something else may show.
    func touch() { source.touch() }

    /// Looks again and again until the task is cancelled.
    func run() async {
        while (try? await Task.sleep(for: Self.interval)) != nil { source.touch() }
    }
}

/// The moves of addresses that were seen, the newest first.
struct MoveHistory: Sendable {
    private static let longest = 100

    private(set) var transitions: [PageTransition] = []

    /// Takes in what became of a router.
    mutating func saw(_ router: VirtualRouter, after old: VirtualRouter, at now: PageTime) {
        let (owner, former) = (router.status?.activeNode, old.status?.activeNode)
        guard owner != former else { return }
        let since = owner == nil ? nil : router.status?.activeSince.map { PageTime($0) }
        let reason =
            owner == nil ? router.status?.conditions?["Ready"]?.message ?? "" : "Service \(router.serviceName)"
        let transition = PageTransition(
            time: since ?? now, virtualRouter: router.spec.addresses.joined(separator: ", "), from: former ?? "",
            to: owner ?? "", reason: reason)
        transitions.insert(transition, at: 0)
        if transitions.count > Self.longest { transitions.removeLast() }
    }
}

extension VirtualRouter {
    /// The Service, `namespace/name`.
    var serviceName: String { "\(spec.service.namespace)/\(spec.service.name)" }
}

extension PageTime {
    init(_ time: Timestamp) { self.init(millisecondsSinceEpoch: time.microseconds / 1000) }
}
