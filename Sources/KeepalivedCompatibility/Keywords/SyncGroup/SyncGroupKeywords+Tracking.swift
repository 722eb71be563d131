extension SyncGroupKeywords {
    /// Keywords about what a group tracks.
    static let trackingKeywords: [Keyword<SyncGroupSettings>] =
        TrackingKeywords.keywords(at: \.tracking, whom: "of all instances of the group")
        + [
            Keyword(
                "global_tracking",
                "Accepted with a warning: what the group tracks holds for all of its instances anyway."
            ) { statement, _, log in
                statement.expectNoBlock(&log)
                statement.expectValues(atMost: 0, &log)
                log.warning(statement.place, statement.keyword, .ignored(because: .groupsTrackAnyway))
            }
        ]
}
