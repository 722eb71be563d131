public import VRRP
public import VRRPEngine

/// Whom a configuration wants to be told of what, and how.
public struct NotificationDefinitions: Equatable, Sendable {
    /// The instances, in the order of the file.
    public var instances: [InstanceNotification] = []
    /// The sync groups, in the order of the file.
    public var groups: [GroupNotification] = []
    /// Where each change of state is written to as a line.
    public var fifos: [NotificationFIFO] = []
    /// Whether all states are written there after a reload.
    public var tellsStatesOnReload = false
    /// How mails are sent; nil where nobody would get one.
    public var mail: MailDefinition?
    /// Whether mails are sent of faults.
    public var mailsFaults = true
    /// What is run before anything else.
    public var startup: TimedCommand?
    /// What is run at the very end.
    public var shutdown: TimedCommand?
    /// The names under which the engine tracks scripts that are neither good nor bad before their first result.
    public var scriptsWithoutInitialState: Set<String> = []

    /// Nobody is told of anything.
    public init() {}

    /// Whether nobody is told of anything, so that no process is needed for it.
    public var isEmpty: Bool { fifos.isEmpty && mail == nil && commands.isEmpty }

    /// Every command that may be run.
    public var commands: [NotificationCommand] {
        instances.flatMap(\.scripts.all) + groups.flatMap(\.scripts.all) + fifos.compactMap(\.script)
            + [startup, shutdown].compactMap(\.?.command)
    }

    /// Every account that something is run as, or given to; nil stands for the one that holds where nobody is named.
    public var users: Set<ScriptUser?> { Set(commands.map(\.user) + fifos.map(\.user)) }

    /// Takes over who is told of an instance that goes on as before although the new configuration lacks it.
    ///
    /// Mails go to whom they went to, where nothing else in the new configuration is mailed.
    public mutating func keep(_ instance: String, of old: NotificationDefinitions) {
        guard let notification = old.instances.first(where: { $0.name == instance }) else { return }
        instances.append(notification)
        if notification.sendsMail, mail == nil { mail = old.mail }
    }

    /// Leaves out what is to run as a user that the host does not have, or is for that user.
    public mutating func leaveOut(_ user: ScriptUser?) {
        for index in instances.indices { instances[index].scripts.leaveOut(user) }
        for index in groups.indices { groups[index].scripts.leaveOut(user) }
        fifos.removeAll { $0.user == user }
        for index in fifos.indices where fifos[index].script?.user == user { fifos[index].script = nil }
        if startup?.command.user == user { startup = nil }
        if shutdown?.command.user == user { shutdown = nil }
    }
}

/// Whom to tell of one instance.
public struct InstanceNotification: Equatable, Sendable {
    /// What makes an instance the same one after a reload, whatever its name.
    public struct Identity: Hashable, Sendable {
        /// The interface.
        public var interface: String
        /// The family of its addresses.
        public var family: AddressFamily
        /// The identifier.
        public var virtualRouterID: VirtualRouterID
    }

    /// The name.
    public var name: String
    /// What makes it the same one after a reload.
    public var identity: Identity
    /// The priority before anything has changed it.
    public var priority: Priority
    /// What is run.
    public var scripts: NotificationScripts
    /// Whether a deletion is told as one, and not as a fault.
    public var tellsDeletion: Bool
    /// Whether changes of the priority are written to the FIFOs.
    public var tellsPriority: Bool
    /// Whether mails are sent.
    public var sendsMail: Bool
}

/// Whom to tell of one sync group.
public struct GroupNotification: Equatable, Sendable {
    /// The name.
    public var name: String
    /// The names of its instances.
    public var members: [String]
    /// What is run.
    public var scripts: NotificationScripts
    /// Whether changes of the priorities of its instances are written to the FIFOs; nil where it says nothing of that.
    public var tellsPriority: Bool?
    /// Whether mails are sent.
    public var sendsMail: Bool
}

/// What is run when an instance or a group changes its state.
public struct NotificationScripts: Equatable, Sendable {
    /// On entering a state.
    public var byState: [KeepalivedState: NotificationCommand] = [:]
    /// On entering any state, behind the one for that state, with further arguments.
    public var any: NotificationCommand?
    /// When an active instance hears an advert of lower priority.
    public var onLowerPriority: NotificationCommand?

    /// Nothing is run.
    public init() {}

    mutating func leaveOut(_ user: ScriptUser?) {
        byState = byState.filter { $0.value.user != user }
        if any?.user == user { any = nil }
        if onLowerPriority?.user == user { onLowerPriority = nil }
    }

    var all: [NotificationCommand] { Array(byState.values) + [any, onLowerPriority].compactMap(\.self) }
}

/// A program with its arguments, and whom it runs as.
public struct NotificationCommand: Hashable, Sendable {
    /// The program and its arguments, at least one word.
    public var words: [String]
    /// Whom it runs as; nil leaves that to the host.
    public var user: ScriptUser?
    /// Whether it runs as root only where nobody else could have written its file.
    public var needsSafePath = false
    /// Whether such a file is then run by the path as it is written, and not by the one behind its links.
    public var keepsLinks = false
    /// Whether it is in all groups of its user.
    public var keepsSupplementaryGroups = false

    /// A command.
    public init(words: [String], user: ScriptUser? = nil) {
        self.words = words
        self.user = user
    }

    /// The command with further arguments.
    func appending(_ arguments: [String]) -> NotificationCommand {
        var command = self
        command.words += arguments
        return command
    }
}

/// A command that is waited for.
public struct TimedCommand: Hashable, Sendable {
    /// What is run.
    public var command: NotificationCommand
    /// How long it may take.
    public var timeout: Nanoseconds
}

/// A FIFO that changes of state are written to.
public struct NotificationFIFO: Hashable, Sendable {
    /// Its absolute path.
    public var path: String
    /// Whom it is made for; nil leaves that to the host.
    public var user: ScriptUser?
    /// What reads it.
    public var script: NotificationCommand?
}

/// Where mails go and whom they are from.
public struct MailDefinition: Hashable, Sendable {
    /// The server that takes them.
    public var server: MailServer
    /// The name of this host in what it says to the server; nil for the host's name.
    public var clientName: String?
    /// Whom they are from; nil for keepalived at the host's name.
    public var sender: String?
    /// Whom they go to, at least one.
    public var recipients: [String]
    /// How long each answer of the server may take.
    public var timeout: Nanoseconds = .seconds(30)
}

/// A server that takes mails.
public struct MailServer: Hashable, Sendable {
    /// Its name or address.
    public var host: String
    /// Its port.
    public var port: UInt16 = 25

    /// A server that listens where such servers do.
    public init(host: String) { self.host = host }
}
