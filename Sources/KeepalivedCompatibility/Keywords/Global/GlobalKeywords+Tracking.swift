extension GlobalKeywords {
    /// Keywords about what is tracked.
    static let trackingKeywords = Keyword<GlobalSettings>.skipped(
        [
            "process_monitor_rcv_bufs",
            "process_monitor_rcv_bufs_force",
        ], .notYet)
}
