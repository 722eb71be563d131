import VRRP
public import VRRPEngine

/// Decides what is due when something happens: which programs, which lines, which mails. A value without clock or I/O.
public struct NotificationPlanner: Sendable {
    private var definitions: NotificationDefinitions
    private var instances: [String: InstanceNotification]
    private var groups: [String: GroupNotification]
    private var follower: StateFollower
    /// The name of the node in mails.
    private var routerID: String
    /// The state of each instance and group that the last mail was about.
    private var mailed: [Subject: KeepalivedState] = [:]

    /// Decides about what the definitions name, from before its start.
    public init(_ definitions: NotificationDefinitions, routerID: String) {
        self.definitions = definitions
        self.routerID = routerID
        instances = definitions.instancesByName
        groups = definitions.groupsByName
        follower = StateFollower(definitions)
    }

    /// What is due when the engine has reported something and that is carried out on the node.
    public mutating func take(_ report: Report) -> [Notice] { notices(follower.take(report)) }

    /// What is due after a result of a script, before the engine is told of it.
    public mutating func take(resultOf trackedName: String, isGood: Bool) -> [Notice] {
        notices(follower.take(resultOf: trackedName, isGood: isGood))
    }

    /// Takes new definitions, before the engine does.
    public mutating func beginReload(_ new: NotificationDefinitions, routerID: String) {
        // What goes is told by the definitions that it had.
        instances.merge(new.instancesByName) { $1 }
        groups = new.groupsByName
        definitions = new
        self.routerID = routerID
        follower.beginReload(new)
    }

    /// What is due when the engine has taken new definitions.
    public mutating func finishReload() -> [Notice] {
        let deletions = notices(follower.finishReload())
        instances = definitions.instancesByName
        guard definitions.tellsStatesOnReload, !definitions.fifos.isEmpty else { return deletions }
        return deletions
            + follower.states.compactMap { occurrence in
                switch occurrence {
                case .entered(let name, let state, let priority, _, _):
                    line(.instance(name), state.rawValue, priority.rawValue)
                case .groupEntered(let name, let state): line(.group(name), state.rawValue, 0)
                default: nil
                }
            }
    }

    /// The program is about to end.
    public mutating func beginStop() { follower.beginStop() }

    /// What is due when everything has ended.
    public mutating func finishStop() -> [Notice] { notices(follower.finishStop()) }
}

extension NotificationPlanner {
    private enum Subject: Hashable {
        case instance(String)
        case group(String)

        /// The first words of what is told of it.
        var words: (kind: String, name: String) {
            switch self {
            case .instance(let name): ("INSTANCE", name)
            case .group(let name): ("GROUP", name)
            }
        }
    }

    private mutating func notices(_ occurrences: [StateOccurrence]) -> [Notice] {
        occurrences.flatMap { notices($0) }
    }

    private mutating func notices(_ occurrence: StateOccurrence) -> [Notice] {
        switch occurrence {
        case .entered(let name, let state, let priority, _, isShared: false),
            .removed(let name, let state, let priority):
            guard let instance = instances[name] else { return [] }
            let subject = Subject.instance(name)
            return notices(of: subject, instance.scripts, state, priority.rawValue)
                + mail(subject, state, isWanted: instance.sendsMail)
        case .groupEntered(let name, let state):
            guard let group = groups[name] else { return [] }
            let subject = Subject.group(name)
            return notices(of: subject, group.scripts, state, 0) + mail(subject, state, isWanted: group.sendsMail)
        case .priorityChanged(let name, _, let priority, let isMaster):
            guard instances[name]?.tellsPriority == true else { return [] }
            let event = isMaster ? "MASTER_PRIORITY" : "BACKUP_PRIORITY"
            return [line(.instance(name), event, priority.rawValue)].compactMap(\.self)
        case .heardLowerPriority(let name, let priority):
            let subject = Subject.instance(name)
            let script = instances[name]?.scripts.onLowerPriority.map { run($0, of: subject) }
            return [script, line(subject, "MASTER_RX_LOWER_PRI", priority.rawValue)].compactMap(\.self)
        case .entered, .following: return []
        }
    }

    private func notices(
        of subject: Subject, _ scripts: NotificationScripts, _ state: KeepalivedState, _ priority: UInt8
    ) -> [Notice] {
        let words = subject.words
        let arguments = [words.kind, words.name, state.rawValue, String(priority)]
        return [
            scripts.byState[state].map { run($0, of: subject) },
            scripts.any.map { run($0.appending(arguments), of: subject) },
            line(subject, state.rawValue, priority),
        ].compactMap(\.self)
    }

    private func run(_ command: NotificationCommand, of subject: Subject) -> Notice {
        .run(command, queue: "\(subject.words.kind) \(subject.words.name)")
    }

    private func line(_ subject: Subject, _ event: String, _ priority: UInt8) -> Notice? {
        guard !definitions.fifos.isEmpty else { return nil }
        let words = subject.words
        return .line("\(words.kind) \"\(words.name.withoutControls)\" \(event) \(priority)\n")
    }

    /// A mail about a state that the last one was not about.
    private mutating func mail(_ subject: Subject, _ state: KeepalivedState, isWanted: Bool) -> [Notice] {
        guard isWanted, definitions.mail != nil, state != .fault || definitions.mailsFaults, mailed[subject] != state
        else { return [] }
        mailed[subject] = state
        let title =
            switch subject {
            case .instance(let name): "VRRP Instance \(name) - \(state.mailTitle)"
            case .group(let name): "VRRP Group \(name) - \(state.mailTitle)"
            }
        let body =
            switch subject {
            case .instance: state.mailBodyOfInstance
            case .group: state.mailBodyOfGroup
            }
        return [.mail(Mail(subject: "[\(routerID)] \(title)".withoutControls, body: "=> \(body) <="))]
    }
}

extension NotificationDefinitions {
    var instancesByName: [String: InstanceNotification] {
        Dictionary(instances.map { ($0.name, $0) }) { first, _ in first }
    }

    var groupsByName: [String: GroupNotification] {
        Dictionary(groups.map { ($0.name, $0) }) { first, _ in first }
    }
}

extension KeepalivedState {
    fileprivate var mailTitle: String {
        switch self {
        case .master, .backup, .fault: "Entering \(rawValue) state"
        case .stop: "Stopping"
        case .deleted: "Deleted"
        }
    }

    fileprivate var mailBodyOfInstance: String {
        switch self {
        case .master: "VRRP Instance is now owning VRRP VIPs"
        case .backup, .fault: "VRRP Instance is no longer owning VRRP VIPs"
        case .stop: "VRRP Instance stopping"
        case .deleted: "VRRP Deleted at reload"
        }
    }

    fileprivate var mailBodyOfGroup: String {
        switch self {
        case .master, .backup, .fault: "All VRRP group instances are now in \(rawValue) state"
        case .stop: "All VRRP group instances are now stopping"
        case .deleted: "VRRP group deleted at reload"
        }
    }
}

extension String {
    /// The text without characters that could end a line, or a quotation, of what it is put into.
    fileprivate var withoutControls: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : $0 }))
    }
}
