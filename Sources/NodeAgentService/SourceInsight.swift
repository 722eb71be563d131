public import Telemetry

/// What a source knows beside virtual routers, for those who look at metrics and at the page.
public struct SourceInsight: Sendable, Equatable {
    /// Something that the writers of what the source reads should know.
    public struct Finding: Sendable, Hashable {
        /// How much it matters.
        public enum Severity: String, Sendable, CaseIterable {
            /// What somebody has written has no effect.
            case error
            /// The effect may not be what was meant.
            case warning
        }

        /// How much it matters.
        public var severity: Severity
        /// A sentence without a full stop, with its place in front.
        public var text: String
    }

    /// What was found, the worst first.
    public var findings: [Finding] = []
    /// The identifiers that the groups have left.
    public var headroom: [RouterIDHeadroom] = []
}
