import Glibc
import LinuxHost
import Logging
import ProgramLog

/// Where the lines of the daemon's log go.
enum LogOutlet: Sendable {
    /// To standard error.
    case standardError
    /// To the system log, which ``SystemLog`` has opened.
    case systemLog

    /// The line of what a logger was told just now.
    ///
    /// - Parameter inherited: the metadata of the logger.
    func line(of event: LogEvent, with inherited: Logger.Metadata) -> LogQueue.Line {
        let text =
            switch self {
            case .standardError: StandardErrorLogHandler.Form.console.line(of: event, with: inherited)
            case .systemLog: event.line(with: inherited)
            }
        return LogQueue.Line(priority: SystemLog.priority(of: event.level), text: text)
    }

    /// The line that tells of lost ones.
    func line(ofLoss count: Int) -> LogQueue.Line {
        let lines = count == 1 ? "1 line was lost" : "\(count) lines were lost"
        let event = LogEvent(
            level: .warning, message: "\(lines), because the log was not read", metadata: nil, source: nil,
            file: #fileID, function: #function, line: #line)
        return line(of: event, with: [:])
    }

    /// Writes a line, and waits for as long as nobody takes it.
    func write(_ line: LogQueue.Line) {
        switch self {
        case .standardError: StandardError.write(line.text)
        case .systemLog: SystemLog.write(line.text, priority: line.priority)
        }
    }
}
