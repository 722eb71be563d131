extension InstanceKeywords {
    /// Keywords about how an instance elects, and what the network is to see of it.
    static let electionKeywords = electionRules + unicastRules + interfaceRules

    private static let electionRules: [Keyword<InstanceSettings>] = [
        .toggle(
            "strict_mode", standard: "vrrp_strict", into: \.election.isStrict,
            "What RFC 9568 and RFC 3768 do not have is left out."),
        .value(
            "down_timer_adverts", .integer(1...100), standard: "vrrp_down_timer_adverts",
            into: \.election.downTimerAdverts,
            "How many adverts may be missed before a backup takes over; the same on all routers."),
        ElectionKeywords.accepted(
            "timer_expired_backup", .integer(1...254), isOptional: true, standard: "on",
            "A router that was late for too long becomes a backup and listens; it always does."),
        ElectionKeywords.accepted(
            "thread_timer_expired", .integer(1...254), isOptional: true, standard: "on",
            "The old name of timer_expired_backup."),
        .flag(
            "no_virtual_ipaddress", into: \.election.hasNoAddresses,
            "The instance has no addresses and only elects; without it version 3 needs one."),
        ElectionKeywords.accepted(
            "debug", .integer(0...4), "How much keepalived logs of the instance; the option -D does it here."),
    ]

    private static let unicastRules: [Keyword<InstanceSettings>] = [
        .value(
            "unicast_ttl", .integer(1...255), standard: "255", into: \.election.unicastHopLimit,
            "The TTL or hop limit of unicast adverts."),
        .flag(
            "unicast_fault_no_peer", standard: "multicast", into: \.election.staysOutWithoutPeers,
            "An instance whose list of peers is empty does not take part."),
        Keyword(
            "old_unicast_checksum", values: "nothing or never", standard: "the checksum of the standard",
            "Unicast adverts of version 3 are sent with the checksum of keepalived before 1.3.7; both are accepted."
        ) { statement, settings, log in
            statement.expectNoBlock(&log)
            statement.expectValues(atMost: 1, &log)
            let text = statement.values.first ?? ""
            guard text.isEmpty || text == "never" else {
                return log.error(statement.place, statement.keyword, .notAllowed(value: text, allowed: "never"))
            }
            settings.election.usesOldChecksum = Located(text.isEmpty, at: statement.place, text: text)
        },
        ElectionKeywords.refused("vrf", because: .virtualRouting),
        ElectionKeywords.refused("auth_hmac", because: .authenticationOfKeepalived),
    ]

    private static let interfaceRules: [Keyword<InstanceSettings>] = [
        ElectionKeywords.extraInterfaces(
            "garp_extra_if", from: 0, standard: "vrrp_garp_extra_if",
            "Seconds between announcements on virtual MAC interfaces that adverts do not come from, with all on every"
                + " other interface of the instance too; 0 for none.", into: \.election.extraInterfaces),
        ElectionKeywords.extraInterfaces(
            "vmac_garp_intvl", from: 0, standard: "vrrp_garp_extra_if", "The old name of garp_extra_if.",
            into: \.election.extraInterfaces),
        .flag(
            "vmac_xmit_base", standard: "the virtual MAC address", into: \.election.advertisesFromParent,
            "With use_vmac, adverts come from the MAC address of the interface itself."),
        ElectionKeywords.ignored(
            "use_vmac_addr", values: "", atMost: 0, because: .oneVirtualInterface,
            "keepalived makes a virtual MAC interface for addresses on other interfaces too; here these answer with the"
                + " MAC address of their interface."),
        ElectionKeywords.refused("use_ipvlan", because: .ipvlan),
        .flag(
            "promote_secondaries", into: \.election.promotesSecondaries,
            "The kernel keeps the other addresses of a network when the first one goes; the sysctl of the interface gets"
                + " its old value back at the end."),
        ElectionKeywords.accepted(
            "kernel_rx_buf_size", .integer(1...2_147_483_647),
            "The size of a receive buffer; here it holds a burst of adverts of 255 routers in any case."),
        ElectionKeywords.accepted(
            "linkbeat_use_polling", "The link of the interface is polled; the kernel tells of it in any case."),
    ]
}
