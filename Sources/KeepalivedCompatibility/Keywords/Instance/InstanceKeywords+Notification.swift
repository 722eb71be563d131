extension InstanceKeywords {
    /// Keywords about telling people and programs of one instance.
    static let notificationKeywords: [Keyword<InstanceSettings>] =
        NotificationKeywords.keywords(at: \.notification, subject: "the instance") + [
            NotificationKeywords.command(
                "notify_master_rx_lower_pri", at: \.notification, into: \.onLowerPriority,
                "What is run when the active instance hears an advert of lower priority; at most once a second."
            ).expendable,
            deletion.expendable,
        ]

    private static let deletion = Keyword<InstanceSettings>(
        "notify_deleted",
        values: "nothing, \(ValueFormat<Bool>.switching.allowed), or \(NotificationCommandEntry.allowed)",
        standard: "told as FAULT", mayRepeat: true,
        "That a reload has removed the instance is told as DELETED; the program, where there is one, is run then."
    ) { statement, settings, log in
        let format = ValueFormat<Bool>.switching
        let text = statement.values.first ?? "on"
        if statement.values.count <= 1, let value = format.read(text) {
            statement.expectNoBlock(&log)
            settings.notification.tellsDeletion = Located(value, at: statement.place, text: text)
            return
        }
        guard let command = NotificationCommandEntry.read(statement, &log) else { return }
        if let first = settings.notification.onDeletion {
            return log.warning(statement.place, statement.keyword, .repeatedInVain(first: first.place))
        }
        settings.notification.tellsDeletion = Located(true, at: statement.place, text: text)
        settings.notification.onDeletion = command
    }
}
