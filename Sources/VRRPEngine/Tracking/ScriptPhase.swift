/// What the program of a tracked script does at a moment; the order is that of keepalived's numbers.
public enum ScriptPhase: UInt8, Hashable, Sendable, CaseIterable {
    /// It does not run.
    case idle
    /// It runs.
    case running
    /// It took too long and was asked to end.
    case terminating
    /// It did not end when it was asked to.
    case killing
}
