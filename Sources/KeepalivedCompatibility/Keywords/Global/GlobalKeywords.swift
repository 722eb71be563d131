import VRRP

/// The keywords of `global_defs`.
enum GlobalKeywords {
    static let table = KeywordTable<GlobalSettings>(
        block: "global_defs",
        protocolKeywords + announcementKeywords + priorityKeywords + scriptKeywords + readingKeywords
            + notificationKeywords + electionKeywords + processKeywords + trackingKeywords + routesKeywords
            + otherPartsKeywords + virtualServerKeywords)

    private static let protocolKeywords: [Keyword<GlobalSettings>] = [
        .value(
            "router_id", .text("a name"), standard: "the host's name", into: \.routerID,
            "The name of this node where it reports about itself."),
        .value(
            "vrrp_version", .version, standard: "2", into: \.version,
            "The version that IPv4 instances speak unless they say otherwise."),
        .value(
            "vrrp_mcast_group4", .group(.ipv4), standard: "224.0.0.18", into: \.groupIPv4,
            "The group that IPv4 adverts are sent to."),
        .value(
            "vrrp_mcast_group6", .group(.ipv6), standard: "ff02::12", into: \.groupIPv6,
            "The group that IPv6 adverts are sent to."),
        .value(
            "vmac_prefix", .interfaceName(octets: 10), standard: "vrrp", into: \.virtualMACPrefix,
            "How the names of virtual MAC interfaces begin; the dot and the identifier follow."),
        .toggle(
            "vrrp_skip_check_adv_addr", into: \.interoperability.skipsAddressListCheck,
            "Adverts are not compared with the configured addresses."),
        .always(
            "vrrp_check_unicast_src", because: .unicastSourceIsChecked,
            "Unicast adverts are accepted from peers alone; they always are."),
        .toggle(
            "vrrp_lower_prio_no_advert", into: \.interoperability.staysSilentToLowerPriority,
            "An active router does not answer an advert of lower priority at once."),
        .toggle(
            "vrrp_higher_prio_send_advert", into: \.interoperability.advertisesBeforeYielding,
            "An active router sends one more advert before it yields, so that the winner announces its addresses again."
        ),
        .toggle(
            "vrrp_owner_ignore_adverts", into: \.interoperability.ownerIgnoresAdverts,
            "An address owner does not settle with another owner by address."),
        .toggle(
            "v3_checksum_as_v2", into: \.interoperability.checksumAsVersion2,
            "VRRPv3 adverts over IPv4 are sent with a checksum without pseudo-header; both forms are accepted."),
    ]

    private static let announcementKeywords: [Keyword<GlobalSettings>] =
        AnnouncementKeywords.keywords(prefix: "vrrp_", at: \.announcements) + [
            .toggle(
                "vrrp_min_garp", into: \.announcesSparingly,
                "One announcement an event, no second burst, unless the keywords above say otherwise."),
            .value(
                "vrrp_garp_interval", .seconds(from: "0", to: "2147"), standard: "0", into: \.gratuitousARPSpacing,
                "The least seconds between two gratuitous ARP frames on an interface; 0 for no pace."),
            .value(
                "vrrp_gna_interval", .seconds(from: "0", to: "2147"), standard: "0",
                into: \.neighborAdvertisementSpacing,
                "The least seconds between two unsolicited neighbour advertisements on an interface; 0 for no pace."),
        ]

    private static let priorityKeywords: [Keyword<GlobalSettings>] = [
        .value(
            "vrrp_rt_priority", .integer(1...99), standard: "not real-time", into: \.realTimePriority,
            "The real-time priority of the process."),
        .value(
            "vrrp_priority", .integer(-20...19), standard: "unchanged", into: \.niceness,
            "The niceness of the process."),
        .toggle("vrrp_no_swap", into: \.locksMemory, "The memory of the process is locked."),
    ]

    /// Carried out while the lines are read, because they are about the reading itself.
    private static let readingKeywords: [Keyword<GlobalSettings>] = [
        Keyword(
            "include_check", values: IncludeCheck.allowed, standard: "nothing must not fail", mayRepeat: true,
            "What of an inclusion must not fail, from here to the end of the file and in the files that it includes."
        ) { statement, _, log in
            statement.expectNoBlock(&log)
            var check = IncludeCheck()
            for word in check.change(by: statement.values) {
                log.error(
                    statement.place, statement.keyword, .notAllowed(value: word, allowed: IncludeCheck.allowed))
            }
        },
        .value(
            "random_seed", .integer(0...4_294_967_295), standard: "follows from the identifier of the configuration",
            "What the numbers of `${_RANDOM}` follow from."
        ) { _, _ in },
    ]

    private static let scriptKeywords: [Keyword<GlobalSettings>] = [
        Keyword(
            "script_user", values: ScriptUserEntry.allowed,
            standard: "keepalived_script, where there is such a user, else root",
            "Whom scripts run as which name no user."
        ) { statement, settings, log in
            ScriptUserEntry.read(statement, into: &settings.scriptUser, &log)
        },
        // A wrong word behind it must not switch it off.
        .flag(
            "enable_script_security", into: \.scriptsNeedSafePaths,
            "A script of root whose path others than root could have written is not run, and counts as bad."),
    ]

    private static let virtualServerKeywords = Keyword<GlobalSettings>.skipped(
        [
            "lvs_sync_daemon", "lvs_flush", "lvs_flush_onstop", "lvs_timeouts", "lvs_notify_fifo",
            "lvs_notify_fifo_script", "lvs_netlink_cmd_rcv_bufs", "lvs_netlink_cmd_rcv_bufs_force",
            "lvs_netlink_monitor_rcv_bufs", "lvs_netlink_monitor_rcv_bufs_force", "checker_priority",
            "checker_rt_priority", "checker_rlimit_rttime", "checker_rlimit_rtime", "checker_no_swap",
            "checker_cpu_affinity", "checker_log_all_failures", "checker_process_name", "smtp_alert_checker",
            "no_checker_emails", "rs_init_notifies", "nftables_ipvs", "nftables_ipvs_priority",
            "nftables_ipvs_start_fwmark", "enable_snmp_checker", "bfd_priority", "bfd_rt_priority",
            "bfd_rlimit_rttime", "bfd_rlimit_rtime", "bfd_no_swap", "bfd_cpu_affinity", "bfd_process_name",
        ])
}
