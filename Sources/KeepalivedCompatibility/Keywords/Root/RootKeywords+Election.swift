extension RootKeywords {
    /// Keywords about interfaces and announcements.
    static let electionKeywords = Keyword<ConfigurationSettings>.skipped(
        [
            "garp_group"
        ], .notYet)
}
