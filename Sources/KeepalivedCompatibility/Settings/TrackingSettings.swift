import VRRP
import VRRPEngine

/// What an instance or a group says of what it tracks besides interfaces, as written.
struct TrackingSettings: Sendable {
    private(set) var entries: [TrackedKind: [Located<TrackedName>]] = [:]
    /// Where each name stands in its list.
    private var places: [TrackedKind: [String: SourcePlace]] = [:]
    /// Of an instance: whether it needs the address that its adverts come from.
    var sourceAddress: Located<Bool>?

    /// Adds an entry, unless the name stands there already.
    ///
    /// - Returns: where it stands; nil where it is new.
    mutating func add(_ tracked: Located<TrackedName>, _ kind: TrackedKind) -> SourcePlace? {
        if let earlier = places[kind]?[tracked.value.name] { return earlier }
        places[kind, default: [:]][tracked.value.name] = tracked.place
        entries[kind, default: []].append(tracked)
        return nil
    }
}

/// The kinds of things that are tracked by a name.
enum TrackedKind: CaseIterable {
    case script
    case file
    case process

    /// The list of them in an instance or a group.
    var list: String {
        switch self {
        case .script: "track_script"
        case .file: "track_file"
        case .process: "track_process"
        }
    }

    /// The block that describes one of them.
    var block: String {
        switch self {
        case .script: "vrrp_script"
        case .file: "track_file"
        case .process: "vrrp_track_process"
        }
    }

    /// What the engine knows one of them by.
    func object(_ name: String) -> TrackedObject {
        switch self {
        case .script: .external(ScriptDefinition.trackedName(name))
        case .file: .number(TrackedFileDefinition.trackedName(name))
        case .process: .external(TrackedProcessDefinition.trackedName(name))
        }
    }
}

/// Something that is tracked by its name, as written.
struct TrackedName: Sendable {
    var name: String
    /// What is said of the weight; where nothing is, that of the thing itself holds.
    var weight = WeightSettings()
}

/// What a `track_file` says, as written; nil where it says nothing.
struct FileSettings: Sendable {
    var name: Located<String>
    var path: Located<String>?
    var weight = WeightSettings(weight: 1)
    /// What the file is made with; nil where it is left to others.
    var initialContent: Located<TrackedFileDefinition.InitialContent>?
    /// Whether an error stands in its block.
    var hasErrors = false

    init(name: Located<String>) { self.name = name }
}

/// What a `vrrp_track_process` says, as written; nil where it says nothing.
struct TrackedProcessSettings: Sendable {
    var name: Located<String>
    /// The name of the program, and what its parameters must be.
    var command: Located<[String]>?
    /// How the parameters are compared; nil for all of them.
    var parameterMatch: Located<TrackedProcessDefinition.ParameterMatch>?
    var weight = WeightSettings(weight: 1)
    var quorum: Located<Int>?
    var largestQuorum: Located<Int>?
    var terminateDelay: Located<Nanoseconds>?
    var forkDelay: Located<Nanoseconds>?
    var matchesCommandLine: Located<Bool>?
    /// Whether an error stands in its block.
    var hasErrors = false

    init(name: Located<String>) { self.name = name }
}

/// What the file says of things to track and of interfaces that bounce.
struct TrackedThings: Sendable {
    var files: [FileSettings] = []
    var processes: [TrackedProcessSettings] = []
    private(set) var interfaceDelays: [Located<InterfaceDelay>] = []
    private var delayPositions: [String: Int] = [:]

    /// Takes the delays of an interface; the last ones count, as with keepalived.
    ///
    /// - Returns: where the ones stand that they replace; nil where there were none.
    mutating func add(_ delay: Located<InterfaceDelay>) -> SourcePlace? {
        if let position = delayPositions[delay.value.interface] {
            let earlier = interfaceDelays[position].place
            interfaceDelays[position] = delay
            return earlier
        }
        delayPositions[delay.value.interface] = interfaceDelays.count
        interfaceDelays.append(delay)
        return nil
    }
}
