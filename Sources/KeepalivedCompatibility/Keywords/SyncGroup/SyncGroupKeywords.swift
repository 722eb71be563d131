/// The keywords of `vrrp_sync_group`.
enum SyncGroupKeywords {
    static let table = KeywordTable<SyncGroupSettings>(
        block: "vrrp_sync_group", supported + notificationKeywords + trackingKeywords + otherPartsKeywords)

    private static let supported: [Keyword<SyncGroupSettings>] = [
        .list(
            "group", entry: "INSTANCE ...",
            "The instances that change their state together, one or several a line, each in this group alone."
        ) { entries, _, settings, log in
            for entry in entries {
                entry.expectNoBlock(&log)
                settings.members += ([entry.keyword] + entry.values).map { Located($0, at: entry.place, text: $0) }
            }
        },
        .list(
            "track_interface", entry: TrackedInterfaceEntry.allowed,
            "Interfaces that must be up; with a weight they change the priority of all instances of the group instead."
        ) { entries, list, settings, log in
            settings.trackedInterfaces += entries.compactMap { TrackedInterfaceEntry.read($0, in: list.keyword, &log) }
        },
        .flag(
            "sync_group_tracking_weight", into: \.allowsWeights,
            "Weights of what the instances track count; without it they are ignored."),
    ]

    private static let otherPartsKeywords = [Keyword<SyncGroupSettings>.trackBFD]
}
