import VRRP
import VRRPEngine

/// The content of keepalived.json: one line, with an object for each instance, in version 2 besides one for each process
/// that is tracked.
///
/// Keys, their order and the types of their values are keepalived's; the password never stands in it.
struct JSONDump {
    let source: DumpSource

    private let version: Int

    init(_ source: DumpSource, version: Int = 1) {
        self.source = source
        self.version = version
    }

    var text: String {
        let instances = "[" + source.routers.map(instance).joined(separator: ",") + "]"
        guard version >= 2 else { return instances + "\n" }
        let processes = source.tracked.processes.map { Self.object(process($0)) }.joined(separator: ",")
        return "{\"vrrp\":\(instances)\(processes.isEmpty ? "" : ",\"track_process\":[\(processes)]")}\n"
    }

    private func instance(_ router: RouterSnapshot) -> String {
        "{\"data\":\(Self.object(data(router))),\"stats\":\(Self.object(Self.statistics(router.statistics)))}"
    }

    private func data(_ router: RouterSnapshot) -> [(String, Value)] {
        let definition = router.definition
        let notification = source.notifications.instance(definition.name)
        let counts = AnnouncementCounts(definition.announcements)
        let (activePriority, activeInterval) = Self.active(router)
        let (preempts, delay) = Self.preemption(definition.preemption)
        var members: [(String, Value)] = [
            ("iname", .text(definition.name)),
            ("dont_track_primary", .flag(!definition.tracking.ownInterface)),
            ("skip_check_adv_addr", .flag(definition.interoperability.addressListMismatch == .ignore)),
            ("strict_mode", .flag(source.strictInstances.contains(definition.name))),
            ("vmac_ifname", .text(definition.virtualMAC?.name ?? "")),
            ("ifp_ifname", .text(definition.virtualMAC?.name ?? definition.interface)),
            ("master_priority", .number(Int64(activePriority))),
            ("last_transition", .literal(DumpText.epoch(source.wall(router.since)))),
            ("garp_delay", .number(counts.delay)),
            ("garp_refresh", .number(counts.refresh)),
            ("garp_rep", .number(Int64(counts.rounds))),
            ("garp_refresh_rep", .number(Int64(counts.refreshRounds))),
            ("garp_lower_prio_delay", .number(counts.contestDelay)),
            ("garp_lower_prio_rep", .number(Int64(counts.contestRounds))),
            ("lower_prio_no_advert", .flag(!definition.interoperability.answersLowerPriority)),
            ("higher_prio_send_advert", .flag(definition.interoperability.advertisesBeforeYielding)),
            ("vrid", .number(Int64(definition.virtualRouterID.rawValue))),
            ("base_priority", .number(Int64(definition.priority.rawValue))),
            ("effective_priority", .number(Int64(router.priority.rawValue))),
            ("vipset", .truth(router.addresses.contains(where: \.isPresent))),
            ("promote_secondaries", .truth(definition.promotesSecondaries)),
            ("adver_int", .literal(DumpText.seconds(definition.advertisementInterval))),
            ("master_adver_int", .literal(DumpText.seconds(activeInterval))),
            ("accept", .flag(definition.acceptMode)),
            ("nopreempt", .truth(!preempts)),
            ("preempt_delay", .number(delay)),
            ("state", .number(Int64(InstanceState(router).rawValue))),
            ("wantstate", .number(Int64(InstanceState.wanted(router).rawValue))),
            ("version", .number(Int64(definition.version.rawValue))),
            ("smtp_alert", .truth(notification?.sendsMail ?? false)),
            ("notify_deleted", .truth(notification?.tellsDeletion ?? false)),
        ]
        for (key, command) in source.notifications.members(notification?.scripts ?? NotificationScripts()) {
            members.append((key, .text(command)))
        }
        let tracker = Tracker(name: definition.name, conditions: definition.tracking.conditions)
        let commands = Dictionary(source.tracked.scripts.map { ($0.definition.name, $0.command) }) { first, _ in first }
        let lists = [
            ("vips", router.addresses.filter(\.isAdvertised).map { DumpText.address($0, of: definition) }),
            ("evips", router.addresses.filter { !$0.isAdvertised }.map { DumpText.address($0, of: definition) }),
            ("vroutes", definition.virtualRoutes.map { DumpText.route($0) }),
            ("vrules", definition.virtualRules.map { DumpText.rule($0) }),
            ("track_ifp", tracker.interfaces.map(\.name)),
            ("track_script", tracker.entries(.script).map { DumpText.command(commands[$0.name] ?? [$0.name]) }),
            ("track_process", tracker.entries(.process).map(\.name)),
        ]
        for (key, list) in lists where !list.isEmpty { members.append((key, .texts(list))) }
        members.append(("auth_type", .number(Int64(definition.authentication.typeCode))))
        if definition.authentication != .none { members.append(("auth_data", .text("********"))) }
        return members
    }

    /// A process that is tracked, as an element of version 2.
    private func process(_ process: TrackedState.Process) -> [(String, Value)] {
        let definition = process.definition
        var members: [(String, Value)] = [("process", .text(definition.program))]
        if !definition.parameters.isEmpty {
            members.append(("parameters", .text(definition.parameters.joined(separator: " "))))
        }
        let match = definition.parameterMatch.flatMap { $0 == .any ? nil : $0.rawValue } ?? "none"
        members += [("param_match", .text(match)), ("min_processes", .number(Int64(definition.quorum.lowerBound)))]
        if definition.quorum.upperBound != .max {
            members.append(("max_processes", .number(Int64(definition.quorum.upperBound))))
        }
        let effect = source.tracked.effects[.external(definition.trackedName)]
        members += [
            ("current_processes", .number(Int64(process.count))), ("have_quorum", .truth(process.isGood)),
            ("weight", .number(Int64(effect?.signedWeight ?? 0))),
            ("terminate_delay", .literal(DumpText.microseconds(definition.terminateDelay))),
            ("fork_delay", .literal(DumpText.microseconds(definition.forkDelay))),
            ("fork_delay_timer_running", .truth(process.awaitsForkDelay)),
            ("terminate_delay_timer_running", .truth(process.awaitsTerminateDelay)),
            ("full_command", .truth(definition.parameterMatch != nil)),
        ]
        return members
    }

    private static func statistics(_ statistics: RouterStatistics) -> [(String, Value)] {
        let counters: [(String, UInt64)] = [
            ("advert_rcvd", statistics.advertisementsReceived), ("advert_sent", statistics.advertisementsSent),
            ("become_master", statistics.becameActive), ("release_master", statistics.leftActive),
            ("packet_len_err", statistics.discards[.length]),
            ("advert_interval_err", statistics.discards[.interval]),
            ("ip_ttl_err", statistics.discards[.hopLimit]), ("invalid_type_rcvd", statistics.discards[.type]),
            ("addr_list_err", statistics.addressListErrors),
            ("invalid_authtype", statistics.discards[.authenticationType]),
            ("authtype_mismatch", statistics.discards[.authenticationMismatch]),
            ("auth_failure", statistics.discards[.authenticationFailure]),
            ("pri_zero_rcvd", statistics.priorityZeroReceived), ("pri_zero_sent", statistics.priorityZeroSent),
        ]
        return counters.map { ($0, .literal("\($1)")) }
    }

    /// The priority and interval of the active router: a backup has heard them, others have their own.
    private static func active(_ router: RouterSnapshot) -> (priority: UInt8, interval: AdvertisementInterval) {
        guard case .backup(let backup) = router.state else { return (0, router.definition.advertisementInterval) }
        return (backup.activePriority ?? 0, backup.activeAdvertisementInterval)
    }

    private static func preemption(_ preemption: Preemption) -> (preempts: Bool, delay: Int64) {
        switch preemption {
        case .immediate: (true, 0)
        case .delayed(let time): (true, time.rawValue / 1_000_000_000)
        case .never: (false, 0)
        }
    }
}

extension TrackingEffect {
    /// The weight as one number.
    fileprivate var signedWeight: Int {
        switch self {
        case .fault, .reversedFault: 0
        case .weight(let weight): weight
        case .reversedWeight(let weight): -weight
        }
    }
}

// MARK: - JSON without blanks

extension JSONDump {
    private enum Value {
        case text(String)
        case texts([String])
        case number(Int64)
        /// 0 or 1.
        case flag(Bool)
        case truth(Bool)
        /// A number as it is to be written.
        case literal(String)

        var json: String {
            switch self {
            case .text(let text): JSONDump.quoted(text)
            case .texts(let texts): "[" + texts.map(JSONDump.quoted).joined(separator: ",") + "]"
            case .number(let number): "\(number)"
            case .flag(let isSet): isSet ? "1" : "0"
            case .truth(let isTrue): isTrue ? "true" : "false"
            case .literal(let text): text
            }
        }
    }

    private static func object(_ members: [(String, Value)]) -> String {
        "{" + members.map { "\"\($0)\":\($1.json)" }.joined(separator: ",") + "}"
    }

    /// A text in quotes; keepalived writes a slash with a backslash before it.
    fileprivate static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "/": result += "\\/"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
