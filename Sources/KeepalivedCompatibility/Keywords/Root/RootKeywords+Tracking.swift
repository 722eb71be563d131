extension RootKeywords {
    /// Keywords about what is tracked.
    static let trackingKeywords = Keyword<ConfigurationSettings>.skipped(
        [
            "vrrp_track_process",
            "vrrp_track_file",
            "track_file",
        ], .notYet)
}
