extension InstanceKeywords {
    /// Keywords about the routes and rules of an instance.
    static let routesKeywords = Keyword<InstanceSettings>.skipped(
        [
            "virtual_routes",
            "virtual_rules",
        ], .notYet)
}
