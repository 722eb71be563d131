import VRRP

/// How one run of a script ended. Only an exit status of 0 is a success.
enum ScriptOutcome: Hashable, Sendable {
    /// The program ended by itself.
    case exited(status: Int32)
    /// A signal ended it.
    case killed(signal: Int32)
    /// It took longer than it may.
    case timedOut(after: Nanoseconds)
    /// It was never run: the clause says why.
    case notStarted(String)

    /// The outcome that the kernel's wait status tells of.
    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .exited(status: waitStatus >> 8 & 0xff) : .killed(signal: signal)
    }

    /// Whether the check has succeeded.
    var isSuccess: Bool { self == .exited(status: 0) }

    /// The same without its details.
    var cause: ScriptVerdict.Cause {
        switch self {
        case .exited(let status): .exited(status: status)
        case .killed(let signal): .killed(signal: signal)
        case .timedOut: .timedOut
        case .notStarted: .notStarted
        }
    }
}

extension ScriptOutcome: CustomStringConvertible {
    /// The end of a sentence.
    var description: String {
        switch self {
        case .exited(let status): "it ended with status \(status)"
        case .killed(let signal): "it was ended by signal \(signal)"
        case .timedOut(let limit): "it ran for longer than \(limit.inSeconds) s"
        case .notStarted(let reason): "it could not be started: \(reason)"
        }
    }
}
