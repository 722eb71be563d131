import VRRPEngine

extension ValueFormat<LogLevel> {
    /// A level by its name.
    static var logLevel: Self { ValueFormat(allowed: LogLevel.allowed) { LogLevel(rawValue: $0) } }
}
