/// Whether something is as it should be; where not, why.
public struct HealthReport: Sendable, Equatable {
    /// What is wrong, a sentence each without a full stop; nothing where all is well.
    public var reasons: [String]

    /// Whether all is well.
    public var isHealthy: Bool { reasons.isEmpty }

    /// Nothing is wrong.
    public static let healthy = HealthReport(reasons: [])

    /// A report of what is wrong.
    public init(reasons: [String]) { self.reasons = reasons }
}

extension HealthReport {
    /// `ok`, or each reason on a line of its own, whatever characters it has.
    var text: String {
        guard !isHealthy else { return "ok\n" }
        return reasons.map { reason in
            reason.unicodeScalars.reduce(into: "") { line, scalar in
                line.unicodeScalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
            } + "\n"
        }.joined()
    }
}
