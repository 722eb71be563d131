import KeepalivedCompatibility
import LinuxHost
import Logging
import VRRP
import VRRPEngine

extension Daemon {
    func host(_ host: Host, carriedOut report: Report) {
        deliver(notifications?.planner.take(report), host)
    }

    func hostShutsDown(_ host: Host) {
        notifications?.planner.beginStop()
        keepalivedWords?.beginStop()
    }

    func hostHasShutDown(_ host: Host) {
        guard host.deliversNotices else { return }
        deliver(notifications?.planner.finishStop(), host)
        let last = notifications?.loaded.definitions.shutdown
        let command = last.flatMap { notifications?.loaded.runnable($0.command) }
        host.finishNotices(command, timeout: last?.timeout ?? .seconds(1))
    }

    /// Hands what is due to the process that delivers it.
    func deliver(_ notices: [Notice]?, _ host: Host) {
        guard let notices, !notices.isEmpty, let loaded = notifications?.loaded else { return }
        host.deliver(
            notices.compactMap { notice in
                let outgoing = loaded.outgoing(notice)
                if outgoing == nil { logger.error("\(notice.sentenceOfFailure)") }
                return outgoing
            })
    }

    /// Runs the script of the start, and opens what notices go to.
    func openNotifications(_ host: Host) {
        guard let loaded = notifications?.loaded else { return }
        if let first = loaded.definitions.startup, let command = loaded.runnable(first.command) {
            logger.notice("Running the startup script")
            let outcome = host.perform(command, timeout: first.timeout) ?? "it did not end in time"
            logger.notice("The startup script has ended: \(outcome)")
        }
        host.route(loaded.routes)
    }

    /// What a result of a script means for those who are told, before the engine hears of it.
    func notify(of verdict: ScriptVerdict, _ host: Host) {
        let name = ScriptDefinition.trackedName(verdict.script)
        deliver(notifications?.planner.take(resultOf: name, isGood: verdict.isGood), host)
        guard keepalivedWords != nil else { return }
        logger.notice("\(verdict.keepalivedWords)")
        log(keepalivedWords?.take(resultOf: name, isGood: verdict.isGood))
    }

    /// What keepalived would say about a report, where this is run from a keepalived.conf.
    func keepalivedWords(of report: Report) -> [KeepalivedLine] {
        guard keepalivedWords != nil else { return [] }
        let links = links.logLines(of: report).map { KeepalivedLine(text: $0, isChange: false) }
        return links
            + (keepalivedWords?.take(report) ?? []).compactMap { occurrence in
                occurrence.logLine.map { KeepalivedLine(text: $0, isChange: occurrence.isChangeOfInstance) }
            }
    }

    func log(_ occurrences: [StateOccurrence]?) {
        for line in (occurrences ?? []).lazy.compactMap(\.logLine) { logger.notice("\(line)") }
    }
}

extension Notice {
    /// What is said where it cannot be delivered because nobody knows whom it would run as.
    fileprivate var sentenceOfFailure: String {
        switch self {
        case .run(let command, let queue):
            "\(queue): \(command.words.joined(separator: " ")) is not run: there is no account for"
                + " \(command.user?.name ?? "scripts that name no user")"
        case .line, .mail: "a notice cannot be delivered"
        }
    }
}

/// A line of the log in keepalived's words.
struct KeepalivedLine {
    var text: String
    /// Whether it tells what became of an instance or its priority, and not what that means for others.
    var isChange: Bool
}

extension StateOccurrence {
    fileprivate var isChangeOfInstance: Bool {
        switch self {
        case .entered, .priorityChanged: true
        case .removed, .following, .groupEntered, .heardLowerPriority: false
        }
    }
}

/// Who is told of what, and what was told.
struct DaemonNotifications {
    var loaded: LoadedNotifications
    var planner: NotificationPlanner

    init(_ loaded: LoadedNotifications, routerID: String) {
        self.loaded = loaded
        planner = NotificationPlanner(loaded.definitions, routerID: routerID)
    }

    /// Takes what a reload brings, before the engine does.
    mutating func beginReload(_ new: LoadedNotifications, routerID: String) {
        let old = loaded
        loaded = new
        loaded.beginReload(from: old)
        planner.beginReload(new.definitions, routerID: routerID)
    }
}

extension ScriptVerdict {
    /// What keepalived logs about a script whose state has changed.
    var keepalivedWords: String {
        let name = "VRRP_Script(\(script))"
        if isGood { return "\(name) succeeded" }
        return switch cause {
        case .exited(let status): "\(name) failed (exited with status \(status))"
        case .killed(let signal): "\(name) failed (due to signal \(signal))"
        case .timedOut: "\(name) timed_out"
        // The status that a shell gives what it cannot start.
        case .notStarted: "\(name) failed (exited with status 127)"
        }
    }
}
