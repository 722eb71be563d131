import VRRP
import VRRPEngine

/// The sections about sync groups and about what is tracked by name.
extension DataDump {
    /// The sections after the instances, those that have something.
    var trackingSections: [String] {
        let state = source.tracked
        let sections: [(title: String, lines: [String])] = [
            ("VRRP Sync groups", source.syncGroups.flatMap(group)), ("VRRP Scripts", state.scripts.flatMap(script)),
            ("VRRP Track files", state.files.flatMap(file)),
            ("VRRP Track processes", state.processes.flatMap(process)),
        ]
        let present = sections.filter { !$0.lines.isEmpty }
        // A heading ends the last instance in any case.
        guard !present.isEmpty else { return [Self.heading("VRRP Scripts")] }
        return present.flatMap { [Self.heading($0.title)] + $0.lines }
    }

    static func heading(_ title: String) -> String { "------< \(title) >------" }

    /// What an instance or group tracks, a list for each kind.
    ///
    /// - Parameter processes: the heading of the list of processes, which differs between the two.
    static func trackedLists(_ tracker: Tracker, processes: String) -> [String] {
        let lists: [(String, [String])] = [
            ("Tracked interfaces :", tracker.interfaces.map { "\($0.name) weight \($0.weight)" }),
            ("Tracked scripts :", tracker.entries(.script).map { "\($0.name) weight \($0.weight)" }),
            ("Tracked files :", tracker.entries(.file).map { "\($0.name), weight \($0.weight)" }),
            (processes, tracker.entries(.process).map { "\($0.name), weight \($0.weight)" }),
        ]
        return lists.filter { !$0.1.isEmpty }.flatMap { [$0.0] + $0.1.map { "  " + $0 } }
    }

    private func group(_ group: SyncGroupDefinition) -> [String] {
        let states = source.routers.filter { group.members.contains($0.definition.name) }.map(InstanceState.init)
        let faults = states.count { $0 == .fault }
        let beginnings = states.count { $0 == .initialize }
        let state: InstanceState =
            if faults > 0 {
                .fault
            } else if beginnings > 0 {
                .initialize
            } else {
                states.allSatisfy { $0 == .active } ? .active : .backup
            }
        var lines = ["Num member fault \(faults), num member init \(beginnings)", "VRRP member instances :"]
        lines += group.members.map { "  " + $0 }
        if source.tracked.groupsAllowingWeights.contains(group.name) { lines.append("sync group tracking weight set") }
        let notification = source.notifications.group(group.name)
        lines.append("Using smtp notification = \(notification?.sendsMail ?? false ? "yes" : "no")")
        if let tells = notification?.tellsPriority { lines.append("Notify priority changes = \(tells ? "yes" : "no")") }
        lines += Self.trackedLists(
            Tracker(name: group.name, conditions: group.conditions), processes: "Tracked process :")
        lines += source.notifications.lines(notification?.scripts ?? NotificationScripts())
        return [" VRRP Sync Group = \(group.name), \(state.word)"] + lines.map { "   " + $0 }
    }

    private func script(_ script: TrackedState.Script) -> [String] {
        let definition = script.definition
        let verdict = source.trackedObjects[definition.trackedName]
        let lines =
            [
                "Command = \(DumpText.command(script.command))", "Interval = \(Self.seconds(definition.interval)) sec",
                // keepalived has 0 for a run that may take as long as the interval.
                "Timeout = \(definition.timeout == definition.interval ? "0" : Self.seconds(definition.timeout)) sec",
                "Weight = \(weight(of: .external(definition.trackedName)))", "Rise = \(definition.rise)",
                "Fall = \(definition.fall)", "Result = \(script.level)", "Insecure = no",
                "Init state = \(verdict == nil ? "INIT" : "unknown")", "Status = \(verdict ?? false ? "GOOD" : "BAD")",
                "Script uid:gid = \(script.user):\(script.group)", "VRRP instances :",
            ] + trackers(.script, definition.name) + ["State = \(script.phase.dumped)"]
        return [" VRRP Script = \(definition.name)"] + lines.map { "   " + $0 }
    }

    private func file(_ file: TrackedFileDefinition) -> [String] {
        let lines =
            [
                "File = \(file.path)", "Status = \(source.trackedNumbers[file.trackedName] ?? 0)",
                "Weight = \(weight(of: .number(file.trackedName)))",
            ] + trackers(.file, file.name)
        return [" Track file = \(file.name)"] + lines.map { "   " + $0 }
    }

    private func process(_ process: TrackedState.Process) -> [String] {
        let definition = process.definition
        var lines = ["Process = \(definition.program)"]
        if !definition.parameters.isEmpty {
            lines.append("Parameters = \(definition.parameters.joined(separator: " "))")
        }
        switch definition.parameterMatch {
        case nil, .any?: break
        case .exact?: lines.append("Param match")
        case let match?: lines.append("Param match = \(match.rawValue)")
        }
        lines.append("Min processes = \(definition.quorum.lowerBound)")
        if definition.quorum.upperBound != .max { lines.append("Max processes = \(definition.quorum.upperBound)") }
        lines += [
            "Current processes = \(process.count)", "Have quorum = \(process.isGood)",
            "Weight = \(weight(of: .external(definition.trackedName)))",
            "Terminate delay = \(DumpText.microseconds(definition.terminateDelay))s",
            "Fork delay = \(DumpText.microseconds(definition.forkDelay))s",
            "Fork delay timer \(process.awaitsForkDelay ? "" : "not ")running",
            "Terminate delay timer \(process.awaitsTerminateDelay ? "" : "not ")running",
            "Full command = \(definition.parameterMatch != nil)",
        ]
        lines += trackers(.process, definition.name)
        return [" VRRP Track process = \(definition.name)"] + lines.map { "   " + $0 }
    }

    private func weight(of object: TrackedObject) -> String { source.tracked.effects[object]?.dumped ?? "0" }

    /// Who tracks something: instances by themselves, then those whose groups do.
    private func trackers(_ kind: TrackedKind, _ name: String) -> [String] {
        let instances = source.routers.map {
            Tracker(name: $0.definition.name, conditions: $0.definition.tracking.conditions)
        }
        let members = source.syncGroups.flatMap { group in
            group.members.map { Tracker(name: $0, conditions: group.conditions) }
        }
        let lines = (instances + members).flatMap { tracker in
            tracker.entries(kind).filter { $0.name == name }.map { "  \(tracker.name), weight \($0.weight)" }
        }
        return lines.isEmpty ? [] : ["Tracking instances :"] + lines
    }

    /// Whole seconds, with thousandths where there are any.
    private static func seconds(_ length: Nanoseconds) -> String {
        let milliseconds = length.rawValue / 1_000_000
        let fraction = String(milliseconds % 1000)
        return milliseconds % 1000 == 0
            ? "\(milliseconds / 1000)"
            : "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
    }
}
