import Glibc
import Logging

/// The system log, as syslog(3) reaches it.
enum SystemLog {
    /// Lets lines begin with `name`, and belong to the facility with the given number of syslog(3), daemon without one.
    static func open(name: String, facility: Int?) {
        // The C library keeps the address of the name.
        openlog(strdup(name), LOG_PID, facility.map { Int32($0) << 3 } ?? LOG_DAEMON)
    }

    /// The number of syslog(3) for a level.
    static func priority(of level: Logger.Level) -> Int32 {
        switch level {
        case .trace, .debug: LOG_DEBUG
        case .info: LOG_INFO
        case .notice: LOG_NOTICE
        case .warning: LOG_WARNING
        case .error: LOG_ERR
        case .critical: LOG_CRIT
        }
    }

    /// Sends a line, and waits for as long as the system log does not take it.
    static func write(_ text: String, priority: Int32) {
        text.withCString { text in
            // The text is an argument and never the format: it may contain what came off the wire.
            withVaList([text]) { vsyslog(priority, "%s", $0) }
        }
    }
}
