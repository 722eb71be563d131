import ControlProtocol
import Glibc
import KeepalivedCompatibility
import LinuxHost
import Logging
import VRRP
import VRRPEngine

/// Decides for the host: what is logged, what signals mean, and what clients of the control socket are told.
final class Daemon: HostObserver {
    let daemonLog: DaemonLog
    let logger: Logger
    let origin: ConfigurationOrigin
    /// The name of the node in dump files.
    private(set) var routerID: String
    let startedAt = WallTime.now
    let started = MonotonicClock.now
    /// What times that clients are told are told by.
    var civilClock = CivilClock()
    private(set) var lastLoad: DefinitionsLoad
    /// The files and processes that are tracked.
    private var sources = TrackedSources()
    /// What is in force.
    private(set) var configuration: LoadedConfiguration
    /// What happened to the virtual routers lately.
    private(set) var events = EventLog()
    /// Grows with each configuration that was put in force.
    private(set) var generation: Int64
    /// Whether the configuration is being read, and whether it was asked for once more meanwhile.
    private var isLoading = false
    private var loadsAgain = false
    /// Who waits for what comes of it, and for what comes of the time after.
    private var reloadClients: [ControlConnection] = []
    private var nextReloadClients: [ControlConnection] = []
    /// How the routers hand over when the daemon is stopped; nil where they leave at once.
    let handOver: HandOverPlan?
    private(set) var isStopping = false
    private let serviceManager: ServiceManager
    let calledBy: ProgramName
    let commandLine: KeepalivedCommandLine
    /// What concerns the process, of the configuration in force and the command line.
    private(set) var processOptions: ProcessOptions
    /// Who is told of what; nil where nobody can be.
    var notifications: DaemonNotifications?
    /// Follows states in keepalived's words for the log; nil where the configuration is not a keepalived.conf.
    var keepalivedWords: StateFollower?
    var links = LinkFollower()
    private var warnings = WarningPace()

    init(
        log: DaemonLog, origin: ConfigurationOrigin, _ configuration: LoadedConfiguration,
        _ commandLine: KeepalivedCommandLine, _ serviceManager: ServiceManager, calledBy: ProgramName
    ) {
        daemonLog = log
        logger = log.logger
        self.origin = origin
        self.serviceManager = serviceManager
        self.calledBy = calledBy
        self.commandLine = commandLine
        handOver = commandLine.handOverPlan
        self.configuration = configuration
        lastLoad = DefinitionsLoad(time: startedAt, isInForce: true, error: configuration.error)
        generation = configuration.definitions.generation
        routerID = configuration.routerID
        processOptions = configuration.processOptions.overridden(by: commandLine)
        if let loaded = configuration.notifications {
            keepalivedWords = StateFollower(loaded.definitions)
            if !loaded.definitions.isEmpty || calledBy == .keepalived {
                notifications = DaemonNotifications(loaded, routerID: configuration.routerID)
            }
        }
    }

    /// The signals that it wants to hear of.
    static let signals = [SIGHUP, SIGINT, SIGTERM] + DumpSignal.allCases.map(\.rawValue)

    func host(_ host: Host, reported report: Report) {
        log(report)
        let event = events.take(report, at: WallTime.now, monotonic: MonotonicClock.now)
        host.broadcast(ControlAnswer.report(event).line)
    }

    func host(_ host: Host, warned warning: HostWarning) {
        if let sentence = warnings.sentence(for: warning, at: MonotonicClock.now) { logger.warning("\(sentence)") }
    }

    func host(_ host: Host, noticed change: AddressChange) {
        logger.notice("\(change.isAdded ? "Assigned" : "Removed") address \(change.address) on \(change.interface)")
    }

    func host(_ host: Host, judged verdict: ScriptVerdict) {
        logger.log(level: verdict.isGood ? .notice : .warning, "\(verdict)")
        notify(of: verdict, host)
    }

    func host(_ host: Host, observed observation: Observation) {
        logger.log(level: observation.isTrouble ? .warning : .notice, "\(observation)")
    }

    /// Follows files and processes from now on.
    func follow(_ observed: ObservedSources, _ host: Host) {
        for observation in observed.observations where observation.isTrouble { logger.warning("\(observation)") }
        sources = observed.sources
        host.follow(observed)
    }

    func host(_ host: Host, received signal: Int32) {
        switch signal {
        case SIGHUP where isStopping: logger.notice("Not reloading \(origin.path): the daemon is stopping")
        case SIGHUP: reload(host, for: nil)
        case SIGINT where commandLine.ignoresInterrupt: return
        case SIGINT, SIGTERM: stop(host)
        default: DumpSignal(rawValue: signal).map { dump($0, host) }
        }
    }

