/// From which level on lines are logged, the most of them first.
public enum LogLevel: String, Hashable, Sendable, CaseIterable {
    case debug, info, notice, warning, error
}

extension ValueFormat<LogLevel> {
    /// A level by its name.
    static var logLevel: Self {
        ValueFormat(allowed: LogLevel.allCases.map(\.rawValue).joined(separator: ", ")) { LogLevel(rawValue: $0) }
    }
}
