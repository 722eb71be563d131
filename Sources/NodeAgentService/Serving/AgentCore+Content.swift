import ControlProtocol
import EngineMetrics
import NodeAgent
import StatusServer
import Telemetry
import VRRP
import VRRPEngine

extension AgentCore {
    /// How old the state of vrrpd may be that metrics are made of.
    private static let freshness = Duration.milliseconds(500)
    /// How long vrrpd may be silent before the node is not ready.
    private static let patience = Duration.seconds(15)

    /// How long the agent may be busy with one thing.
    private static let longestTurn = Duration.seconds(90)

    /// What the server serves.
    ///
    /// - Parameter connection: says how it is about the API server; nil for an agent without one.
    nonisolated func content(
        connection: (@Sendable () -> ControlPlaneReport.Connection)?
    ) -> StatusServer.Content {
        StatusServer.Content(
            metrics: { [self] in await metrics(connection?()) }, health: { [self] in await health() },
            readiness: { [self] in await readiness() }, page: feed)
    }

    private func metrics(_ connection: ControlPlaneReport.Connection?) async -> [MetricFamily] {
        let age = engine.statusTime.map { $0.duration(to: .now) }
        // One that is known not to answer is asked again by others, so that nobody who wants metrics waits for it.
        if engine.problem == nil, age.map({ $0 > Self.freshness }) ?? true { await refresh() }
        let report = EngineReport(
            status: engine.current, controlPlane: ControlPlaneReport(connection: connection))
        return EngineMetrics.families(of: report) + families
    }

    /// Whether the loop that all depends on still turns; a reload may hold it up for a minute.
    private func health() -> HealthReport {
        let age = lastTurn.duration(to: .now)
        guard age > Self.longestTurn else { return .healthy }
        return HealthReport(reasons: ["nothing was worked off for \(age)"])
    }

    private func readiness() -> HealthReport {
        var reasons: [String] = []
        if !engine.isReachable || engine.problem != nil {
            reasons.append("vrrpd does not answer: \(engine.problem ?? "it was not reached yet")")
        } else if let time = engine.statusTime, time.duration(to: .now) > Self.patience {
            reasons.append("vrrpd has not told its state for \(Self.patience)")
        }
        if let late = engine.lateness.problem(at: .now) { reasons.append(late) }
        if let error = engine.status?.daemon.lastLoad.error {
            reasons.append("vrrpd has refused definitions: \(error)")
        }
        guard let written = definitions.written else { return HealthReport(reasons: reasons + ["no definitions yet"]) }
        if engine.isReachable, let generation = engine.generation, generation != written.generation {
            reasons.append("vrrpd works by generation \(generation) of the definitions, not by \(written.generation)")
        }
        if let fileProblem { reasons.append("the definitions cannot be written: \(fileProblem)") }
        return HealthReport(reasons: reasons)
    }

    private var families: [MetricFamily] {
        AgentFamilies(
            generation: definitions.written?.generation ?? 0,
            virtualRouters: definitions.written?.virtualRouters.count ?? 0, counts: counts,
            obstacles: definitions.obstacles, endpoints: prober.findings, insight: insight()
        ).families
    }

    /// What the page shows.
    var snapshot: PageSnapshot {
        guard let status = engine.status else {
            var empty = PageSnapshot.empty(node: options.node)
            empty.warnings = warnings
            return empty
        }
        let book = definitions
        var snapshot = PageSnapshot(scope: .node(options.node), time: PageTime(status.time), version: programVersion)
        snapshot.warnings = warnings
        snapshot.transitions = history.transitions
        snapshot.virtualRouters = status.virtualRouters.map { router in
            PageVirtualRouter(
                router, of: book.routers[router.name], on: options.node, isDrained: status.isDrained, at: status.time)
        }
        snapshot.nodes = [PageNode(status, of: book.routers, on: options.node, problem: engine.problem)]
        return snapshot
    }

    private var warnings: [PageWarning] {
        NodeWarnings(
            node: options.node, status: engine.status, planned: definitions.routers, engineProblem: engine.problem,
            refusal: refusal?.problem, fileProblem: fileProblem, lateness: engine.lateness.problem(at: .now),
            conflicts: engine.conflicts, obstacles: definitions.obstacles, sourceTroubles: sourceTroubles
        ).all
    }
}

extension PageSnapshot {
    /// A node of which nothing is known yet.
    static func empty(node: String) -> Self {
        Self(scope: .node(node), time: PageTime(millisecondsSinceEpoch: 0), version: programVersion)
    }
}
