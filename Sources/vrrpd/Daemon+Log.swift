import ControlProtocol
import KeepalivedCompatibility
import LinuxHost
import Logging
import VRRPEngine

extension Daemon {
    /// Logs a report, for people and for programs. What keepalived has words for is told in these alone where it is run from
    /// a keepalived.conf, for people and programs look for them there; why it is so is a detail then.
    func log(_ report: Report) {
        let words = keepalivedWords(of: report)
        switch report {
        case .transition(let router, let change, _) where words.contains(where: \.isChange):
            logger.debug("\(router): the reason is that \(change.explanation)", metadata: report.reasonFields)
        case .priorityChanged where words.contains(where: \.isChange): break
        default: logger.log(level: report.logLevel, "\(report)", metadata: report.logFields.mapValues { .string($0) })
        }
        for line in words { logger.notice("\(line.text)") }
    }

    func host(_ host: Host, decided decision: Decision) { logger.debug("\(decision)") }

    /// How many lines are logged at once where there are very many.
    private static let linesAtOnce = 256

    /// Logs the configuration as keepalived.data shows it, where that is asked for; apart from the engine's thread, since a
    /// virtual router has some 60 lines there.
    func logConfiguration(_ host: Host) {
        guard commandLine.logsConfiguration else { return }
        host.performInBackground { [daemonLog, source = dumpSource(host)] in
            guard let text = DumpFile.data.content(source) else { return }
            var isRead = true
            for (number, line) in text.split(separator: "\n").enumerated() {
                // There are more of them than the log has room for.
                if isRead, number % Self.linesAtOnce == 0 { isRead = daemonLog.flush() }
                daemonLog.logger.info("\(line)")
            }
        } then: { () in
        }
    }
}

extension Report {
    /// What a line says to programs that stands beside keepalived's words, and has the reason that these lack.
    fileprivate var reasonFields: Logger.Metadata {
        var fields = logFields
        fields["kind"] = "reason"
        return fields.mapValues { .string($0) }
    }

    /// How loud a report is: what an administrator must look at is a warning.
    fileprivate var logLevel: Logger.Level {
        switch self {
        case .transition, .priorityChanged, .leftoverRemoved, .handOver, .contestWon: .notice
        case .faults(_, let faults): faults.isEmpty ? .notice : .warning
        case .discarded, .warned, .conflict, .addressClaimed, .addressRestored, .addressRefused, .unknownRouter,
            .routingRestored,
            .routingRefused, .strayRemoved:
            .warning
        }
    }
}
