import KeepalivedCompatibility
import LinuxHost
import VRRPEngine

/// Who is told of what by a keepalived.conf, with the accounts of the node.
struct LoadedNotifications {
    /// Who is told of what.
    private(set) var definitions: NotificationDefinitions
    /// Where notices go.
    private(set) var routes: NoticeRoutes
    private var accounts: [ScriptUser?: ScriptAccount]
    /// The accounts of what a reload is about to remove, and has yet to be told of.
    private var departingAccounts: [ScriptUser?: ScriptAccount] = [:]

    /// Looks accounts up, which may wait: not for the engine's thread.
    ///
    /// - Throws: the account that the node does not have.
    init(_ definitions: NotificationDefinitions) throws(ScriptAccountError) {
        let hasAllGroups = definitions.commands.contains(where: \.keepsSupplementaryGroups)
        var accounts: [ScriptUser?: ScriptAccount] = [:]
        for user in definitions.users { accounts[user] = try ScriptAccount(user, hasAllGroups: hasAllGroups) }
        self.definitions = definitions
        self.accounts = accounts
        var routes = NoticeRoutes()
        routes.fifos = definitions.fifos.compactMap { fifo in
            accounts[fifo.user].map { account in
                NoticeFIFO(
                    path: fifo.path, account: account,
                    reader: fifo.script.flatMap { Self.runnable($0, accounts) })
            }
        }
        routes.mail = definitions.mail.map(Self.route)
        self.routes = routes
    }

    /// Takes over who is told of an instance that goes on as before, with the accounts of then.
    mutating func keep(_ instance: String, of old: LoadedNotifications) {
        definitions.keep(instance, of: old.definitions)
        let users = definitions.users
        accounts.merge(old.accounts.filter { users.contains($0.key) }) { new, _ in new }
        if definitions.mail != nil, routes.mail == nil { routes.mail = old.routes.mail }
    }

    /// Lets what a reload is about to remove be told of by its own commands.
    mutating func beginReload(from old: LoadedNotifications) {
        departingAccounts = old.departingAccounts.merging(old.accounts) { $1 }
    }

    /// Nothing is left to be told of what a reload has removed.
    mutating func finishReload() { departingAccounts = [:] }

    /// What the node is to do for a notice; nil only where its account was never looked up.
    func outgoing(_ notice: Notice) -> OutgoingNotice? {
        switch notice {
        case .run(let command, let queue): runnable(command).map { .run($0, queue: queue) }
        case .line(let line): .line(line)
        case .mail(let mail): .mail(subject: mail.subject, body: mail.body)
        }
    }

    /// The command with its account.
    func runnable(_ command: NotificationCommand) -> RunnableCommand? {
        Self.runnable(command, accounts) ?? Self.runnable(command, departingAccounts)
    }

    /// Whether something runs as root although nobody has written so.
    var runsAsRootUnnamed: Bool { accounts[nil]?.user == 0 && definitions.commands.contains { $0.user == nil } }

    private static func runnable(
        _ command: NotificationCommand, _ accounts: [ScriptUser?: ScriptAccount]
    ) -> RunnableCommand? {
        accounts[command.user].map { account in
            RunnableCommand(
                words: command.words, account: account, needsSafePath: command.needsSafePath,
                keepsLinks: command.keepsLinks, keepsRights: true)
        }
    }

    private static func route(_ mail: MailDefinition) -> MailRoute {
        let name = hostName()
        // What the kernel takes for a name may not be one in a mail.
        let isPlain = !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7e).contains($0) && !"<>@".utf8.contains($0) }
        let host = isPlain ? name : "localhost"
        return MailRoute(
            host: mail.server.host, port: mail.server.port, clientName: mail.clientName ?? host,
            sender: mail.sender ?? "\(accountName())@\(host)", recipients: mail.recipients, timeout: mail.timeout)
    }
}
