extension CorpusCase {
    /// The keywords of elections, interfaces and announcements, with values that are right and values that are not.
    static let elections =
        electionsInGlobalDefinitions + electionsInInstance + virtualMACs + announcementGroups + sharedIdentifiers

    /// One identifier on one interface, told apart by how adverts travel; and an instance that names no interface.
    private static let sharedIdentifiers: [CorpusCase] = {
        func unicast(_ source: Int, _ peer: Int) -> String {
            "unicast_src_ip 192.0.2.\(source)\nunicast_peer {\n192.0.2.\(peer)\n}"
        }
        func two(_ first: String, _ second: String) -> String {
            instance("A", id: 51, first)
                + instance("B", id: 51, second).replacing("192.0.2.51/24", with: "192.0.2.52/24")
        }
        return texts([
            (two(unicast(7, 8), unicast(17, 18)), nil), (two(unicast(7, 8), unicast(7, 18)), nil),
            (two("", unicast(7, 8)), nil),
            (
                instance("A", id: 51, unicast(7, 8)).replacing("interface eth0", with: "")
                    .replacing("192.0.2.51/24", with: "192.0.2.51/24 dev eth0"), .wrongValueIsRefused
            ),
        ])
    }()

    private static let electionsInGlobalDefinitions = inGlobalDefinitions([
        ("vrrp_strict no", nil), ("vrrp_strict x", .silenceIsRefused), ("vrrp_down_timer_adverts 5", nil),
        ("vrrp_down_timer_adverts 0", .wrongValueIsRefused), ("vrrp_down_timer_adverts 101", .wrongValueIsRefused),
        ("vrrp_startup_delay 5", nil), ("vrrp_startup_delay 0", .wrongValueIsRefused),
        ("vrrp_startup_delay x", .wrongValueIsRefused), ("vrrp_delay_after_boot 5", .lessIsSaid),
        ("dynamic_interfaces allow_if_changes", nil), ("dynamic_interfaces x", .wrongValueIsRefused),
        ("vrrp_garp_extra_if 10", nil), ("vrrp_garp_extra_if all 10", nil),
        ("vrrp_garp_extra_if 0", .wrongValueIsRefused), ("vrrp_garp_extra_if all", .wrongValueIsRefused),
        ("vrrp_garp_extra_if", .wrongValueIsRefused), ("vrrp_vmac_garp_intvl 10", .lessIsSaid),
        ("vrrp_iptables", nil), ("vrrp_iptables a b", nil), ("vrrp_ipsets a b", nil),
        ("nftables", nil), ("nftables table", nil), ("nftables a b", .moreIsSaid),
        ("nftables\nnftables_priority 5", nil), ("nftables\nnftables_priority x", .wrongValueIsRefused),
        ("nftables\nnftables_counters", nil), ("nftables_ifindex", nil),
        ("disable_local_igmp", nil), ("disable_local_igmp no", .moreIsSaid), ("log_unknown_vrids", nil),
        ("vmac_addr_prefix vip", nil), ("vmac_addr_prefix", nil), ("linkbeat_use_polling", .lessIsSaid),
    ])

