import ControlProtocol
import NodeAgent
import VRRP

/// What the agent knows of vrrpd.
struct EngineView: Sendable {
    /// What vrrpd said last.
    private(set) var status: NodeStatus?
    /// When that was.
    private(set) var statusTime: ContinuousClock.Instant?
    /// The process that said it.
    private(set) var process: EngineProcess?
    /// The generation of the definitions in force.
    var generation: Int64?
    /// Whether it was late lately.
    private(set) var lateness = LatenessWatch()
    /// Whether others use identifiers or addresses of its routers, by the names of these.
    private var conflictWatches: [String: ConflictWatch] = [:]
    /// Whether there is a connection to vrrpd; one that hangs keeps it and says nothing.
    private(set) var isReachable = false
    /// Why it does not answer; nil before the first attempt, and while it does.
    private(set) var problem: String?

    /// What vrrpd says at present; nil while it does not answer.
    var current: NodeStatus? { isReachable && problem == nil ? status : nil }

    /// Who else uses the identifier or an address of a router, by its name.
    var conflicts: [String: ConflictWatch.Conflict] {
        guard let now = status?.time else { return [:] }
        return conflictWatches.compactMapValues { $0.conflict(at: now) }
    }

    /// Whether a status is older than what is known of the same process: several ask at a time, and answers may overtake.
    func isOutdated(_ status: NodeStatus) -> Bool {
        guard let last = self.status, process == EngineProcess(status.daemon, at: status.time) else { return false }
        return status.daemon.uptime < last.daemon.uptime
    }

    mutating func connected(_ status: NodeStatus) {
        isReachable = true
        answered(status)
    }

    mutating func answered(_ status: NodeStatus) {
        self.status = status
        statusTime = .now
        lateness.take(status, at: .now)
        process = EngineProcess(status.daemon, at: status.time)
        generation = status.generation
        problem = nil
        let before = conflictWatches
        conflictWatches = [:]
        for router in status.virtualRouters {
            conflictWatches[router.name] = before[router.name] ?? ConflictWatch()
            conflictWatches[router.name]?.take(router, of: process, at: status.time)
        }
    }

    /// A question has got no answer.
    mutating func fellSilent(_ problem: String) { self.problem = problem }

    mutating func lost(_ problem: String) {
        isReachable = false
        self.problem = problem
    }
}
