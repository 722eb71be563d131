import ControlProtocol
import KubernetesAPI
import KubernetesClient
import Logging
import NodeAgent
import Synchronization
import VIPPlanning
import VRRP
import VRRPEngine

/// Writes what the node's vrrpd does into the status of the objects, and tells moves as Events.
final class ClusterReporter: AgentReporter {
    private struct Latest {
        var view: AgentView
        var planned: [String: PlannedRouter] = [:]
        var routers: [String: VirtualRouterStatus] = [:]
        var obstacles: [String: [NodeDefinitions.Obstacle.Reason]] = [:]
        var foreignRouters = ForeignRouterWatch()
        /// The object that tells what is heard of others: the first of those that the node is active for.
        var teller: String?
    }

    private struct Past {
        var memory = RouterMemory()
        var lastWrite: ContinuousClock.Instant?
    }

    private let client: APIClient
    private let source: ClusterSource
    private let namespace: String
    private let recorder: EventRecorder
    private let logger: Logger
    private let latest: Mutex<Latest>
    private let pasts = Mutex<[String: Past]>([:])
    private let queue = WorkLoop<String>(
        WorkQueue(backoff: Backoff(initial: .milliseconds(200), maximum: .seconds(30))))

    private static let manager = FieldManager("vrrp-agent")
    /// How many objects are written at a time.
    private static let workers = 4
    /// How far apart two writes are that tell of nothing but counters.
    private static let pause = Duration.seconds(10)

    init(_ client: APIClient, source: ClusterSource, namespace: String, node: String, logger: Logger) {
        // A status that cannot be written now is decided on anew, so that there is no use in waiting for long.
        self.client = client.with(timeout: .seconds(10), retries: 0)
        self.source = source
        self.namespace = namespace
        self.logger = logger
        recorder = EventRecorder(client, source: Event.Source(component: "vrrp-agent", host: node))
        latest = Mutex(Latest(view: AgentView(node: node, status: nil, routers: [:])))
    }

    var isConnected: Bool { source.isConnected }
    var lastContact: WallTime? { source.lastContact.map { WallTime($0) } }

