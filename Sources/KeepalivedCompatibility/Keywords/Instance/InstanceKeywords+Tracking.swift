extension InstanceKeywords {
    /// Keywords about what the instance tracks.
    static let trackingKeywords: [Keyword<InstanceSettings>] =
        TrackingKeywords.keywords(at: \.tracking, whom: "of the instance")
        + [
            Keyword(
                "track_src_ip", standard: "not tracked",
                "The instance is out of the election while no interface has its unicast_src_ip or mcast_src_ip."
            ) { statement, settings, log in
                statement.expectNoBlock(&log)
                statement.expectValues(atMost: 0, &log)
                settings.tracking.sourceAddress = Located(true, at: statement.place, text: statement.keyword)
            }
        ]
}
