extension InstanceKeywords {
    /// Keywords about what an instance tracks.
    static let trackingKeywords = Keyword<InstanceSettings>.skipped(
        [
            "track_src_ip",
            "track_file",
            "track_process",
        ], .notYet)
}
