public import Logging
public import VRRPEngine

extension Logger.Level {
    /// The level that a command line names.
    public init(_ level: LogLevel) {
        self =
            switch level {
            case .debug: .debug
            case .info: .info
            case .notice: .notice
            case .warning: .warning
            case .error: .error
            }
    }
}
