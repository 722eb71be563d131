extension SyncGroupKeywords {
    /// Keywords about what a group tracks.
    static let trackingKeywords = Keyword<SyncGroupSettings>.skipped(
        [
            "track_script",
            "track_file",
            "track_process",
            "global_tracking",
        ], .notYet)
}
