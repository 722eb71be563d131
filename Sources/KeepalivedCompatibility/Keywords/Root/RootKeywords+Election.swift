extension RootKeywords {
    /// Keywords about interfaces and announcements.
    static let electionKeywords = Keyword<ConfigurationSettings>.skipped(
        [
            "garp_group",
            "interface_up_down_delays",
            "linkbeat_interfaces",
            "linkbeat_use_polling",
        ], .notYet)
}
