/// The keywords about telling people and programs that instances and groups share.
enum NotificationKeywords {
    /// The keywords of a group, which an instance has as well.
    static func keywords<Settings: Sendable>(
        at settings: any WritableKeyPath<Settings, NotificationSettings> & Sendable, subject: String
    ) -> [Keyword<Settings>] {
        [
            command(
                "notify_master", at: settings, into: \.onMaster, "What is run when \(subject) becomes active."),
            command("notify_backup", at: settings, into: \.onBackup, "What is run when \(subject) becomes a backup."),
            command(
                "notify_fault", at: settings, into: \.onFault, "What is run when \(subject) cannot take part any more."),
            command("notify_stop", at: settings, into: \.onStop, "What is run when the program ends."),
            command(
                "notify", at: settings, into: \.onAnyState,
                "What is run at each of these, behind the other one, with INSTANCE or GROUP, the name, MASTER, BACKUP, FAULT,"
                    + " STOP or DELETED, and the priority, 0 for a group, as further arguments."),
            toggle(
                "notify_priority_changes", at: settings, standard: "vrrp_notify_priority_changes",
                into: \.tellsPriority,
                "Changes of the priority are written to the FIFOs."),
            toggle(
                "smtp_alert", at: settings, standard: "smtp_alert_vrrp, else smtp_alert of global_defs",
                into: \.sendsMail, "A mail is sent when \(subject) changes its state."),
        ].map(\.expendable)
    }

    /// A keyword that names a program; what is said first counts, as with keepalived.
    static func command<Settings: Sendable>(
        _ name: String, at settings: any WritableKeyPath<Settings, NotificationSettings> & Sendable,
        into field: any WritableKeyPath<NotificationSettings, Located<NotificationCommand>?> & Sendable,
        _ summary: String
    ) -> Keyword<Settings> {
        .command(name, summary) {
            $0[keyPath: settings][keyPath: field]
        } set: {
            $0[keyPath: settings][keyPath: field] = $1
        }
    }

    private static func toggle<Settings: Sendable>(
        _ name: String, at settings: any WritableKeyPath<Settings, NotificationSettings> & Sendable, standard: String,
        into field: any WritableKeyPath<NotificationSettings, Located<Bool>?> & Sendable, _ summary: String
    ) -> Keyword<Settings> {
        Keyword(name, values: Statement.allowedSwitch, standard: standard, summary) { statement, target, log in
            guard let value = statement.readSwitch(&log) else { return }
            target[keyPath: settings][keyPath: field] = value
        }
    }
}

extension Keyword {
    /// A keyword that names a program and whom it runs as; where it stands a second time the first one counts.
    static func command(
        _ name: String, standard: String = "", _ summary: String,
        get: @escaping @Sendable (Settings) -> Located<NotificationCommand>?,
        set: @escaping @Sendable (inout Settings, Located<NotificationCommand>) -> Void
    ) -> Self {
        Keyword(
            name, values: NotificationCommandEntry.allowed, standard: standard, mayRepeat: true, summary
        ) { statement, settings, log in
            guard let command = NotificationCommandEntry.read(statement, &log) else { return }
            if let first = get(settings) {
                return log.warning(statement.place, statement.keyword, .repeatedInVain(first: first.place))
            }
            set(&settings, command)
        }
    }

    /// A keyword that names a program, for a place in the settings.
    static func command(_ name: String, into field: Field<NotificationCommand>, _ summary: String) -> Self {
        .command(name, summary) {
            $0[keyPath: field]
        } set: {
            $0[keyPath: field] = $1
        }
    }
}
