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

        /// The line of what a logger was told just now, with its end.
        ///
        /// - Parameter inherited: the metadata of the logger.
        public func line(of event: LogEvent, with inherited: Logger.Metadata) -> String {
            switch self {
            case .console: "\(localTime()): \(event.severity)\(event.line(with: inherited))\n"
            case .json: "\(JSONLogLine(event, inherited, time: WallTime.now))\n"
            }
        }
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
    public func log(event: LogEvent) { StandardError.write(form.line(of: event, with: metadata)) }
}

/// The time at which it is called, in the words of ctime(3) and the time zone of the process.
private func localTime() -> String {
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
