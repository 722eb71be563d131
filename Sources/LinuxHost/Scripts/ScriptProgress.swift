public import VRRPEngine

/// How far a script is at one moment.
public struct ScriptProgress: Hashable, Sendable {
    /// What its program does.
    public var phase: ScriptPhase
    /// What its results come to: ``CheckCounter/level``.
    public var level: Int
}
