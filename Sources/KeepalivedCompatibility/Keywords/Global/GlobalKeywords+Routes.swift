extension GlobalKeywords {
    /// Keywords about routes, rules and static addresses.
    static let routesKeywords = Keyword<GlobalSettings>.skipped(
        [
            "default_interface",
            "iproute_usr_dir",
            "iproute_etc_dir",
        ], .notYet)
}
