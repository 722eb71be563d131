extension GlobalKeywords {
    /// Keywords about the process, its files and its memory.
    static let processKeywords = Keyword<GlobalSettings>.skipped(
        [
            "max_auto_priority",
            "min_auto_priority_delay",
            "vrrp_rlimit_rttime",
            "vrrp_rlimit_rtime",
            "vrrp_cpu_affinity",
            "vrrp_rx_bufs_policy",
            "vrrp_rx_bufs_multiplier",
            "vrrp_netlink_cmd_rcv_bufs",
            "vrrp_netlink_cmd_rcv_bufs_force",
            "vrrp_netlink_monitor_rcv_bufs",
            "vrrp_netlink_monitor_rcv_bufs_force",
            "process_names",
            "process_name",
            "vrrp_process_name",
            "umask",
            "state_dump_file",
            "stats_dump_file",
            "json_dump_file",
            "json_version",
            "data_use_instance",
            "reload_check_config",
            "reload_time_file",
            "reload_repeat",
            "reload_file",
            "config_save_dir",
            "tmp_config_directory",
            "use_pid_dir",
        ], .notYet)
}
