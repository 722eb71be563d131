/// What dump files tell of notifications, with the commands as this host runs them.
public struct NotificationState: Sendable {
    /// A command with what the host has found for it.
    public struct Command: Sendable {
        /// The words, the program by the file that is executed.
        public var words: [String]
        /// The numbers of the account.
        public var user: UInt32, group: UInt32

        /// A command that runs as an account.
        public init(words: [String], user: UInt32, group: UInt32) {
            self.words = words
            self.user = user
            self.group = group
        }
    }

    /// Who is told of what.
    public let definitions: NotificationDefinitions
    private let commands: [NotificationCommand: Command]
    private let instances: [String: InstanceNotification]
    private let groups: [String: GroupNotification]

    /// What `definitions` say.
    ///
    /// - Parameter commands: what the host has found for the commands; one that it lacks is told as it is written.
    public init(
        _ definitions: NotificationDefinitions = NotificationDefinitions(),
        commands: [NotificationCommand: Command] = [:]
    ) {
        self.definitions = definitions
        self.commands = commands
        instances = definitions.instancesByName
        groups = definitions.groupsByName
    }

    func instance(_ name: String) -> InstanceNotification? { instances[name] }

    func group(_ name: String) -> GroupNotification? { groups[name] }

    /// The scripts in keepalived's order, for an object of keepalived.json.
    func members(_ scripts: NotificationScripts) -> [(key: String, command: String)] {
        scripts.dumped.map { script in
            (script.key, DumpText.command(commands[script.command]?.words ?? script.command.words))
        }
    }

    /// The same as lines of keepalived.data.
    func lines(_ scripts: NotificationScripts) -> [String] {
        scripts.dumped.map { "\($0.title) state transition script = \(text(of: $0.command))" }
    }

    /// A command with its account.
    ///
    /// - Parameters:
    ///   - words: further words behind its own.
    ///   - isResolved: whether the program is told by the file that is executed, and not as it is written.
    func text(of command: NotificationCommand, and words: [String] = [], isResolved: Bool = true) -> String {
        let found = commands[command]
        let account = found.map { ", uid:gid \($0.user):\($0.group)" } ?? ""
        return DumpText.command((isResolved ? found?.words : nil) ?? command.words, and: words) + account
    }
}

extension NotificationScripts {
    /// The scripts that there are, in the order in which keepalived writes them, by the words that it has for each.
    fileprivate var dumped: [(key: String, title: String, command: NotificationCommand)] {
        let scripts: [(String, String, NotificationCommand?)] = [
            ("script_backup", "Backup", byState[.backup]), ("script_master", "Master", byState[.master]),
            ("script_fault", "Fault", byState[.fault]), ("script_stop", "Stop", byState[.stop]),
            ("script_deleted", "Deleted", byState[.deleted]), ("script", "Generic", any),
            ("script_master_rx_lower_pri", "Master rx lower pri", onLowerPriority),
        ]
        return scripts.compactMap { key, title, command in command.map { (key, title, $0) } }
    }
}
