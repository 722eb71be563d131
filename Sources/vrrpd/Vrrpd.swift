import ControlProtocol
import Glibc
import KeepalivedCompatibility
import LinuxHost
import Logging
import ProgramLog
import VRRPEngine

/// The VRRP daemon.
@main
enum Vrrpd {
    static func main() {
        // At once: a signal that means something must never end a program that has just been started.
        PendingSignals.keep(Daemon.signals)
        let commandLine: KeepalivedCommandLine
        do {
            commandLine = try KeepalivedCommandLine.parse(Array(CommandLine.arguments.dropFirst()))
        } catch {
            StandardError.writeLine("\(programName): \(error)")
            exit(CommandLineError.exitStatus)
        }
        // What does not run for long may be interrupted, as by somebody who does not want to wait for a check.
        if commandLine.action != .run { PendingSignals.release(Daemon.signals) }
        exit(perform(commandLine).rawValue)
    }

    private static var programName: String {
        CommandLine.arguments.first.flatMap { $0.split(separator: "/").last.map(String.init) } ?? "vrrpd"
    }

    private static var calledBy: ProgramName { ProgramName(startedAs: CommandLine.arguments.first ?? "") }

    private static func perform(_ commandLine: KeepalivedCommandLine) -> ExitCode {
        switch commandLine.action {
        case .showVersion:
            StandardError.write(KeepalivedCommandLine.versionText(version: programVersion, calledBy: calledBy))
            return .success
        case .showUsage:
            StandardError.write(KeepalivedCommandLine.usage(program: programName))
            return .success
        case .showSignal(let number):
            print(number)
            return .success
        case .checkConfiguration(let report):
            return ConfigurationCheck(origin: origin(commandLine), reportPath: report).run()
        case .run:
            return run(commandLine)
        }
    }

    private static func run(_ commandLine: KeepalivedCommandLine) -> ExitCode {
        if commandLine.ignoresInterrupt { PendingSignals.ignore(SIGINT) }
        let log = DaemonLog(commandLine, name: calledBy.logName)
        let logger = log.logger
        defer { log.flush() }
        for option in commandLine.ignored { logger.notice("\(option)") }
        for word in commandLine.unexpectedWords { logger.warning("Unexpected argument \"\(word)\"") }

        let origin = origin(commandLine)
        let configuration: LoadedConfiguration
        do {
            configuration = try origin.load(generation: 1)
        } catch {
            error.log(to: logger)
            return switch error {
            case .unreadable: .noConfiguration
            case .faulty: .configuration
            }
        }
        configuration.logFindings(to: logger)
        let process = configuration.processOptions.overridden(by: commandLine)
        // Before anything else: what is opened earlier stays in the network that the program was started in.
        if let name = process.networkNamespace {
            do { try NetworkNamespace.enter(name) } catch {
                logger.error("\(error)")
                return error.isForLackOfRights ? .missingPermission : .failure
            }
        }
        let controlGroup: UInt32?
        do { controlGroup = try commandLine.controlGroup.map(GroupNumber.of) } catch {
            logger.error("--control-group: \(error)")
            return .failure
        }
        let places = FilePlaces(commandLine, process, calledBy: calledBy)
        // While somebody still hears the status.
        if let occupation = PidFile.occupation(of: places.pidFile) { return leave(to: occupation, logger) }
        // With all rights: files that are to be made may belong into directories of others.
        let observed = ObservedSources(lookingAt: configuration.sources)
        for warning in observed.warnings { logger.warning("\(warning)") }

        // Before anything else is opened: the file descriptors and the pid of the child are what counts.
        if !commandLine.staysInForeground, daemon(0, 0) != 0 {
            logger.error("The process cannot go to the background: \(String(cString: strerror(errno)))")
            return .failure
        }
        if let mask = process.fileModeMask { umask(mode_t(mask)) }
        if let name = process.name { ProcessName.set(name) }
        let serviceManager = ServiceManager(notifySocket: getenv("NOTIFY_SOCKET").map { String(cString: $0) })
        do throws(HostError) {
            let daemon = Daemon(
                log: log, origin: origin, configuration, commandLine, serviceManager, calledBy: calledBy)
            var options = options(commandLine, process, places, configuration, logger)
            options.controlSocketGroup = controlGroup
            let host = try Host(options, observer: daemon)
            log.stopWaiting()
            let count = configuration.definitions.virtualRouters.count
            logger.notice("Starting vrrpd \(programVersion) with \(count) virtual routers from \(origin.path)")
            if daemon.keepalivedWords != nil { logger.notice("Starting \(keepalivedName)") }
            if count == 0 { logger.warning("vrrpd has no configuration to run") }
            daemon.openNotifications(host)
            try host.begin()
            daemon.follow(observed, host)
            do { try host.apply(configuration.definitions, scripts: configuration.scripts) } catch {
                logger.error("\(origin.path): \(error)")
                return .configuration
            }
            daemon.logConfiguration(host)
            serviceManager.tellReady()
            try host.run()
            if daemon.keepalivedWords != nil { logger.notice("Stopped \(keepalivedName)") }
        } catch {
            switch error {
            case .pidFile(let failure): return leave(to: failure, logger)
            case .privilege(.missing):
                logger.error("\(error)")
                return .missingPermission
            case .privilege, .refused:
                logger.error("\(error)")
                return .failure
            }
        }
        logger.notice("Stopped vrrpd \(programVersion)")
        return .success
    }

