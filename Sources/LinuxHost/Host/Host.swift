import Glibc
import VRRP
import VRRPEngine

/// An engine together with the node that it runs on: carries its effects out and tells it what happened.
///
/// One thread does everything: it waits for packets, news of interfaces, the engine's deadline, signals and clients at
/// once. In each turn news and packets come first, then the timers that are due, then what is to be sent, then a bounded
/// amount of configuration, and clients last. A turn in which adverts are received and sent allocates nothing.
///
/// Not `Sendable`: create, run and stop it on the same thread, before any other thread exists.
public final class Host {
    /// From this lateness on, what was received meanwhile is read before any timer: a process that was stopped must hear
    /// that it has been replaced before it says that it is active.
    static let toleratedLateness = Nanoseconds.milliseconds(10)
    /// The configuration that one turn may do before adverts get their chance again.
    static let configurationTime = Nanoseconds.milliseconds(1)
    /// The answers to clients that one turn may make before adverts get their chance again.
    static let answeringTime = Nanoseconds.milliseconds(1)
    /// How many routers take up their duties before adverts get their chance again.
    static let routersAtOnce = 16
    /// How often failures to send are told, and listening that failed is tried again.
    static let repetition = Nanoseconds.seconds(1)

    var engine = Engine()
    /// What tells this process's addresses, routes and rules from others'.
    let owner: OwnerTag
    let observer: any HostObserver
    let loop: EventLoop
    var timer: DeadlineTimer
    let signals: SignalWatch?

    var interfaces: InterfaceMonitor
    var receivers = ReceiverTable()
    let batch = ReceiveBatch()
    /// When packets were last received, and whether they came close upon others.
    var lastReceptionAt = Instant.zero
    var isInBurst = false
    /// Subscriptions that failed, and when they are tried again.
    var deafSubscriptions: Set<Subscription> = []
    var listenAgainAt = Instant.distantFuture
    /// What the engine has yet to be told of them: subscriptions that have failed, or work again.
    var hearingNews: [(subscription: Subscription, hears: Bool)] = []

    var frames: FrameSender
    var unicast = UnicastSender()
    var fragments = FragmentingSender()
    var scratch: [UInt8] = []
    var failures = SendFailures()
    var failuresToldAt = Instant.zero

    var configuration = ConfigurationQueue()
    var addresses: AddressConfigurator
    var virtualInterfaces: VirtualInterfaceConfigurator
    var filter: TrafficFilter
    var settings = BorrowedSettings()
    /// Whether definitions have been in force before.
    var hasDefinitionsInForce = false
    var addressFailures: [NetlinkError?] = []
    var routing: RoutingConfigurator
    var routingResults: [RoutingConfigurator.Result] = []
    /// The routes and rules that are changed with one request, by what the last ones took.
    var routingAtOnce = 8
    /// What tells of removed routes and rules; nil while there are none to watch.
    var routingMonitor: RoutingMonitor?
    /// The addresses that are changed with one request, by what the last ones took.
    var addressesAtOnce = 8

    /// The files that hold the number of the process, the one that is its lock first.
    let pidFiles: [PidFile]
    var control: ControlSocket?
    /// The place of the client that is answered first in the next turn.
    var firstClient = 0
    var broadcasts: [[UInt8]] = []
    var lateAnswers: [(client: ControlConnection, octets: [UInt8])] = []

    /// Whether memory counts for more than the last microseconds: not for who wants a real-time priority.
    let releasesProgramPages: Bool
    /// Rings when work in the background has ended.
    let bell: Bell
    /// Work in the background: each handles its outcome when there is one, and says whether it did.
    var errands: [() -> Bool] = []

    /// The process that runs scripts; nil where none was asked for, and when it has ended.
    var scriptRunner: ScriptRunnerProcess?
    var scriptRunnerHasEnded = false
    /// The scripts in force, by name, and whether any list of them has been in force before.
    var scripts: [String: RunnableScript] = [:]
    var hasScriptsInForce = false
    /// Whether the process for scripts was started to deliver notices as well.
    public let deliversNotices: Bool
    /// How many notices the process for scripts had no room for, since this was told; and where it sends them.
    var lostNotices = 0
    var lastRoutes = NoticeRoutes()

    /// The files and processes that are followed, what is known of them, and who follows them.
    var sources = TrackedSources()
    var knownFiles: [String: FileObservation] = [:]
    var knownProcesses: [String: ProcessObservation] = [:]
    var sourceWatch: SourceWatch?
    /// Hears who else claims the addresses; nil while there are none.
    var claimWatch: ClaimWatch?

