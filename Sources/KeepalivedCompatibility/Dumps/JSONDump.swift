import VRRP
import VRRPEngine

/// The content of keepalived.json, version 1: one line, an array with an object for each instance.
///
/// Keys, their order and the types of their values are keepalived's; the password never stands in it.
struct JSONDump {
    let source: DumpSource

    init(_ source: DumpSource) { self.source = source }

    var text: String { "[" + source.routers.map(instance).joined(separator: ",") + "]\n" }

    private func instance(_ router: RouterSnapshot) -> String {
        "{\"data\":\(Self.object(data(router))),\"stats\":\(Self.object(Self.statistics(router.statistics)))}"
    }

    private func data(_ router: RouterSnapshot) -> [(String, Value)] {
        let definition = router.definition
        let counts = AnnouncementCounts(definition.announcements)
        let (activePriority, activeInterval) = Self.active(router)
        let (preempts, delay) = Self.preemption(definition.preemption)
        var members: [(String, Value)] = [
            ("iname", .text(definition.name)),
            ("dont_track_primary", .flag(!definition.tracking.ownInterface)),
            ("skip_check_adv_addr", .flag(definition.interoperability.addressListMismatch == .ignore)),
            ("strict_mode", .number(0)),
            ("vmac_ifname", .text(definition.virtualMAC?.name ?? "")),
            ("ifp_ifname", .text(definition.interface)),
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
            ("promote_secondaries", .truth(false)),
            ("adver_int", .literal(DumpText.seconds(definition.advertisementInterval))),
            ("master_adver_int", .literal(DumpText.seconds(activeInterval))),
            ("accept", .flag(definition.acceptMode)),
            ("nopreempt", .truth(!preempts)),
            ("preempt_delay", .number(delay)),
            ("state", .number(Int64(InstanceState(router).rawValue))),
            ("wantstate", .number(Int64(InstanceState.wanted(router).rawValue))),
            ("version", .number(Int64(definition.version.rawValue))),
            ("smtp_alert", .truth(false)),
            ("notify_deleted", .truth(false)),
        ]
        let lists = [
            ("vips", router.addresses.filter(\.isAdvertised).map { DumpText.address($0, of: definition) }),
            ("evips", router.addresses.filter { !$0.isAdvertised }.map { DumpText.address($0, of: definition) }),
            ("vroutes", definition.virtualRoutes.map { DumpText.route($0) }),
            ("vrules", definition.virtualRules.map { DumpText.rule($0) }),
            ("track_ifp", definition.tracking.interfaces),
        ]
        for (key, list) in lists where !list.isEmpty { members.append((key, .texts(list))) }
        members.append(("auth_type", .number(Int64(definition.authentication.typeCode))))
        if definition.authentication != .none { members.append(("auth_data", .text("********"))) }
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

extension Tracking {
    /// The interfaces besides the router's own that are tracked.
    var interfaces: [String] {
        conditions.compactMap { if case .interface(let name) = $0.object { name } else { nil } }
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
