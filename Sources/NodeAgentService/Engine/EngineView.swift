import ControlProtocol
import NodeAgent

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
    /// Whether there is a connection to vrrpd; one that hangs keeps it and says nothing.
    private(set) var isReachable = false
    /// Why it does not answer; nil before the first attempt, and while it does.
    private(set) var problem: String?

    /// What vrrpd says at present; nil while it does not answer.
    var current: NodeStatus? { isReachable && problem == nil ? status : nil }

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
    }

    /// A question has got no answer.
    mutating func fellSilent(_ problem: String) { self.problem = problem }

    mutating func lost(_ problem: String) {
        isReachable = false
        self.problem = problem
    }
}
