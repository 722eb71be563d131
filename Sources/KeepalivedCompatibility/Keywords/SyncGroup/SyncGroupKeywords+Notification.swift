extension SyncGroupKeywords {
    /// Keywords about telling people and programs of a group.
    static let notificationKeywords = Keyword<SyncGroupSettings>.skipped(
        [
            "notify",
            "notify_master",
            "notify_backup",
            "notify_fault",
            "notify_stop",
            "notify_priority_changes",
            "smtp_alert",
        ], .notYet)
}