    var effects: [Effect] = []
    var events: [EventLoop.Event] = []
    var isStopping = false
    var isHandingOver = false

    let keepsAddresses: Bool
    let tellsAddressChanges: Bool
    /// How far the process may raise its priority, and what it has come to.
    var automaticPriority: AutomaticPriority?
    var priority: Int32 = 0
    /// What went wrong at the start and is told with the first turn.
    var startWarnings: [HostWarning] = []

    /// Prepares everything and gives up the rights that are not needed any more; nothing is sent yet.
    ///
    /// - Throws: ``HostError`` with nothing left behind.
    public init(_ options: HostOptions, observer: any HostObserver) throws(HostError) {
        self.observer = observer
        releasesProgramPages = options.scheduling == nil && !options.locksMemory
        keepsAddresses = options.keepsAddresses
        tellsAddressChanges = options.tellsAddressChanges
        engine.tellsDecisions = options.tellsDecisions
        automaticPriority = options.automaticPriority
        var warnings: [HostWarning] = []
        do throws(PrivilegeError) {
            if options.dropsCapabilities { try Capabilities.require(options.capabilities) }
        } catch { throw .privilege(error) }
        do throws(SystemCallError) {
            // Before there are files and locks that it would hold as well, and with all rights that it may need.
            if options.runsScripts || options.deliversNotices {
                scriptRunner = try ScriptRunnerProcess(keepsRights: options.scriptsKeepRights)
            }
            deliversNotices = options.deliversNotices
        } catch { throw .refused(error) }
        do throws(SystemCallError) {
            loop = try EventLoop()
            if options.signals.isEmpty {
                signals = nil
            } else {
                let watch = try SignalWatch(options.signals)
                try loop.watch(watch.fileDescriptor, as: .signals)
                signals = consume watch
            }
        } catch { throw .refused(error) }
        // Whoever reads the number may send signals at once.
        var pidFiles: [PidFile] = []
        do throws(PidFile.Failure) {
            if let path = options.pidFilePath { pidFiles.append(try PidFile(path: path)) }
        } catch { throw .pidFile(error) }
        for path in options.furtherPidFilePaths {
            do throws(PidFile.Failure) {
                pidFiles.append(try PidFile(path: path))
            } catch { warnings.append(.pidFileMissing(error)) }
        }
        self.pidFiles = pidFiles
        do throws(PrivilegeError) {
            if let group = options.controlSocketGroup { ControlGroup.join(group) }
            if options.locksMemory { try MemoryLock.engage() }
            try options.scheduling?.apply()
            if options.dropsCapabilities { try Capabilities.drop(keeping: options.capabilities) }
        } catch { throw .privilege(error) }
        do throws(SystemCallError) {
            if options.dumpsCore { try CoreDumps.allow() }
        } catch { warnings.append(.noCoreDumps(error)) }
        do throws(SystemCallError) {
            timer = try DeadlineTimer()
            bell = try Bell()
            interfaces = try InterfaceMonitor()
            frames = try FrameSender()
            // After the process for scripts, which may outlive this one.
            owner = try OwnerTag()
            addresses = try AddressConfigurator(originTag: owner.rawValue)
            routing = try RoutingConfigurator(ownProtocol: owner.routeProtocol)
            filter = TrafficFilter(tableSuffix: owner.tableSuffix)
            virtualInterfaces = try VirtualInterfaceConfigurator()
            try self.loop.watch(timer.fileDescriptor, for: [.reading, .onceEachTime], as: .deadline)
            try self.loop.watch(interfaces.fileDescriptor, as: .interfaces)
            try self.loop.watch(bell.fileDescriptor, as: .background)
            if let number = scriptRunner?.fileDescriptor { try self.loop.watch(number, as: .scripts) }
            do throws(SystemCallError) {
                if let path = options.controlSocketPath {
                    control = try ControlSocket(path: path, group: options.controlSocketGroup, loop: self.loop)
                }
            } catch {
                guard options.controlSocketIsOptional else { throw error }
                warnings.append(.controlSocketMissing(error))
            }
        } catch { throw .refused(error) }
        if !owner.isOwn { warnings.append(.noOwnerTag) }
        startWarnings = warnings
    }

    /// A host that never ran leaves no socket behind.
    deinit {
        control?.close(loop: loop)
        sourceWatch?.stop()
        claimWatch?.stop()
    }
}