    func run(_ core: AgentCore) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.recorder.run() }
            group.addTask { await self.queue.run(workers: Self.workers) { await self.report($0) } }
            group.addTask {
                for await _ in await core.changes() {
                    for name in self.take(await core.view) { self.queue.add(name) }
                }
            }
        }
    }

    /// Takes what is known now; returns the names of the objects that it concerns.
    private func take(_ view: AgentView) -> Set<String> {
        var new = Latest(view: view)
        let byName = Dictionary((view.status?.virtualRouters ?? []).map { ($0.name, $0) }) { first, _ in first }
        for (definition, planned) in view.routers {
            new.planned[planned.objectName] = planned
            new.routers[planned.objectName] = byName[definition]
        }
        for obstacle in view.obstacles { new.obstacles[obstacle.router, default: []].append(obstacle.reason) }
        new.teller = new.routers.filter { $0.value.state == .active }.keys.min()
        let names = Set(new.planned.keys).union(new.obstacles.keys)
        return latest.withLock { latest in
            new.foreignRouters = latest.foreignRouters
            if let status = view.status { new.foreignRouters.take(status) }
            defer { latest = new }
            // Those that were known before may have something to take back.
            return names.union(latest.planned.keys).union(latest.obstacles.keys)
        }
    }

    private func report(_ name: String) async -> WorkQueue<String>.Outcome {
        guard let object = source[ObjectKey(namespace, name)] else {
            pasts.withLock { $0[name] = nil }
            return .success
        }
        do {
            try await tellTrouble(of: object)
            return try await tellState(of: object)
        } catch let error as ClientError where error.isNotFound {
            return .success
        } catch let error as ClientError {
            // Somebody else was faster: the next attempt knows what they wrote.
            let isNews = !error.isConflict && queue.failures(of: name) == 0
            logger.log(level: isNews ? .warning : .debug, "The status of \(object.key) is not written: \(error)")
            return .failure
        } catch {
            return .success
        }
    }

    private func tellState(of object: KubernetesAPI.VirtualRouter) async throws -> WorkQueue<String>.Outcome {
        let name = object.metadata.name
        let latest = latest.withLock(\.self)
        let (view, router) = (latest.view, latest.routers[name])
        // Before vrrpd was asked for the first time there is nothing to tell.
        guard view.status != nil || view.problem != nil else { return .success }
        var past = pasts.withLock { $0[name] } ?? Past()
        if let status = view.status { past.memory.speak(of: EngineProcess(status.daemon, at: status.time)) }
        let report = RouterReport(
            object: object, node: view.node, router: router,
            time: view.status.map { Timestamp($0.time) } ?? .now, silence: view.status == nil ? view.problem : nil,
            generation: view.generations[name], obstacles: latest.obstacles[name] ?? [],
            foreignRouterIDs: latest.teller == name ? latest.foreignRouters.identifiers : nil)
        let outcome = report.outcome(&past.memory)
        pasts.withLock { [past] in $0[name] = past }
        switch outcome {
        case .nothing: return .success
        case .contested(let other):
            if past.memory.isContested(at: report.time) {
                recorder.record(
                    object, isWarning: true, reason: "TwoActiveNodes",
                    message: "\(view.node) is active as well, although \(other) says that it is")
            }
            return .success
        case .write(let new, let isMove):
            if let last = past.lastWrite, !isMove, new.conditions == object.status?.conditions,
                new.observedGeneration == object.status?.observedGeneration
            {
                let left = ContinuousClock.now.duration(to: last + Self.pause)
                if left > .zero { return .again(after: left) }
            }
            let patch = RouterStatusPatch(new, of: object, onlyOfVersion: true)
            try await client.applyStatus(of: patch, in: RouterStatusPatch.inside(namespace), as: Self.manager)
            past.memory.wrote()
            past.lastWrite = .now
            pasts.withLock { [past] in $0[name] = past }
            if isMove { tellMove(of: object, to: view.node, because: router?.reason) }
            return .success
        }
    }

    private func tellTrouble(of object: KubernetesAPI.VirtualRouter) async throws {
        let name = object.metadata.name
        let latest = latest.withLock(\.self)
        let (view, router) = (latest.view, latest.routers[name])
        let absence = NodeTrouble.absence(of: router, latest.planned[name], on: object, of: view.node)
        let obstacles = (latest.obstacles[name] ?? []) + [absence].compactMap(\.self)
        let isActive = view.status.map { _ in router?.state == .active }
        guard
            let conditions = NodeTrouble.conditions(on: object, of: view.node, isActive: isActive, obstacles, at: .now)
        else { return }
        var status = KubernetesAPI.VirtualRouter.Status()
        status.conditions = conditions.isEmpty ? nil : conditions
        let patch = RouterStatusPatch(status, of: object, onlyOfVersion: false)
        try await client.applyStatus(
            of: patch, in: RouterStatusPatch.inside(namespace), as: NodeTrouble.manager(of: view.node))
    }

    /// Tells a move on the router; on its Service, which may be in any namespace, the operator tells it.
    private func tellMove(of object: KubernetesAPI.VirtualRouter, to node: String, because reason: TransitionReason?) {
        let before = object.status?.activeNode.map { $0 == node ? ", again" : ", before on \($0)" } ?? ""
        let why = reason.map { ": \($0.explanation)" } ?? ""
        let message = "\(object.spec.addresses.joined(separator: ", ")) on \(node) now\(before)\(why)"
        recorder.record(object, reason: "AddressMoved", message: message)
    }
}

extension Timestamp {
    /// The time of vrrpd's clock, which is the node's.
    init(_ time: WallTime) { self.init(microseconds: time.millisecondsSinceEpoch * 1000) }
}

extension WallTime {
    /// The time that the API client tells.
    init(_ time: Timestamp) { self.init(millisecondsSinceEpoch: time.microseconds / 1000) }
}
