extension SyncGroupKeywords {
    /// Keywords about telling people and programs of a group.
    static let notificationKeywords: [Keyword<SyncGroupSettings>] =
        NotificationKeywords.keywords(at: \.notification, subject: "the group")
}