    private static let electionsInInstance = inInstance([
        ("strict_mode", nil), ("strict_mode x", .wrongValueIsRefused), ("strict_mode\npriority 255", nil),
        ("strict_mode\nstate MASTER\npriority 100", nil), ("strict_mode\nstate BACKUP\npriority 255", nil),
        ("strict_mode\nauthentication {\nauth_type PASS\nauth_pass x\n}", nil),
        ("strict_mode\nunicast_peer {\n192.0.2.9\n}", nil), ("strict_mode\npreempt_delay 5", nil),
        ("strict_mode\ndown_timer_adverts 5", nil), ("strict_mode\naccept", nil),
        ("strict_mode\nversion 3\naccept", nil), ("strict_mode\nno_accept", nil), ("strict_mode\nnopreempt", nil),
        ("strict_mode\ngarp_lower_prio_repeat 3", nil), ("strict_mode\ngarp_lower_prio_delay 3", nil),
        ("strict_mode\nlower_prio_no_advert no", nil), ("strict_mode\nhigher_prio_send_advert", nil),
        ("strict_mode\nuse_vmac\nvmac_xmit_base", nil), ("strict_mode\nuse_vmac 02:00:5e:00:01", nil),
        ("down_timer_adverts 100", nil), ("down_timer_adverts 0", .wrongValueIsRefused),
        ("down_timer_adverts x", .wrongValueIsRefused), ("timer_expired_backup", .lessIsSaid),
        ("thread_timer_expired", .lessIsSaid), ("no_virtual_ipaddress", .lessIsSaid),
        ("unicast_ttl 64", nil), ("unicast_ttl 256", .wrongValueIsRefused),
        ("unicast_ttl 64\nunicast_peer {\n192.0.2.9\n}", nil),
        ("unicast_ttl 0\nunicast_peer {\n192.0.2.9\n}", .silenceIsRefused),
        ("unicast_peer {\n192.0.2.9 min_ttl 5 max_ttl 9\n}", nil),
        ("unicast_peer {\n192.0.2.9 max_ttl 256\n}", .wrongValueIsRefused),
        ("unicast_peer {\n192.0.2.9 min_ttl 9 max_ttl 8\n}", .wrongValueIsRefused),
        ("unicast_fault_no_peer", nil), ("unicast_fault_no_peer\nunicast_peer {\n}", nil),
        ("old_unicast_checksum never", .lessIsSaid), ("old_unicast_checksum x", .wrongValueIsRefused),
        ("version 3\nold_unicast_checksum\nunicast_peer {\n192.0.2.9\n}", nil),
        ("vrf blue", .wrongValueIsRefused), ("auth_hmac {\nkey 1 ascii:x\n}", .wrongValueIsRefused),
        ("promote_secondaries x", .moreIsSaid), ("kernel_rx_buf_size x", .wrongValueIsRefused),
        ("kernel_rx_buf_size", .wrongValueIsRefused), ("debug 5", .wrongValueIsRefused), ("debug", nil),
        ("garp_extra_if 0", nil), ("garp_extra_if 10", nil), ("garp_extra_if all 10", nil),
        ("garp_extra_if x", .wrongValueIsRefused), ("vmac_garp_intvl 10", .lessIsSaid),
    ])

    private static let virtualMACs = inInstance([
        ("use_vmac v1 02:00:5e:00:01:09", nil), ("use_vmac 02:00:5e:00:01", nil), ("use_vmac 00:00:5e:00:01:09", nil),
        ("use_vmac v1 01:00:5e:00:01:09", .wrongValueIsRefused), ("use_vmac a b", .wrongValueIsRefused),
        ("use_vmac v1 group 5 netlink_notify_msg", .lessIsSaid), ("use_vmac\nuse_vmac_addr", .keywordWithoutEffect),
        ("use_ipvlan", .wrongValueIsRefused), ("use_ipvlan ipv1 192.0.2.8 bridge", .silenceIsRefused),
    ])

    private static let announcementGroups =
        texts(
            [
                ("garp_group {\ngarp_interval 1\ninterface eth0\n}\n", nil),
                ("garp_group {\ngarp_interval 0.5\ngna_interval 1\ninterfaces {\neth0\n}\n}\n", nil),
                ("garp_group {\n}\n", nil), ("garp_group {\ninterface eth0\n}\n", nil),
                ("garp_group {\ngarp_interval 1\n}\n", .moreIsSaid),
                ("garp_group {\ngarp_interval x\ninterface eth0\n}\n", .wrongValueIsRefused),
                ("garp_group {\ngarp_interval 1\ninterface absent0\n}\n", .hostIsNotExamined),
                ("garp_group {\ngarp_interval 1\ninterfaces {\neth0 eth0\n}\n}\n", nil),
                ("garp_group {\ngarp_interval 1\nnonsense\ninterface eth0\n}\n", nil),
            ].map { ($0.0 + instance("VI_1", id: 51, ""), $0.1) })
        + texts([
            ("vrrp_instance V {\ninterface eth0\nvirtual_router_id 5\n}\n", nil),
            (
                "vrrp_instance V {\ninterface eth0\nvirtual_router_id 5\nversion 3\n}\n", .wrongValueIsRefused
            ),
            (
                "vrrp_instance V {\ninterface eth0\nvirtual_router_id 5\nstrict_mode\n}\n", .wrongValueIsRefused
            ),
            (
                "vrrp_instance V {\ninterface eth0\nvirtual_router_id 5\nvirtual_ipaddress {\n"
                    + (1...300).map { "10.0.\($0 / 250).\($0 % 250 + 1)\n" }.joined() + "}\n}\n", nil
            ),
        ])
}
