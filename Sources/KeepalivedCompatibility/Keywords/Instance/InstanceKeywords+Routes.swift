extension InstanceKeywords {
    /// Keywords about the routes and rules of an instance.
    static let routesKeywords: [Keyword<InstanceSettings>] = [
        .list(
            "virtual_routes", entry: RouteEntry.allowed,
            "Routes that come behind the addresses and go before them, as `ip route` takes them."
        ) { entries, _, settings, _ in settings.routing.routes += entries },
        .list(
            "virtual_rules", entry: RuleEntry.allowed,
            "Rules that come behind the routes and go before them, as `ip rule` takes them."
        ) { entries, _, settings, _ in settings.routing.rules += entries },
    ]
}
