extension InstanceKeywords {
    /// Keywords about telling people and programs of one instance.
    static let notificationKeywords = Keyword<InstanceSettings>.skipped(
        [
            "notify",
            "notify_master",
            "notify_backup",
            "notify_fault",
            "notify_stop",
            "notify_deleted",
            "notify_master_rx_lower_pri",
            "notify_priority_changes",
            "smtp_alert",
        ], .notYet)
}
