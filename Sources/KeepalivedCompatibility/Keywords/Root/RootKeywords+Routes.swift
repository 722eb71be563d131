extension RootKeywords {
    /// Keywords about what the node has in any case.
    static let routesKeywords = Keyword<ConfigurationSettings>.skipped(
        [
            "track_group",
            "static_ipaddress",
            "static_routes",
            "static_rules",
        ], .notYet)
}
