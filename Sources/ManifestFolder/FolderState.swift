import VIPPlanning

/// What a folder of manifests comes to at a moment.
public struct FolderState: Hashable, Sendable {
    /// The plan; nil while there is none, because the folder was never read as a whole or the record of identifiers has
    /// never been readable. What was in force before stays then.
    public var plan: FolderPlan?
    /// Why there is no plan although the folder and the record can be read; nil where there is one.
    public var hold: Hold?
    /// What keeps files and objects from being used; for each of them its last good state is in the plan, if it had one.
    public var problems: [ManifestProblem] = []
    /// What is not used, and need not be.
    public var notes: [ManifestNote] = []
    /// What the writers of objects should know of them, apart from what the plan found.
    public var remarks: [Remark] = []
    /// Why the record of identifiers cannot be read or written; nil where it can.
    public var recordProblem: RecordProblem?

    /// Of a folder that nobody has looked at.
    public init() {}

    /// A sentence on an object.
    public struct Remark: Hashable, Sendable {
        /// The object.
        public var object: ObjectIdentity
        /// Where it stands.
        public var place: ManifestPlace
        /// The sentence, without a full stop.
        public var text: String
    }

    /// What is waited for before anything is planned: whoever starts does not know the last good state of what is bad or
    /// missing, and must not take it for gone.
    public enum Hold: Hashable, Sendable {
        /// The folder has not had a single file yet: something is mounted late, or not at all.
        case empty(path: String)
        /// There was no moment yet at which everything in it could be read.
        case incomplete(path: String)
    }

    /// What is the matter with the record of identifiers.
    public enum RecordProblem: Hashable, Sendable {
        /// It cannot be read; the last good one counts, or else there is no plan.
        case unreadable(path: String, RouterIDRecordError)
        /// It cannot be written; the reason in the words of the system.
        case unwritable(path: String, String)
    }
}

/// A line for the log.
public struct FolderMessage: Hashable, Sendable {
    /// How much it matters.
    public var severity: Severity
    /// One sentence without a full stop, with its place in front.
    public var text: String

    /// How much a message matters.
    public enum Severity: Hashable, Sendable {
        /// Somebody must mend something: what a file says has no effect.
        case error
        /// Somebody should know something: the effect may not be what was meant.
        case warning
        /// Nobody needs to do anything.
        case notice
    }
}

extension FolderState {
    /// All that there is to say, each once, the worst first.
    ///
    /// - Parameters:
    ///   - node: The name of this host; nil where the plan is not for one of its nodes in particular.
    ///   - mustKeepRecord: Whether the record of identifiers is to be written here and nowhere else.
    public func messages(onNode node: String?, mustKeepRecord: Bool = false) -> [FolderMessage] {
        var messages: [FolderMessage] = []
        switch recordProblem {
        case .unreadable(let path, let error):
            let consequence = plan == nil ? "no virtual router is planned" : "the identifiers stay what they were"
            messages.append(FolderMessage(severity: .error, text: "\(path) \(error); \(consequence)"))
        case .unwritable(let path, let reason):
            let consequence = "the identifiers that it lacks follow from the names of the routers, on every host alike"
            messages.append(
                FolderMessage(
                    severity: mustKeepRecord ? .error : .notice,
                    text: "\(path) cannot be written: \(reason); \(consequence)"))
        case nil: break
        }
        switch hold {
        case .empty(let path):
            let text = "\(path) has no manifest; until there is one, what was in force stays"
            messages.append(FolderMessage(severity: .warning, text: text))
        case .incomplete(let path):
            let text = "until all of \(path) was readable once, what was in force stays"
            messages.append(FolderMessage(severity: .warning, text: text))
        case nil: break
        }
        messages += problems.map { FolderMessage(severity: .error, text: $0.description) }
        if let plan, let node, !plan.nodes.contains(node) {
            let text = "there is no Node \(node) in the folder, so this host takes part in nothing"
            messages.append(FolderMessage(severity: .warning, text: text))
        }
        messages += remarks.map { remark in
            FolderMessage(severity: .warning, text: "\(remark.place): \(remark.object): \(remark.text)")
        }
        messages += (plan?.findings ?? []).map { found in
            let place = found.place.map { "\($0): " } ?? ""
            let object = ObjectIdentity(found.finding.subject)
            return FolderMessage(severity: .warning, text: "\(place)\(object): \(found.finding.problem)")
        }
        messages += notes.map { FolderMessage(severity: .notice, text: $0.description) }
        var said: Set<FolderMessage> = []
        return messages.filter { said.insert($0).inserted }
    }
}
