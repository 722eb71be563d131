import ControlProtocol
import Glibc
public import Logging

/// Writes log lines to standard error.
public struct StandardErrorLogHandler: LogHandler {
    /// What a line looks like.
    public enum Form: Sendable {
        /// As on keepalived's console, with what the line says to programs behind it:
        /// `Sun Nov 22 18:34:31 2026: text key=value`.
        case console
        /// As a ``JSONLogLine``.
        case json
    }

    private let form: Form
    /// From which level on lines are written.
    public var logLevel: Logger.Level = .info
    /// What every line says to programs.
    public var metadata: Logger.Metadata = [:]

    /// A handler whose lines look so.
    public init(_ form: Form) { self.form = form }

    /// One value of ``metadata``.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes a line.
    public func log(event: LogEvent) {
        switch form {
        case .console: StandardError.writeLine("\(Self.localTime()): \(event.severity)\(event.line(with: metadata))")
        case .json: StandardError.writeLine("\(JSONLogLine(event, metadata, time: WallTime.now))")
        }
    }

    private static func localTime() -> String {
        var now = time(nil)
        var parts = tm()
        localtime_r(&now, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            // The same order as ctime(3), in the C locale whatever the environment says.
            let length = strftime(start, buffer.count, "%a %b %e %H:%M:%S %Y", &parts)
            return length > 0 ? String(cString: start) : ""
        }
    }
}

extension LogEvent {
    /// How grave it is, in front of the text; nothing for what is as it should be.
    fileprivate var severity: String {
        switch level {
        case .warning: "warning: "
        case .error, .critical: "error: "
        case .trace, .debug, .info, .notice: ""
        }
    }
}
