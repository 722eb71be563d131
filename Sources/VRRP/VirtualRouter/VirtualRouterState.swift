/// The state of a virtual router, with the one timer that the state has (RFC 9568, section 6.4).
public enum VirtualRouterState: Hashable, Sendable {
    /// Waits for a startup event; no timer runs.
    case initialize
    /// Watches the active router.
    case backup(Backup)
    /// Forwards for the virtual addresses.
    case active(Active)

    /// What a backup knows.
    public struct Backup: Hashable, Sendable {
        /// When Active_Down_Timer fires.
        public var activeDownDeadline: Instant
        /// Active_Adver_Interval: learned from the active router, the own interval until one is heard.
        public var activeAdvertisementInterval: AdvertisementInterval
        /// The active router as last heard; nil before the first advert.
        public var activeRouter: IPAddress?
        /// The priority that it advertised.
        public var activePriority: UInt8?
        /// When preemption stops waiting; nil while no lower-priority router is active.
        public var preemptionHold: Instant?
        /// Whether an advert came from a router of a lower priority and was discarded since the timer was started, so that its
        /// expiry is the preemption; false where such a router is let be.
        public var isPreempting = false
        /// Whether the timer fired too late to be trusted and runs once more; cleared by the next advert.
        public var listensLonger = false
    }

    /// What an active router knows.
    public struct Active: Hashable, Sendable {
        /// When Adver_Timer fires.
        public var advertisementDeadline: Instant
        /// When the last advert that answers another router's was sent; limits how many an attacker can provoke.
        public var lastAnswer: Instant?
    }

    /// The state without its data.
    public enum Name: String, Hashable, Sendable, CaseIterable {
        case initialize
        case backup
        case active
    }

    /// The state without its data.
    public var name: Name {
        switch self {
        case .initialize: .initialize
        case .backup: .backup
        case .active: .active
        }
    }
}

/// Something that happened to a virtual router; the columns of the tables in RFC 9568, section 6.4.
public enum VirtualRouterEvent: Hashable, Sendable {
    /// The interface is up and has an address, or the router was enabled.
    case startup
    /// The interface went down, or the router was disabled.
    case shutdown
    /// The timer of the state reached its deadline.
    case timerExpired
    /// An advert arrived that passed the checks of section 7.1.
    case advertisement(ReceivedAdvertisement)
    /// The virtual routers that this one changes its state together with have decided; the standard knows no such groups.
    case synchronize(GroupStep)
    /// The node is being drained; the standard knows no such thing.
    case drain(DrainStep)
}

/// Why a virtual router changed its state.
public enum TransitionReason: Hashable, Sendable {
    /// It started and owns the addresses.
    case startedAsAddressOwner
    /// It started as one router among others.
    case started
    /// The active router was not heard for the Active_Down_Interval.
    case activeRouterSilent
    /// The active router gave up by an advert of priority 0.
    case activeRouterResigned(IPAddress)
    /// The active router has a lower priority than this one, and was not let be.
    case preempted(IPAddress)
    /// A router with a higher priority advertises.
    case higherPriority(IPAddress, priority: UInt8)
    /// A router with the same priority and a higher address advertises.
    case higherAddress(IPAddress)
    /// The engine did not run for so long that a backup must have taken over; it listens before it speaks again.
    case stalled(Nanoseconds)
    /// It was shut down.
    case shutdown
    /// The group of virtual routers that it changes its state with took this step.
    case group(GroupStep)
    /// Its node is drained, and it gave up.
    case ceded
    /// Its node is drained, but nobody took over when it gave up.
    case reclaimed
}

/// What follows from an event, in the order in which it is to be done.
///
/// A value without heap storage: no cell of the state table wants more than one advert and one change of state.
public struct VirtualRouterOutcome: Hashable, Sendable {
    /// The priority of an advert to send first; 0 gives up.
    public var advertise: UInt8?
    /// The change of state, after the advert.
    public var transition: Transition?
    /// The router stayed active in a contest: its neighbours may have learned the other one (pitfall of section 8.2).
    public var wonContest = false
    /// Another router uses this router's address, or owns the virtual addresses as well.
    public var conflict: Conflict?

    /// Nothing follows.
    public init() {}

    /// A change of state.
    public struct Transition: Hashable, Sendable {
        /// The state that was left.
        public var from: VirtualRouterState.Name
        /// The state that was entered.
        public var to: VirtualRouterState.Name
        /// Why.
        public var reason: TransitionReason

        /// A change from one state to another.
        public init(from: VirtualRouterState.Name, to: VirtualRouterState.Name, reason: TransitionReason) {
            self.from = from
            self.to = to
            self.reason = reason
        }
    }

    /// A configuration of the network that cannot be right.
    public enum Conflict: Hashable, Sendable {
        /// An advert of the same priority came from the router's own address.
        case duplicateAddress(IPAddress)
        /// Another router says that it owns the virtual addresses, as this one does.
        case secondAddressOwner(IPAddress)
    }
}
