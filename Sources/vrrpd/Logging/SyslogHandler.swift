import Glibc
import Logging
import ProgramLog

/// Sends log lines to the system log.
struct SyslogHandler: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]

    /// Lines that begin with `name`, of the facility with the given number of syslog(3), daemon without one.
    init(name: String, facility: Int?) {
        // The C library keeps the address of the name.
        openlog(strdup(name), LOG_PID, facility.map { Int32($0) << 3 } ?? LOG_DAEMON)
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let priority =
            switch event.level {
            case .trace, .debug: LOG_DEBUG
            case .info: LOG_INFO
            case .notice: LOG_NOTICE
            case .warning: LOG_WARNING
            case .error: LOG_ERR
            case .critical: LOG_CRIT
            }
        event.line(with: metadata).withCString { text in
            // The text is an argument and never the format: it may contain what came off the wire.
            withVaList([text]) { vsyslog(priority, "%s", $0) }
        }
    }
}
