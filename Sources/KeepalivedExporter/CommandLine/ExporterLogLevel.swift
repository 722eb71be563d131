/// From which level on the exporter logs lines, the most of them first.
public enum ExporterLogLevel: String, Sendable, CaseIterable {
    case debug, info, notice, warning, error

    /// The levels as the end of a sentence.
    static let allowed = allCases.map(\.rawValue).joined(separator: ", ")
}