    /// Ends as keepalived does where another process is there: that is what was wanted, so it is no failure.
    private static func leave(to failure: PidFile.Failure, _ logger: Logger) -> ExitCode {
        guard case .held = failure else {
            logger.error("\(failure)")
            return .failure
        }
        logger.notice("daemon is already running: \(failure)")
        return .success
    }

    /// What this program is to who looks for keepalived's words in the log: the version whose files it reads.
    private static var keepalivedName: String { "Keepalived v2.2.7 (vrrpd \(programVersion))" }

    private static func origin(_ commandLine: KeepalivedCommandLine) -> ConfigurationOrigin {
        if let path = commandLine.definitionsFile { return .definitions(path: absolutePath(path)) }
        return .keepalived(
            path: absolutePath(commandLine.configurationFile),
            KeepalivedReading(
                configurationID: commandLine.configurationID ?? String(hostName().prefix { $0 != "." }),
                requiresIncludes: commandLine.requiresIncludes,
                toleratesErrors: commandLine.toleratesErrors || calledBy == .keepalived,
                speaksVRRP: commandLine.speaksVRRP))
    }

    private static func options(
        _ commandLine: KeepalivedCommandLine, _ process: ProcessOptions, _ places: FilePlaces,
        _ configuration: LoadedConfiguration, _ logger: Logger
    ) -> HostOptions {
        var options = HostOptions()
        options.pidFilePath = places.pidFile
        options.furtherPidFilePaths = places.furtherPidFiles
        options.controlSocketPath = places.controlSocket
        options.controlSocketIsOptional = places.controlSocketIsUsual
        if let priority = process.realTimePriority {
            options.scheduling = .firstInFirstOut(priority: Int32(priority))
        } else if let niceness = process.niceness {
            options.scheduling = .ordinary(niceness: Int32(niceness))
        }
        if let highest = process.highestAutomaticPriority, process.realTimePriority == nil {
            do throws(PrivilegeError) {
                try Capabilities.require([.scheduling])
                options.automaticPriority = AutomaticPriority(
                    highest: Int32(highest), delay: process.automaticPriorityDelay)
            } catch { logger.notice("max_auto_priority has no effect: \(error)") }
        }
        if !process.processors.isEmpty {
            do { try Processors.restrict(to: process.processors) } catch {
                logger.warning("vrrp_cpu_affinity has no effect: \(error)")
            }
        }
        options.locksMemory = process.locksMemory
        options.dumpsCore = commandLine.dumpsCore
        options.keepsAddresses = commandLine.keepsAddresses
        options.tellsAddressChanges = commandLine.logsAddressChanges
        options.tellsDecisions = logger.logLevel <= .debug
        // What writes files for keepalived counts on scripts and notices that come with a reload.
        options.runsScripts = !configuration.scripts.isEmpty || calledBy == .keepalived
        options.deliversNotices =
            configuration.notifications?.definitions.isEmpty == false || calledBy == .keepalived
        options.scriptsKeepRights = options.deliversNotices || configuration.scripts.contains(where: \.keepsRights)
        if let file = Capabilities.firstFile(readableByRightAlone: configuration.files) {
            options.readsEveryFile = keepsReading(file, logger)
        }
        options.signals = Daemon.signals
        return options
    }
}

extension Vrrpd {
    /// Whether the right to read every file is kept because of one that nothing else lets be read.
    ///
    /// As keepalived it is, because whoever starts keepalived counts on reloads; what is written for this program can let
    /// it read. A process that has the right in a form alone that also writes gives that up.
    private static func keepsReading(_ file: String, _ logger: Logger) -> Bool {
        let cause = "\(file) can be read by nothing but the right to read every file"
        if calledBy == .keepalived, (try? Capabilities.require([.reading])) != nil {
            logger.notice("\(cause), which is kept for reloads")
            return true
        }
        let consequence = "no reload will work until the permissions of the file let it be read"
        logger.warning("\(cause), which is given up: \(consequence)")
        return false
    }
}

extension ProgramName {
    /// What lines of the system log begin with; keepalived's process for VRRP says what people look for.
    fileprivate var logName: String {
        switch self {
        case .vrrpd: "vrrpd"
        case .keepalived: "Keepalived_vrrp"
        }
    }
}

extension NetworkNamespace.Failure {
    fileprivate var isForLackOfRights: Bool {
        if case .privilege = self { true } else { false }
    }
}
