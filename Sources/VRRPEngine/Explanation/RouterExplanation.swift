public import VRRP

/// Why a virtual router is in its state, and what would change that, by the rules that the engine decides by.
public struct RouterExplanation: Sendable {
    /// What is known of the router.
    public var router: RouterSnapshot
    /// What makes the priority in force differ from the defined one.
    public var priorityChanges: [PriorityChange]
    /// What keeps the router from becoming active, or from staying it; empty for one that nothing keeps.
    public var obstacles: [TakeOverObstacle]
    /// How long the router would wait; nil where it takes no part or is active, and where it does not wait for the active
    /// router: it preempts it, or waits for its sync group.
    public var ownWait: TakeOverWait?
    /// The other routers that were heard, the best first, with how long they would wait.
    ///
    /// A backup does not speak: one that was never active, or not for so long, is not among them.
    public var others: [(router: HeardRouter, wait: TakeOverWait)]
}

/// How long a backup waits before it takes over.
public struct TakeOverWait: Hashable, Sendable {
    /// From the active router's last advert, where it falls silent: the Active_Down_Interval.
    public var afterSilence: Nanoseconds
    /// From the active router's advert of priority 0: the Skew_Time.
    public var afterResignation: Nanoseconds

    /// Two waits.
    public init(afterSilence: Nanoseconds, afterResignation: Nanoseconds) {
        self.afterSilence = afterSilence
        self.afterResignation = afterResignation
    }
}

/// What a tracked object does to a priority at the moment.
public struct PriorityChange: Hashable, Sendable {
    /// The object.
    public var object: TrackedObject
    /// What is added; less than 0 where it is taken away.
    public var change: Int

    /// A change by an object.
    public init(object: TrackedObject, change: Int) {
        self.object = object
        self.change = change
    }
}

/// Why a virtual router is not active, or is not to stay it.
public enum TakeOverObstacle: Hashable, Sendable {
    /// It takes no part in the election.
    case fault(RouterFault)
    /// The daemon is being stopped.
    case handsOver
    /// The node is drained: the priority is the lowest.
    case drained
    /// The node is drained, and the router takes part as ever: one of its addresses, or of its sync group's, is its own.
    case ownAddress
    /// The active router has the same priority or a higher one.
    case betterRouter(IPAddress, priority: UInt8)
    /// The active router has a lower priority, and preemption is off.
    case preemptionOff(IPAddress, priority: UInt8)
    /// The active router has a lower priority, and preemption waits.
    case preemptionHeld(IPAddress, priority: UInt8, until: Instant)
    /// It would take over, but not every member of its sync group would.
    case waitsForGroup(String)
    /// It listens whether anybody is active, until the timer fires.
    case listens(until: Instant)
}