    /// Hands over first; leaves at once when it is told to stop again.
    private func stop(_ host: Host) {
        if !isStopping { serviceManager.tellStopping() }
        if let handOver, !isStopping {
            notifications?.planner.beginStop()
            keepalivedWords?.beginStop()
            logger.notice("Stopping when all virtual routers have handed over; at once at the next signal")
            host.handOver(handOver)
        } else {
            logger.notice(isStopping ? "Stopping at once" : "Stopping")
            host.stop()
        }
        isStopping = true
    }

    /// Reads the configuration again, apart from the engine's thread; one that cannot be used changes nothing.
    ///
    /// - Parameter client: who is told what came of it; nil for nobody.
    func reload(_ host: Host, for client: ControlConnection?) {
        guard !isLoading else {
            // The file may have changed since it was read.
            loadsAgain = true
            if let client { nextReloadClients.append(client) }
            return
        }
        isLoading = true
        if let client { reloadClients.append(client) }
        logger.notice("Reloading \(origin.path)")
        serviceManager.tellReloading()
        host.performInBackground(isLarge: true) { [origin, sources, old = configuration, generation = generation + 1] in
            Result { () throws(ConfigurationProblem) in
                var configuration = try origin.load(generation: generation)
                try configuration.requireSameDefaults(as: old)
                try configuration.keepInstances(of: old)
                return (configuration, ObservedSources(lookingAt: configuration.sources, earlier: sources))
            }
        } then: { [self] result in
            isLoading = false
            guard !isStopping else {
                logger.notice("Not reloading \(origin.path): the daemon is stopping")
                for client in reloadClients + nextReloadClients { host.answer(client, with: Self.refusalWhileStopping) }
                return
            }
            let answer = ControlAnswer.reload(finishReload(result, host)).line
            for client in reloadClients { host.answer(client, with: answer) }
            serviceManager.tellReady()
            reloadClients = nextReloadClients
            nextReloadClients = []
            guard loadsAgain else { return }
            loadsAgain = false
            reload(host, for: nil)
        }
    }

    private func finishReload(
        _ result: Result<(LoadedConfiguration, ObservedSources), ConfigurationProblem>, _ host: Host
    ) -> ReloadOutcome {
        do throws(ConfigurationProblem) {
            let (configuration, observed) = try result.get()
            configuration.logFindings(to: logger)
            for warning in observed.warnings { logger.warning("\(warning)") }
            let process = configuration.processOptions.overridden(by: commandLine)
            try requireSameIdentity(process)
            guard configuration.scripts.isEmpty || host.runsScripts else {
                let sentence =
                    "\(origin.path): the first vrrp_script cannot come with a reload, because the rights to run scripts"
                    + " were given up at the start; start the program again"
                throw .faulty(errors: [sentence], warnings: [])
            }
            guard configuration.notifications?.definitions.isEmpty ?? true || host.deliversNotices else {
                let sentence =
                    "\(origin.path): the first notify script, FIFO or mail cannot come with a reload, because the rights"
                    + " that it needs were given up at the start; start the program again"
                throw .faulty(errors: [sentence], warnings: [])
            }
            // The definitions are checked already, so that they will be in force next.
            follow(observed, host)
            try putInForce(configuration, host)
            self.configuration = configuration
            generation = configuration.definitions.generation
            routerID = configuration.routerID
            processOptions = process
            logConfiguration(host)
            lastLoad = DefinitionsLoad(time: WallTime.now, isInForce: true, error: configuration.error)
            logger.notice("Reloaded \(origin.path): \(configuration.definitions.virtualRouters.count) virtual routers")
            return ReloadOutcome(generation: generation, isInForce: true, error: configuration.error)
        } catch {
            error.log(to: logger)
            logger.error("The configuration in force stays: \(origin.path) cannot be used")
            let sentences = error.sentences.joined(separator: "\n")
            lastLoad = DefinitionsLoad(time: WallTime.now, error: sentences)
            return ReloadOutcome(generation: generation, isInForce: false, error: sentences)
        }
    }

    /// Lets the engine and all who follow it take new definitions, or none of them.
    private func putInForce(_ configuration: LoadedConfiguration, _ host: Host) throws(ConfigurationProblem) {
        let old = (notifications, keepalivedWords)
        if let loaded = configuration.notifications {
            keepalivedWords?.beginReload(loaded.definitions)
            notifications?.beginReload(loaded, routerID: configuration.routerID)
            host.route(loaded.routes)
        }
        do { try host.apply(configuration.definitions, scripts: configuration.scripts) } catch {
            (notifications, keepalivedWords) = old
            if let loaded = notifications?.loaded { host.route(loaded.routes) }
            throw .faulty(errors: ["\(origin.path): \(error)"], warnings: [])
        }
        log(keepalivedWords?.finishReload())
        host.whenConfigured { [self] in
            deliver(notifications?.planner.finishReload(), host)
            notifications?.loaded.finishReload()
        }
    }
}

extension Observation {
    /// Whether an administrator must look at it.
    fileprivate var isTrouble: Bool {
        switch self {
        case .file(let file): file.problem != nil
        case .processes(let processes): !processes.isGood
        }
    }
}
