import KeepalivedCompatibility
import LinuxHost
import Logging
import VRRPEngine

extension Daemon {
    /// Logs a report: in keepalived's words, which people and programs look for, where the program is called so.
    func log(_ report: Report) {
        guard calledBy == .keepalived, let line = report.keepalivedLine else {
            logger.log(level: report.logLevel, "\(report)")
            return
        }
        logger.log(level: report.logLevel, "\(line)")
        // What keeps a router out has to be known, and keepalived's words do not tell it.
        if case .faults = report { logger.warning("\(report)") } else { logger.debug("\(report)") }
    }

    /// Logs what became of a script, in keepalived's words likewise.
    func log(_ verdict: ScriptVerdict) {
        let outcome = verdict.isGood ? "succeeded" : "failed (\(verdict.reason))"
        let line = calledBy == .keepalived ? "VRRP_Script(\(verdict.script)) \(outcome)" : "\(verdict)"
        logger.log(level: verdict.isGood ? .notice : .warning, "\(line)")
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
        case .transition, .priorityChanged, .leftoverRemoved, .handOver: .notice
        case .faults(_, let faults): faults.isEmpty ? .notice : .warning
        case .discarded, .warned, .conflict, .addressRestored, .addressRefused: .warning
        }
    }
}
