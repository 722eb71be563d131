extension RootKeywords {
    /// Keywords about interfaces and announcements.
    static let electionKeywords = [announcementGroup]

    private static let announcementGroup = Keyword<ConfigurationSettings>(
        "garp_group", values: "a block", mayRepeat: true, nested: AnnouncementGroupKeywords.table.descriptions,
        "Interfaces that share the pace of their announcements; each is in one group alone."
    ) { statement, settings, log in
        statement.expectValues(atMost: 0, &log)
        guard let block = statement.expectBlock(&log) else { return }
        var group = AnnouncementGroupSettings(place: statement.place)
        _ = log.containing { log in AnnouncementGroupKeywords.table.read(block, into: &group, &log) }
        settings.announcementGroups.append(group)
    }
}
