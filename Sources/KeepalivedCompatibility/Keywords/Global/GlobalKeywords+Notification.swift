extension GlobalKeywords {
    /// Keywords about telling people and programs.
    static let notificationKeywords: [Keyword<GlobalSettings>] = mailKeywords + fifoKeywords + programKeywords

    /// Each of them takes an answer of the server, and all are in one message to the process that sends mails.
    static let recipientLimit = 100

    private static let mailKeywords: [Keyword<GlobalSettings>] = [
        .list(
            "notification_email", entry: "mail addresses", "Whom mails go to."
        ) { entries, list, settings, log in
            for entry in entries {
                entry.expectNoBlock(&log)
                for text in [entry.keyword] + entry.values {
                    guard let address = MailEntry.address.read(text) else {
                        log.error(
                            entry.place, list.keyword, .notAllowed(value: text, allowed: MailEntry.address.allowed))
                        continue
                    }
                    settings.notification.recipients.append(Located(address, at: entry.place, text: text))
                }
            }
            let surplus = settings.notification.recipients.count - recipientLimit
            guard surplus > 0 else { return }
            settings.notification.recipients.removeLast(surplus)
            log.error(list.place, list.keyword, .tooManyRecipients(limit: recipientLimit))
        },
        .value(
            "notification_email_from", MailEntry.address, standard: "the program's user at the host's name",
            into: \.notification.sender, "Whom mails are from."),
        Keyword(
            "smtp_server", values: MailEntry.allowedServer, standard: "no mails; port 25",
            "The server that takes mails, in clear and without a login; its name is looked up when a mail is sent."
        ) { statement, settings, log in
            guard let server = MailEntry.server(statement, &log) else { return }
            settings.notification.mailServer = server
        },
        .value(
            "smtp_helo_name", MailEntry.host, standard: "the host's name", into: \.notification.mailClientName,
            "The name of this host in what it says to the server."),
        .value(
            "smtp_connect_timeout", .integer(1...4294), standard: "30", into: \.notification.mailTimeout,
            "The seconds that each answer of the server may take."),
        .toggle(
            "smtp_alert", into: \.notification.sendsMail,
            "Whether mails are sent, unless something below says otherwise."),
        .toggle(
            "smtp_alert_vrrp", standard: "smtp_alert", into: \.notification.sendsMailOfInstances,
            "Whether mails are sent of instances and groups that do not say."),
        .flag("no_email_faults", into: \.notification.isSilentAboutFaults, "No mails are sent of faults."),
    ]

    private static let fifoKeywords: [Keyword<GlobalSettings>] =
        fifo("notify_fifo", into: \.notification.fifo, script: \.notification.fifoScript)
        + fifo("vrrp_notify_fifo", into: \.notification.instanceFIFO, script: \.notification.instanceFIFOScript) + [
            .toggle(
                "vrrp_notify_priority_changes", into: \.notification.tellsPriority,
                "Changes of the priority are written to the FIFOs, unless an instance says otherwise."),
            .flag(
                "fifo_write_vrrp_states_on_reload", into: \.notification.tellsStatesOnReload,
                "All states are written to the FIFOs after a reload."),
        ]

    private static func fifo(
        _ name: String, into field: Keyword<GlobalSettings>.Field<FIFOSettings>,
        script: Keyword<GlobalSettings>.Field<NotificationCommand>
    ) -> [Keyword<GlobalSettings>] {
        [
            Keyword(
                name, values: FIFOEntry.allowed, mayRepeat: true,
                "A FIFO that each change of state is written to as a line; made where it is missing, for the user alone."
            ) { statement, settings, log in
                guard let fifo = FIFOEntry.read(statement, &log) else { return }
                if let first = settings[keyPath: field] {
                    return log.warning(statement.place, statement.keyword, .repeatedInVain(first: first.place))
                }
                settings[keyPath: field] = fifo
            },
            .command(
                "\(name)_script", into: script,
                "What reads that FIFO: started at the start with the path as its last argument, ended at the end."),
        ]
    }

    private static let programKeywords: [Keyword<GlobalSettings>] = [
        .command("startup_script", into: \.notification.startupScript, "What is run before all else, and waited for."),
        .value(
            "startup_script_timeout", .integer(1...1000), standard: "10", into: \.notification.startupTimeout,
            "The seconds that it may take; then it is ended."),
        .command(
            "shutdown_script", into: \.notification.shutdownScript, "What is run at the very end, and waited for."),
        .value(
            "shutdown_script_timeout", .integer(1...1000), standard: "10", into: \.notification.shutdownTimeout,
            "The seconds that it may take; then it is ended."),
        .flag(
            "set_supplementary_groups", into: \.notification.keepsSupplementaryGroups,
            "Scripts are in all groups of their user, and not in one alone."),
        .flag(
            "use_symlink_paths", into: \.notification.keepsLinks,
            "Programs of root are started by the path as it is written also with script security, which else follows its"
                + " links."),
    ]
}
