public import JSONDocument
public import VRRP
public import VRRPEngine

/// Why a virtual router is in its state, and what would change that: the answer to `explain`.
public struct ExplanationStatus: Sendable, Equatable {
    /// What is known of the router.
    public var router: VirtualRouterStatus
    /// What makes the priority in force differ from the defined one.
    public var priorityChanges: [PriorityChangeStatus]
    /// What keeps the router from becoming active, or from staying it.
    public var obstacles: [ObstacleStatus]
    /// How long the router would wait before it takes over; nil where it takes no part or is active, and where it does not
    /// wait for the active router: it preempts it, or waits for its sync group.
    public var ownWait: WaitStatus?
    /// The other routers that were heard, the best first.
    public var others: [OtherRouterStatus]

    /// Describes what an engine explained at `now`.
    public init(_ explanation: RouterExplanation, at now: Instant) {
        router = VirtualRouterStatus(explanation.router, at: now)
        priorityChanges = explanation.priorityChanges.map(PriorityChangeStatus.init)
        obstacles = explanation.obstacles.map { ObstacleStatus($0, at: now) }
        ownWait = explanation.ownWait.map(WaitStatus.init)
        others = explanation.others.map { OtherRouterStatus($0.router, $0.wait, at: now) }
    }
}

extension ExplanationStatus: ControlValue {
    /// An object with a member for each property.
    public var json: JSONValue {
        [
            "router": router.json, "priorityChanges": .array(priorityChanges.map(\.json)),
            "obstacles": .array(obstacles.map(\.json)),
            "ownWait": JSONValue(ownWait, \.json), "otherRouters": .array(others.map(\.json)),
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        router = try VirtualRouterStatus(reader.member("router"))
        priorityChanges = try reader.member("priorityChanges").elements(PriorityChangeStatus.init)
        obstacles = try reader.member("obstacles").elements(ObstacleStatus.init)
        ownWait = try reader.optionalMember("ownWait").map { (wait) throws(JSONFieldError) in try WaitStatus(wait) }
        others = try reader.member("otherRouters").elements(OtherRouterStatus.init)
    }
}

/// How long a backup waits before it takes over.
public struct WaitStatus: Sendable, Hashable {
    /// From the active router's last advert, where it falls silent, to the millisecond.
    public var afterSilence: Nanoseconds
    /// From its advert of priority 0, to the millisecond.
    public var afterResignation: Nanoseconds

    init(_ wait: TakeOverWait) {
        afterSilence = wait.afterSilence.wholeMilliseconds
        afterResignation = wait.afterResignation.wholeMilliseconds
    }
}

extension WaitStatus: ControlValue {
    /// `{"afterSilenceMilliseconds": 3609, "afterResignationMilliseconds": 609}`.
    public var json: JSONValue {
        [
            "afterSilenceMilliseconds": afterSilence.jsonMilliseconds,
            "afterResignationMilliseconds": afterResignation.jsonMilliseconds,
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        afterSilence = try reader.member("afterSilenceMilliseconds").milliseconds()
        afterResignation = try reader.member("afterResignationMilliseconds").milliseconds()
    }
}

/// Another router of a virtual router, as its adverts told.
public struct OtherRouterStatus: Sendable, Hashable {
    /// Where its adverts come from.
    public var address: IPAddress
    /// The priority that it advertised last.
    public var priority: Priority
    /// How long ago its last advert came, to the millisecond.
    public var silentFor: Nanoseconds
    /// How long it would wait before it takes over, if it still has that priority.
    public var wait: WaitStatus

    init(_ router: HeardRouter, _ wait: TakeOverWait, at now: Instant) {
        address = router.address
        priority = Priority(rawValue: router.priority) ?? .lowest
        silentFor = (now - router.lastHeard).wholeMilliseconds
        self.wait = WaitStatus(wait)
    }
}

extension OtherRouterStatus: ControlValue {
    /// An object with a member for each property.
    public var json: JSONValue {
        [
            "address": address.json, "priority": .integer(Int64(priority.rawValue)),
            "silentForSeconds": silentFor.jsonSeconds, "wait": wait.json,
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        address = try reader.member("address").address()
        priority = try reader.member("priority").priority()
        silentFor = try reader.member("silentForSeconds").seconds()
        wait = try WaitStatus(reader.member("wait"))
    }
}

/// What a tracked object does to a priority at the moment.
public struct PriorityChangeStatus: Sendable, Hashable {
    /// The object, as in `interface eth1`.
    public var object: String
    /// What is added; less than 0 where it is taken away.
    public var change: Int

    init(_ change: PriorityChange) {
        object =
            switch change.object {
            case .interface(let name): "interface \(name)"
            case .external(let name), .number(let name): name
            }
        self.change = change.change
    }
}

extension PriorityChangeStatus: ControlValue {
    /// `{"object": "interface eth1", "change": -30}`.
    public var json: JSONValue { ["object": .string(object), "change": .integer(Int64(change))] }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        object = try reader.member("object").string()
        change = try reader.member("change").integer()
    }
}

/// Why a virtual router is not active, or is not to stay it.
public struct ObstacleStatus: Sendable, Hashable {
    /// What it is, for programs: `fault`, `stopping`, `drained`, `own-address`, `better-router`, `preemption-off`, `preemption-held`,
    /// `waits-for-group` or `listens`.
    public var kind: String
    /// What it is, for people: one clause without a full stop.
    public var text: String

    init(_ obstacle: TakeOverObstacle, at now: Instant) {
        func left(_ time: Instant) -> String { (time - now).wholeMilliseconds.inMilliseconds }
        (kind, text) =
            switch obstacle {
            case .fault(let fault): ("fault", fault.description)
            case .handsOver: ("stopping", "the daemon is being stopped")
            case .drained:
                (
                    "drained",
                    "this node is drained: the priority is 1 until vrrpctl undrain, or until vrrpd is restarted"
                )
            case .ownAddress:
                (
                    "own-address",
                    "this node is drained, but keeps this router: one of its addresses, or of its sync group's, is the node's own"
                )
            case .betterRouter(let router, let priority):
                ("better-router", "\(router) is active with the priority \(priority), which is not lower")
            case .preemptionOff(let router, let priority):
                (
                    "preemption-off",
                    "\(router) is active with the lower priority \(priority), but preemption is off"
                )
            case .preemptionHeld(let router, let priority, let until):
                (
                    "preemption-held",
                    "\(router) is active with the lower priority \(priority); preemption waits for another \(left(until))"
                )
            case .waitsForGroup(let group):
                ("waits-for-group", "it would take over, but not every member of the sync group \(group) would")
            case .listens(let until):
                ("listens", "it takes over in \(left(until)) unless it hears a better router before")
            }
    }
}

extension ObstacleStatus: ControlValue {
    /// `{"kind": …, "text": …}`.
    public var json: JSONValue { ["kind": .string(kind), "text": .string(text)] }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        kind = try reader.member("kind").string()
        text = try reader.member("text").string()
    }
}
