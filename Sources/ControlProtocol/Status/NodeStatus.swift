public import JSONDocument
public import VRRPEngine

/// Everything that vrrpd says about itself at one moment: the answer to `status`.
public struct NodeStatus: Sendable, Equatable {
    /// When it was taken.
    public var time: WallTime
    /// The process.
    public var daemon: DaemonStatus
    /// The generation of the definitions in force.
    public var generation: Int64
    /// Whether the virtual routers leave their parts to other nodes'.
    public var isDrained: Bool
    /// The virtual routers in the order of their definitions.
    public var virtualRouters: [VirtualRouterStatus]
    /// What was received on each interface for no virtual router.
    public var receivers: [ReceiverStatus]
    /// The interfaces that packets could not be sent on since vrrpd started, by name.
    public var sendFailures: [SendFailureStatus]
    /// The objects outside of vrrpd that virtual routers track by name, sorted by that.
    public var trackedObjects: [TrackedObjectStatus]
    /// How long things take; nothing in what an older vrrpd says.
    public var latencies: EngineLatencies

    /// Describes what `snapshot` knows, at the wall time at which it was taken.
    ///
    /// - Parameters:
    ///   - scripts: what the programs of scripts do, by their names.
    ///   - sendFailures: how many packets could not be sent, by the names of interfaces.
    ///   - zeroCounters: whether counters of virtual routers that have counted nothing are there as well.
    public init(
        _ snapshot: EngineSnapshot, scripts: [String: ScriptPhase] = [:], sendFailures: [String: UInt64] = [:],
        daemon: DaemonStatus, time: WallTime, zeroCounters: Bool = true
    ) {
        self.time = time
        self.daemon = daemon
        generation = snapshot.generation
        isDrained = snapshot.isDrained
        virtualRouters = snapshot.routers.map {
            VirtualRouterStatus($0, at: snapshot.time, zeroCounters: zeroCounters)
        }
        receivers = snapshot.receivers.map(ReceiverStatus.init)
        self.sendFailures = sendFailures.sorted { $0.key < $1.key }.map {
            SendFailureStatus(interface: $0.key, packets: $0.value)
        }
        trackedObjects = snapshot.trackedNames.map {
            TrackedObjectStatus(
                name: $0, isGood: snapshot.trackedObjects[$0],
                scriptPhase: ScriptDefinition.name(trackedAs: $0).flatMap { scripts[$0] })
        }
        latencies = snapshot.latencies
    }
}

extension NodeStatus: ControlValue {
    /// An object with a member for each property.
    public var json: JSONValue {
        [
            "time": time.json, "daemon": daemon.json, "generation": .integer(generation),
            "drained": .bool(isDrained),
            "virtualRouters": .array(virtualRouters.map(\.json)), "receivers": .array(receivers.map(\.json)),
            "sendFailures": .array(sendFailures.map(\.json)),
            "trackedObjects": .array(trackedObjects.map(\.json)), "latencies": latencies.json,
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        time = try WallTime(reader.member("time"))
        daemon = try DaemonStatus(reader.member("daemon"))
        generation = try reader.member("generation").integer()
        isDrained = try reader.optionalMember("drained")?.bool() ?? false
        virtualRouters = try reader.member("virtualRouters").elements(VirtualRouterStatus.init)
        receivers = try reader.member("receivers").elements(ReceiverStatus.init)
        // A vrrpd before this member does not say it.
        sendFailures = try reader.optionalMember("sendFailures")?.elements(SendFailureStatus.init) ?? []
        trackedObjects = try reader.optionalMember("trackedObjects")?.elements(TrackedObjectStatus.init) ?? []
        latencies =
            try reader.optionalMember("latencies").map { (reader) throws(JSONFieldError) in
                try EngineLatencies(reader)
            } ?? EngineLatencies()
    }
}
