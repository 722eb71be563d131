import Glibc
import Logging

/// Writes log lines to standard error in the form of keepalived's console: `Sun Nov 22 18:34:31 2026: text`.
struct ConsoleLogHandler: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let severity =
            switch event.level {
            case .warning: "warning: "
            case .error, .critical: "error: "
            case .trace, .debug, .info, .notice: ""
            }
        writeLine("\(Self.localTime()): \(severity)\(event.line(with: metadata))")
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

/// Writes one line to standard error in one system call, so that lines of several processes do not mix.
func writeLine(_ text: String) {
    var octets = Array(text.utf8)
    octets.append(UInt8(ascii: "\n"))
    // A log that cannot be written is no reason to stop routing.
    _ = octets.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
