import VRRP
import VRRPEngine

/// The course of one script: when it is started and ended, and what its results mean. A value without clock or I/O.
struct ScriptCourse {
    /// What is to be done now.
    enum Action: Equatable {
        /// Start the program, and say how it ended.
        case start
        /// Ask its process group to end; the run has failed.
        case terminate
        /// End its process group.
        case kill
    }

    /// How long a process group may take to end when it is asked to.
    static let grace = Nanoseconds.seconds(2)
    /// How often a process group is killed that does not go, as one that waits for a disk.
    static let repetition = Nanoseconds.seconds(10)

    private enum Phase {
        case waiting
        case running(until: Instant)
        case ending(killAt: Instant, isKilled: Bool)
    }

    /// The script.
    let script: RunnableScript
    private var counter: CheckCounter
    /// Whether the state of the script was told, which it needs not where it starts as failed.
    private var isSettled: Bool
    private var phase = Phase.waiting
    private var nextStart: Instant

    /// A script that is first run at `start`.
    init(_ script: RunnableScript, firstStart start: Instant) {
        let definition = script.definition
        self.script = script
        counter = CheckCounter(rise: definition.rise, fall: definition.fall, startsFailed: definition.startsFailed)
        isSettled = definition.startsFailed
        nextStart = start
    }

    /// When ``advance(to:)`` has something to do.
    var deadline: Instant {
        switch phase {
        case .waiting: nextStart
        case .running(let limit): limit
        case .ending(let killAt, _): killAt
        }
    }

    /// Whether the process group was asked to end.
    var isEnding: Bool {
        if case .ending = phase { true } else { false }
    }

    /// How far it is.
    var progress: ScriptProgress {
        let phase: ScriptPhase =
            switch phase {
            case .waiting: .idle
            case .running: .running
            case .ending(_, let isKilled): isKilled ? .killing : .terminating
            }
        return ScriptProgress(phase: phase, level: counter.level)
    }

    /// What is due at `now`; nil where nothing is.
    ///
    /// A start is due only when the run before has ended: starts that were missed are left out, and the others keep to
    /// the grid that the first one began.
    mutating func advance(to now: Instant) -> Action? {
        guard deadline <= now else { return nil }
        switch phase {
        case .waiting:
            phase = .running(until: now + script.definition.timeout)
            skipStarts(until: now)
            return .start
        case .running:
            phase = .ending(killAt: now + Self.grace, isKilled: false)
            return .terminate
        case .ending:
            phase = .ending(killAt: now + Self.repetition, isKilled: true)
            return .kill
        }
    }

    /// Takes in that the run took too long, which its end does not change any more.
    mutating func timedOut() -> ScriptVerdict? { judge(.timedOut(after: script.definition.timeout)) }

    /// Takes the end of a run in.
    mutating func ended(_ outcome: ScriptOutcome, at now: Instant) -> ScriptVerdict? {
        defer { phase = .waiting }
        if nextStart <= now { skipStarts(until: now) }
        guard case .running = phase else { return nil }
        return judge(outcome)
    }

    /// Asks a run to end whose result does not matter any more; nil where none is under way.
    mutating func cancel(at now: Instant) -> Action? {
        guard case .running = phase else { return nil }
        phase = .ending(killAt: now + Self.grace, isKilled: false)
        return .terminate
    }

    private mutating func skipStarts(until now: Instant) {
        let interval = max(1, script.definition.interval.rawValue)
        nextStart = nextStart + Nanoseconds(((now - nextStart).rawValue / interval + 1) * interval)
    }

    private mutating func judge(_ outcome: ScriptOutcome) -> ScriptVerdict? {
        let wasGood = counter.isGood
        counter.note(success: outcome.isSuccess)
        defer { isSettled = true }
        guard counter.isGood != wasGood || !isSettled else { return nil }
        return ScriptVerdict(
            script: script.definition.name, isGood: counter.isGood, cause: outcome.cause, reason: outcome.description)
    }
}
