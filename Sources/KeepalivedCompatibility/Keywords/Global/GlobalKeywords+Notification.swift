extension GlobalKeywords {
    /// Keywords about telling people and programs.
    static let notificationKeywords = Keyword<GlobalSettings>.skipped(
        [
            "notification_email",
            "notification_email_from",
            "smtp_server",
            "smtp_helo_name",
            "smtp_connect_timeout",
            "smtp_alert",
            "smtp_alert_vrrp",
            "no_email_faults",
            "startup_script",
            "startup_script_timeout",
            "shutdown_script",
            "shutdown_script_timeout",
            "vrrp_notify_fifo",
            "vrrp_notify_fifo_script",
            "notify_fifo",
            "notify_fifo_script",
            "vrrp_notify_priority_changes",
            "fifo_write_vrrp_states_on_reload",
            "set_supplementary_groups",
            "use_symlink_paths",
        ], .notYet)
}
