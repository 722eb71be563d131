public import Telemetry

/// What a source knows beside virtual routers, for those who look at metrics.
public struct SourceInsight: Sendable, Equatable {
    /// How much it matters what the writers of what the source reads should know.
    public enum Severity: String, Sendable, CaseIterable {
        /// What somebody has written has no effect.
        case error
        /// The effect may not be what was meant.
        case warning
    }

    /// How many findings there are of each severity; none where it is not named.
    public var findings: [Severity: Int] = [:]
    /// The identifiers that the groups have left.
    public var headroom: [RouterIDHeadroom] = []
}
