extension CorpusCase {
    /// The keywords about the process, with values that are right and values that are not.
    static let process =
        inGlobalDefinitions([
            ("max_auto_priority", nil), ("max_auto_priority 0", nil), ("max_auto_priority -1", nil),
            ("max_auto_priority -2", .wrongValueIsRefused), ("max_auto_priority 100", .wrongValueIsRefused),
            ("max_auto_priority x", .wrongValueIsRefused),
            ("min_auto_priority_delay 1", nil), ("min_auto_priority_delay 10000000", nil),
            ("min_auto_priority_delay 0", .wrongValueIsRefused),
            ("min_auto_priority_delay 10000001", .wrongValueIsRefused),
            ("min_auto_priority_delay", .wrongValueIsRefused),
            ("vrrp_cpu_affinity 0", nil), ("vrrp_cpu_affinity 4096", .wrongValueIsRefused),
            ("vrrp_cpu_affinity x", .wrongValueIsRefused), ("vrrp_cpu_affinity", .wrongValueIsRefused),
            ("vrrp_cpu_affinity 1023", .hostIsNotExamined),
            ("vrrp_rlimit_rttime 10000", .keywordWithoutEffect), ("vrrp_rlimit_rtime 10000", .keywordWithoutEffect),
            ("vrrp_rlimit_rttime 0", .wrongValueIsRefused), ("vrrp_rlimit_rttime", nil),
            ("vrrp_rx_bufs_policy MTU", nil), ("vrrp_rx_bufs_policy ADVERT", nil), ("vrrp_rx_bufs_policy 65536", nil),
            ("vrrp_rx_bufs_policy NO", .wrongValueIsRefused), ("vrrp_rx_bufs_policy", .wrongValueIsRefused),
            ("vrrp_rx_bufs_multiplier 3", nil), ("vrrp_rx_bufs_multiplier 0", .wrongValueIsRefused),
            ("vrrp_netlink_cmd_rcv_bufs 65536", nil), ("vrrp_netlink_cmd_rcv_bufs x", .wrongValueIsRefused),
            ("vrrp_netlink_cmd_rcv_bufs_force", nil), ("vrrp_netlink_cmd_rcv_bufs_force no", nil),
            ("vrrp_netlink_cmd_rcv_bufs_force x", .wrongValueIsRefused), ("vrrp_netlink_monitor_rcv_bufs 0", nil),
            ("vrrp_netlink_monitor_rcv_bufs_force yes", nil),
            ("process_name floating", nil), ("process_name a-name-that-is-long", .wrongValueIsRefused),
            ("process_name", nil), ("vrrp_process_name floating", nil), ("vrrp_process_name", nil),
            ("vrrp_process_name a-name-that-is-long", .wrongValueIsRefused), ("process_names yes", nil),
            ("umask 022", nil), ("umask 0x1f", nil), ("umask 18", nil), ("umask 999", .wrongValueIsRefused),
            ("umask IWGRP|IWOTH", nil), ("umask IWGRP | IWOTH", nil), ("umask S_IWGRP", .lessIsSaid),
            ("umask nonsense", .wrongValueIsRefused), ("umask", nil),
            ("data_use_instance", nil), ("data_use_instance no", nil), ("data_use_instance x", .wrongValueIsRefused),
            // Later releases have these.
            ("json_version 1", .lessIsSaid), ("state_dump_file /tmp/x", .lessIsSaid),
            ("stats_dump_file /tmp/x", .lessIsSaid), ("json_dump_file /tmp/x", .lessIsSaid),
            ("json_version 3", .wrongValueIsRefused),
            ("reload_check_config", nil), ("reload_check_config /tmp/log", .keywordWithoutEffect),
            ("reload_time_file /tmp/x", .keywordWithoutEffect), ("reload_time_file", .wrongValueIsRefused),
            ("reload_repeat", .keywordWithoutEffect), ("reload_file", .keywordWithoutEffect),
            ("config_save_dir /tmp", .keywordWithoutEffect), ("config_save_dir", nil),
            ("tmp_config_directory /tmp", nil), ("tmp_config_directory", .wrongValueIsRefused),
            ("use_pid_dir", nil), ("instance left", nil), ("enable_snmp_vrrp", .keywordWithoutEffect),
            ("enable_dbus", .keywordWithoutEffect), ("snmp_socket udp:192.0.2.1:705", .keywordWithoutEffect),
        ])
        + texts(
            [
                ("use_pid_dir\n", nil), ("use_pid_dir x\n", .moreIsSaid), ("instance left\n", nil),
                ("instance\n", .wrongValueIsRefused), ("instance a/b\n", .silenceIsRefused),
                ("instance a\ninstance b\n", nil), ("child_wait_time 5\n", nil), ("child_wait_time 0\n", nil),
                ("child_wait_time x\n", .wrongValueIsRefused), ("child_wait_time\n", nil),
                ("net_namespace\n", .wrongValueIsRefused), ("net_namespace absent\n", nil),
                ("net_namespace a/b\n", .silenceIsRefused),
            ].map { line, difference in (line + instance("VI_1", id: 51, ""), difference) })
}
