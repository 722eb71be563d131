import ControlProtocol
import KeepalivedCompatibility
import LinuxHost
import Logging
import VRRPEngine

extension Daemon {
    /// Logs a report, and beside it what keepalived would say, which people and programs look for.
    func log(_ report: Report) {
        logger.log(level: report.logLevel, "\(report)", metadata: report.logFields.mapValues { .string($0) })
        logKeepalivedWords(of: report)
    }

    /// Logs the configuration as keepalived.data shows it, where that is asked for.
    func logConfiguration(_ host: Host) {
        guard commandLine.logsConfiguration, let text = DumpFile.data.content(dumpSource(host)) else { return }
        for line in text.split(separator: "\n") { logger.info("\(line)") }
    }
}

extension Report {
    /// How loud a report is: what an administrator must look at is a warning.
    fileprivate var logLevel: Logger.Level {
        switch self {
        case .transition, .priorityChanged, .leftoverRemoved, .handOver, .contestWon: .notice
        case .faults(_, let faults): faults.isEmpty ? .notice : .warning
        case .discarded, .warned, .conflict, .addressClaimed, .addressRestored, .addressRefused, .unknownRouter,
            .routingRestored,
            .routingRefused:
            .warning
        }
    }
}
