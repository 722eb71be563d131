public import VRRPEngine

/// What dump files tell of scripts, files and processes that are tracked by name, taken at one moment.
public struct TrackedState: Sendable {
    /// The scripts, in the order of the configuration.
    public var scripts: [Script] = []
    /// The files; their numbers stand in the snapshot of the engine.
    public var files: [TrackedFileDefinition] = []
    /// The processes.
    public var processes: [Process] = []
    /// What each does to a priority by itself: ``KeepalivedConfiguration/trackingEffects``.
    public var effects: [TrackedObject: TrackingEffect] = [:]
    /// The sync groups in which the weights of members count: ``KeepalivedConfiguration/groupsAllowingWeights``.
    public var groupsAllowingWeights: Set<String> = []

    /// A script and whom it runs as; whether it is good stands in the snapshot of the engine.
    public struct Script: Sendable {
        /// What is run, and when.
        public var definition: ScriptDefinition
        /// The words of its command, the program by the file that is executed.
        public var command: [String]
        /// The numbers of the account.
        public var user: UInt32, group: UInt32
        /// What its program does.
        public var phase = ScriptPhase.idle
        /// What its results come to: ``CheckCounter/level``.
        public var level = 0

        /// A script that runs `command` as an account.
        public init(_ definition: ScriptDefinition, command: [String], user: UInt32, group: UInt32) {
            self.definition = definition
            self.command = command
            self.user = user
            self.group = group
        }
    }

    /// A program and how many processes it has.
    public struct Process: Sendable {
        /// What is counted.
        public var definition: TrackedProcessDefinition
        /// How many there are.
        public var count: Int
        /// Whether their number is right.
        public var isGood: Bool
        /// Whether changes wait for their delay.
        public var awaitsForkDelay = false, awaitsTerminateDelay = false

        /// A program with a number of processes.
        public init(_ definition: TrackedProcessDefinition, count: Int, isGood: Bool) {
            self.definition = definition
            self.count = count
            self.isGood = isGood
        }
    }

    /// Nothing is tracked.
    public init() {}
}

/// A router or group that tracks something, by the conditions that it has for it.
struct Tracker {
    let name: String
    let conditions: [TrackedCondition]

    /// The names of what of one kind is tracked, with the weights as keepalived writes them.
    func entries(_ kind: TrackedKind) -> [(name: String, weight: String)] {
        let prefix = kind.trackedNamePrefix
        return conditions.compactMap { condition in
            switch (condition.object, kind) {
            case (.external(let name), .script), (.external(let name), .process), (.number(let name), .file):
                guard name.hasPrefix(prefix) else { return nil }
                return (String(name.dropFirst(prefix.count)), condition.effect.dumped)
            default: return nil
            }
        }
    }

    /// The interfaces that are tracked, likewise.
    var interfaces: [(name: String, weight: String)] {
        conditions.compactMap { condition in
            if case .interface(let name) = condition.object { (name, condition.effect.dumped) } else { nil }
        }
    }
}

extension TrackedKind {
    /// How the names begin that the engine knows things of this kind by.
    fileprivate var trackedNamePrefix: String {
        switch object("") {
        case .external(let name), .number(let name), .interface(let name): name
        }
    }
}

extension ScriptPhase {
    /// The phase in keepalived's words.
    var dumped: String {
        switch self {
        case .idle: "idle"
        case .running: "running"
        case .terminating: "requested termination"
        case .killing: "forcing termination"
        }
    }
}

extension TrackingEffect {
    /// The weight as keepalived writes it: `10`, `-7 reverse`, `0`.
    var dumped: String {
        switch self {
        case .fault: "0"
        case .reversedFault: "0 reverse"
        case .weight(let weight): "\(weight)"
        case .reversedWeight(let weight): "\(weight) reverse"
        }
    }
}
