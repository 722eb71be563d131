extension RootKeywords {
    /// Keywords about what the node has in any case.
    static let routesKeywords: [Keyword<ConfigurationSettings>] = [
        .list(
            "static_ipaddress", entry: AddressEntry.allowedStatic,
            "Addresses that the node has for as long as the program runs; what was there before stays."
        ) { entries, list, settings, log in
            settings.statics.addresses += entries.compactMap {
                AddressEntry.read($0, in: list.keyword, isStatic: true, &log)
            }
        },
        .list(
            "static_routes", entry: RouteEntry.allowed, "Routes that the node has for as long as the program runs."
        ) { entries, _, settings, _ in settings.statics.routes += entries },
        .list("static_rules", entry: RuleEntry.allowed, "Rules that the node has for as long as the program runs.") {
            entries, _, settings, _ in settings.statics.rules += entries
        },
        trackGroup,
    ]

    private static let trackGroupTable = KeywordTable<TrackGroupSettings>(
        block: "track_group",
        [
            .list("group", entry: "INSTANCE ...", "The instances, one or several a line.") {
                entries, _, settings, log in
                for entry in entries {
                    entry.expectNoBlock(&log)
                    settings.members += entry.words.map { Located($0, at: entry.place, text: $0) }
                }
            }
        ])

    private static let trackGroup = Keyword<ConfigurationSettings>(
        "track_group", values: "a name and a block", mayRepeat: true, nested: trackGroupTable.descriptions,
        "Instances that stay out of the election while a static address, route or rule cannot be there that names the"
            + " group."
    ) { statement, settings, log in
        guard let (name, block) = statement.expectNameAndBlock("a name that no other group has", &log) else { return }
        var group = TrackGroupSettings(name: name)
        _ = log.containing { log in trackGroupTable.read(block, into: &group, &log) }
        settings.statics.trackGroups.append(group)
    }
}
