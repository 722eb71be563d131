public import VRRP
public import VRRPEngine

/// What keepalived's dump files tell, taken at one moment.
public struct DumpSource: Sendable {
    /// The virtual routers, in the order of the configuration.
    public var routers: [RouterSnapshot]
    /// What the node has in any case.
    public var statics: StaticSnapshot
    /// The name of the node in the dump.
    public var routerID: String
    /// The moment on the steady clock.
    public var time: Instant
    /// The same moment on the wall clock, in microseconds since the Unix epoch.
    public var wallMicroseconds: Int64
    /// The form of keepalived.json that is asked for, 1 or 2: a list of instances, or an object that
    /// has them and the processes that are tracked.
    public var jsonVersion = 1

    /// The sync groups, in the order of the configuration.
    var syncGroups: [SyncGroupDefinition]
    /// Whether things that are tracked by name are good, and their numbers, by the names of the engine.
    var trackedObjects: [String: Bool], trackedNumbers: [String: Int]
    /// What is tracked by name.
    public var tracked: TrackedState
    /// Who is told of what.
    public var notifications = NotificationState()
    /// What `global_defs` says: ``KeepalivedConfiguration/globals``.
    public var globals = GlobalDefinitions()
    /// The names of the instances with strict mode: ``KeepalivedConfiguration/strictInstances``.
    public var strictInstances: Set<String> = []

    /// What `snapshot` says, at a moment of the wall clock.
    public init(
        _ snapshot: EngineSnapshot, tracked: TrackedState = TrackedState(), routerID: String, wallMicroseconds: Int64
    ) {
        syncGroups = snapshot.syncGroups
        trackedObjects = snapshot.trackedObjects
        trackedNumbers = snapshot.trackedNumbers
        self.tracked = tracked
        routers = snapshot.routers
        statics = snapshot.statics
        time = snapshot.time
        self.routerID = routerID
        self.wallMicroseconds = wallMicroseconds
    }

    /// A moment of the steady clock on the wall clock, in microseconds since the Unix epoch.
    func wall(_ instant: Instant) -> Int64 { wallMicroseconds + (instant - time).rawValue / 1000 }
}

/// A file that keepalived writes when a signal asks for it.
public enum DumpFile: String, Sendable, CaseIterable {
    /// The configuration and the state of every instance, for people and for exporters that read text.
    case data = "keepalived.data"
    /// What of it keepalived's parent process knows, the global definitions.
    case parent = "keepalived_parent.data"
    /// The counters of every instance.
    case statistics = "keepalived.stats"
    /// Both for programs.
    case json = "keepalived.json"

    /// What stands in the file; nil where keepalived writes none.
    public func content(_ source: DumpSource) -> String? {
        switch self {
        case .data: DataDump(source).text
        case .parent: GlobalDump(source, by: .parent).lines.map { $0 + "\n" }.joined()
        case .statistics: StatisticsDump(source).text
        case .json: source.routers.isEmpty ? nil : JSONDump(source, version: source.jsonVersion).text
        }
    }
}
