/// How a host runs, apart from what its virtual routers are.
public struct HostOptions: Sendable {
    /// Where the number of the process is written and locked; nil writes none.
    public var pidFilePath: String?
    /// Where the number is written as well; what cannot be written there is a warning.
    public var furtherPidFilePaths: [String] = []
    /// Where clients connect; nil lets nobody.
    public var controlSocketPath: String?
    /// The number of the group whose members may connect, besides the user of the process; nil for the group of the process.
    public var controlSocketGroup: UInt32?
    /// Whether the host runs without a control socket where there can be none.
    public var controlSocketIsOptional = false
    /// How the kernel gives the processor to the engine's thread; nil leaves it as it is.
    public var scheduling: Scheduling?
    /// Whether the process is kept in memory.
    public var locksMemory = false
    /// The real-time priority that the engine's thread takes by and by when it is late; nil leaves the scheduling alone.
    public var automaticPriority: AutomaticPriority?
    /// Whether a crash leaves a core dump.
    public var dumpsCore = false
    /// Whether addresses stay at the end, and no other router is told that this one leaves.
    public var keepsAddresses = false
    /// Whether the observer hears of each address that comes or goes.
    public var tellsAddressChanges = false
    /// Whether the observer hears of what the engine decides although no state changes.
    public var tellsDecisions = false
    /// Whether capabilities that the host does not need are given up for good.
    public var dropsCapabilities = true
    /// Whether a process for scripts is started, which keeps the rights to become another user; without it there can be no
    /// scripts.
    public var runsScripts = false
    /// Whether that process delivers notices as well, for which it keeps all rights that this one has.
    public var deliversNotices = false
    /// Whether that process keeps all rights of this one, for programs that administrate the node.
    public var scriptsKeepRights = false
    /// Whether the process keeps the right to read every file.
    public var readsEveryFile = false
    /// The signals that ``HostObserver/host(_:received:)`` is told of; they are blocked otherwise.
    public var signals: [Int32] = []

    /// Options of a host that touches nothing but the network.
    public init() {}

    /// The capabilities that such a host needs while it runs.
    public var capabilities: [Capability] {
        var needed: [Capability] = [.networkAdministration, .rawSockets]
        if scheduling?.needsCapability == true || automaticPriority != nil { needed.append(.scheduling) }
        if readsEveryFile { needed.append(.reading) }
        return needed
    }
}
