/// How far a script is at one moment.
public struct ScriptProgress: Hashable, Sendable {
    /// What its program does.
    public enum Phase: UInt8, Sendable {
        /// It does not run.
        case idle
        /// It runs.
        case running
        /// It took too long and was asked to end.
        case terminating
        /// It did not end when it was asked to.
        case killing
    }

    /// What its program does.
    public var phase: Phase
    /// What its results come to: ``CheckCounter/level``.
    public var level: Int
}
