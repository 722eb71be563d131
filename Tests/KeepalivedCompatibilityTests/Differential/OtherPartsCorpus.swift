extension CorpusCase {
    /// What belongs to the parts of keepalived that are not VRRP: each is skipped whole, and said once.
    static let otherParts =
        inGlobalDefinitions([
            ("enable_dbus", .keywordWithoutEffect), ("dbus_service_name org.example", .keywordWithoutEffect),
            ("dbus_no_interface_name", nil), ("enable_snmp_keepalived", .keywordWithoutEffect),
            ("enable_snmp_rfc", .keywordWithoutEffect), ("enable_snmp_rfcv2", .keywordWithoutEffect),
            ("enable_snmp_rfcv3", .keywordWithoutEffect), ("enable_traps", .keywordWithoutEffect),
            ("lvs_flush", .keywordWithoutEffect),
            ("lvs_flush_onstop", .keywordWithoutEffect),
            ("rs_init_notifies", .keywordWithoutEffect),
            ("no_checker_emails", .keywordWithoutEffect),
            ("checker_no_swap", .keywordWithoutEffect),
            ("checker_log_all_failures", .keywordWithoutEffect),
            ("bfd_no_swap", .keywordWithoutEffect),
            ("nftables_ipvs", .keywordWithoutEffect),
            ("enable_snmp_checker", .keywordWithoutEffect),
            ("lvs_sync_daemon eth0", .keywordWithoutEffect),
            ("lvs_timeouts tcp 3600", .keywordWithoutEffect),
            ("lvs_notify_fifo /tmp/absent/lvs-fifo", .keywordWithoutEffect),
            ("lvs_notify_fifo_script /bin/true", .keywordWithoutEffect),
            ("lvs_netlink_cmd_rcv_bufs 65536", .keywordWithoutEffect),
            ("lvs_netlink_cmd_rcv_bufs_force true", .keywordWithoutEffect),
            ("lvs_netlink_monitor_rcv_bufs 65536", .keywordWithoutEffect),
            ("lvs_netlink_monitor_rcv_bufs_force true", .keywordWithoutEffect),
            ("checker_priority -5", .keywordWithoutEffect),
            ("checker_rt_priority 5", .keywordWithoutEffect),
            ("checker_rlimit_rttime 10000", .keywordWithoutEffect),
            ("checker_rlimit_rtime 10000", .keywordWithoutEffect),
            ("checker_cpu_affinity 0", .keywordWithoutEffect),
            ("checker_process_name x", .keywordWithoutEffect),
            ("smtp_alert_checker true", .keywordWithoutEffect),
            ("nftables_ipvs_priority 1", .keywordWithoutEffect),
            ("nftables_ipvs_start_fwmark 1000", .keywordWithoutEffect),
            ("bfd_priority -5", .keywordWithoutEffect),
            ("bfd_rt_priority 5", .keywordWithoutEffect),
            ("bfd_rlimit_rttime 10000", .keywordWithoutEffect),
            ("bfd_rlimit_rtime 10000", .keywordWithoutEffect),
            ("bfd_cpu_affinity 0", .keywordWithoutEffect),
            ("bfd_process_name x", .keywordWithoutEffect),
        ])
        + inInstance([
            ("lvs_sync_daemon_interface eth0", nil),
            ("track_bfd {\nabsent\n}", nil),
        ])
        + texts([
            (
                "bfd_instance B {\nneighbor_ip 192.0.2.2\nsource_ip 192.0.2.1\n}\n" + instance("A", id: 1, ""),
                .keywordWithoutEffect
            ),
            ("SSL {\npassword x\n}\n" + instance("A", id: 1, ""), .keywordWithoutEffect),
            ("net_namespace_ipvs absent\n" + instance("A", id: 1, ""), .keywordWithoutEffect),
            ("namespace_with_ipsets\n" + instance("A", id: 1, ""), .keywordWithoutEffect),
            (
                "vrrp_sync_group G {\ngroup {\nA\n}\ntrack_bfd {\nabsent\n}\n}\n" + instance("A", id: 1, ""),
                nil
            ),
        ])
}
