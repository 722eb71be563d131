import ControlProtocol
import NodeAgent

/// What the agent knows of vrrpd.
struct EngineView: Sendable {
    /// What vrrpd said last.
    private(set) var status: NodeStatus?
    /// When that was.
    private(set) var statusTime: ContinuousClock.Instant?
    /// The generation of the definitions in force.
    var generation: Int64?
    /// Whether it was late lately.
    private(set) var lateness = LatenessWatch()
    /// Whether vrrpd answers.
    private(set) var isReachable = false
    /// Why it does not answer; nil before the first attempt, and while it does.
    private(set) var problem: String?

    mutating func connected(_ status: NodeStatus) {
        isReachable = true
        problem = nil
        answered(status)
    }

    mutating func answered(_ status: NodeStatus) {
        self.status = status
        statusTime = .now
        lateness.take(status, at: .now)
        generation = status.generation
    }

    mutating func lost(_ problem: String) {
        isReachable = false
        self.problem = problem
    }
}
