public import VRRP
public import VRRPEngine

/// One node of a laboratory: a kernel, a clock and, while it runs, the process with the engine.
public struct SimulatedNode: Sendable {
    /// The name in traces and scenarios.
    public let name: String
    /// What the process reads the time from.
    public internal(set) var clock: SkewedClock
    /// What stays when the process dies.
    public var kernel = SimulatedKernel()
    /// The engine; an empty one while the process does not run.
    public internal(set) var engine = Engine()
    /// The definitions that the process has, or will have when it starts.
    public internal(set) var definitions = Definitions()
    /// Whether the process runs, paused or not.
    public internal(set) var isRunning = false
    /// Whether the process is stopped for the moment: packets and notices wait for it.
    public internal(set) var isPaused = false
    /// Whether the process was told to end and hands over first.
    public internal(set) var isStopping = false
    /// How late timers fire at most.
    public var timerLateness: Nanoseconds = .zero
    /// How long the kernel takes to tell of a change; it answers requests at once.
    public var noticeDelay: Nanoseconds = .microseconds(20)
    /// How long the process takes to get to changes of addresses and interfaces, which it does in small portions; none
    /// does all of them at once.
    public var configurationDelay: Nanoseconds = .zero
    /// How many packets wait for a paused process; more are lost, as with a socket.
    public var socketCapacity = 512

    /// Which start of the process this is; what was meant for an earlier one is void.
    var incarnation = 0
    /// Which reading of everything its notices come after; what was told before it is void.
    var synchronization = 0
    /// Whether the process has read its kernel's state since it started.
    var isSynchronized: Bool { synchronization > 0 }
    /// What waits for a paused process, in the order of arrival.
    var inbox: [Input] = []
    /// Changes of addresses and interfaces that the process has yet to make, in order.
    var configuration: [Effect] = []
    /// Whether a time for the next portion of them is set.
    var isConfiguring = false
    /// What the process receives, as it asked for.
    public internal(set) var subscriptions: Set<Subscription> = []
    /// Those of them that hear nothing: their interface went away under them, or the kernel refused them.
    var deafSubscriptions: Set<Subscription> = []
    /// Whether the kernel lets the process have sockets to receive with.
    var canListen = true
    /// What the process has yet to tell its engine of them.
    var hearingNews: [(subscription: Subscription, hears: Bool)] = []
    /// When the process is to be woken next, and which plan this is: earlier plans are void.
    var wakeUp: Instant?
    var wakeUpNumber = 0
    /// What the engine knew of its virtual routers after its last call; none while the process does not run.
    public internal(set) var routers: [RouterSnapshot] = []
    /// The revision of the kernel that was checked last.
    var checkedRevision = 0
    /// What the checks of invariants remember of each router's timer.
    var armedDeadlines: [String: Instant] = [:]

    /// Something that comes into the process.
    enum Input: Sendable {
        case frame([UInt8], interfaceIndex: Int32, source: String)
        case notice(KernelNotice, synchronization: Int)
        /// It is time for the next portion of changes to addresses and interfaces.
        case configuration
        /// The definitions on disk are other ones now.
        case definitions
        /// Everything is handed over.
        case handedOver
    }
}
