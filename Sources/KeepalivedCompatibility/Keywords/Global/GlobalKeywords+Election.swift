extension GlobalKeywords {
    /// Keywords about how routers elect, and what the network is to see of it.
    static let electionKeywords = timing + compliance + interfaces + packetFilter

    private static let timing: [Keyword<GlobalSettings>] = [
        .value(
            "vrrp_down_timer_adverts", .integer(1...100), standard: "3", into: \.election.downTimerAdverts,
            "How many adverts may be missed before a backup takes over; the same on all routers."),
        .value(
            "vrrp_startup_delay", .seconds(from: "0.001", to: "4294.967295"), standard: "0",
            into: \.election.startDelay,
            "How long after the start of the program no instance takes part; reloads do not count."),
        .value(
            "vrrp_delay_after_boot", .seconds(from: "0.001", to: "4294.967295"), standard: "0",
            into: \.election.delayAfterBoot,
            "How long after the start of the host no instance takes part, where the program starts before that."),
        ElectionKeywords.extraInterfaces(
            "vrrp_garp_extra_if", from: 1, standard: "never",
            "Seconds between announcements on virtual MAC interfaces that adverts do not come from, with all on every"
                + " other interface of the instance too.", into: \.election.extraInterfaces),
        ElectionKeywords.extraInterfaces(
            "vrrp_vmac_garp_intvl", from: 1, standard: "never", "The old name of vrrp_garp_extra_if.",
            into: \.election.extraInterfaces),
    ]

    private static let compliance: [Keyword<GlobalSettings>] = [
        .toggle("vrrp_strict", into: \.election.isStrict, "What RFC 9568 and RFC 3768 do not have is left out."),
        .flag(
            "log_unknown_vrids", standard: "counted alone", into: \.election.reportsUnknownRouters,
            "Adverts with an identifier that no instance here has are logged, at most one in ten seconds for each."),
    ]

    private static let interfaces: [Keyword<GlobalSettings>] = [
        Keyword(
            "dynamic_interfaces", values: "nothing or \(interfaceChanges.allowed)", standard: "on",
            "Interfaces may come later, go, and come back as others; they always may."
        ) { statement, settings, log in
            statement.expectNoBlock(&log)
            statement.expectValues(atMost: 1, &log)
            guard let text = statement.values.first else {
                settings.election.dynamicInterfaces = Located(false, at: statement.place, text: "")
                return
            }
            guard let allowsChanges = interfaceChanges.read(text) else {
                return log.error(
                    statement.place, "dynamic_interfaces",
                    .notAllowed(value: text, allowed: interfaceChanges.allowed))
            }
            settings.election.dynamicInterfaces = Located(allowsChanges, at: statement.place, text: text)
        },
        .flag(
            "disable_local_igmp", into: \.election.disablesLocalIGMP,
            "The kernel sends no IGMP reports for 224.0.0.0/24; the sysctl gets its old value back at the end."),
        ElectionKeywords.accepted(
            "vmac_addr_prefix", .text("a name"), standard: "vmac_prefix",
            "Names of what use_vmac_addr makes with keepalived; nothing here."),
        ElectionKeywords.accepted(
            "linkbeat_use_polling", "The link of interfaces is polled; the kernel tells of it in any case."),
    ]

    private static let interfaceChanges = ValueFormat<Bool>.choice(["allow_if_changes": true])

    private static let packetFilter: [Keyword<GlobalSettings>] = [
        Keyword(
            "nftables", values: "nothing or \(filterTable.allowed)", standard: "vrrpd",
            "The table of nftables that drops packets for no_accept; no other program may use it."
        ) { statement, settings, log in
            statement.expectNoBlock(&log)
            statement.expectValues(atMost: 1, &log)
            let text = statement.values.first ?? "keepalived"
            guard let name = filterTable.read(text) else {
                return log.error(statement.place, "nftables", .notAllowed(value: text, allowed: filterTable.allowed))
            }
            settings.election.filterTable = Located(name, at: statement.place, text: text)
        },
        .value(
            "nftables_priority", .integer(-2_147_483_648...2_147_483_647), standard: "-1",
            into: \.election.filterPriority, "The priority of the table's chains; lower comes first."),
        .flag("nftables_counters", into: \.election.filterCounts, "The table's rules count."),
        ElectionKeywords.accepted(
            "nftables_ifindex", "keepalived writes interfaces into its table as numbers; here none are in it."),
        ElectionKeywords.ignored(
            "vrrp_iptables", values: "nothing, CHAIN or CHAIN CHAIN", atMost: 2, because: .nftablesIsUsed,
            "Chains of iptables; the table of nftables is used in any case."),
        ElectionKeywords.ignored(
            "vrrp_ipsets", values: "nothing or up to 5 names", atMost: 5, because: .nftablesIsUsed,
            "Sets for iptables; the table of nftables is used in any case."),
    ]

    private static let filterTable = ValueFormat<String>(allowed: "1 to 255 visible ASCII characters") { text in
        let isName = (1...255).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
        return isName ? text : nil
    }
}
