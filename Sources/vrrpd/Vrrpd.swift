import ControlProtocol
import Glibc
import KeepalivedCompatibility
import LinuxHost
import Logging
import VRRPEngine

/// The VRRP daemon.
@main
enum Vrrpd {
    static func main() {
        let commandLine: KeepalivedCommandLine
        do {
            commandLine = try KeepalivedCommandLine.parse(Array(CommandLine.arguments.dropFirst()))
        } catch {
            writeLine("\(programName): \(error)")
            exit(CommandLineError.exitStatus)
        }
        exit(perform(commandLine).rawValue)
    }

    private static var programName: String {
        CommandLine.arguments.first.flatMap { $0.split(separator: "/").last.map(String.init) } ?? "vrrpd"
    }

    private static func perform(_ commandLine: KeepalivedCommandLine) -> ExitCode {
        switch commandLine.action {
        case .showVersion:
            writeText(KeepalivedCommandLine.versionText(version: programVersion))
            return .success
        case .showUsage:
            writeText(KeepalivedCommandLine.usage(program: programName))
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
        // Before anything else: what is opened earlier stays in the network that the program was started in.
        if let name = commandLine.networkNamespace {
            do { try NetworkNamespace.enter(name) } catch {
                writeLine("\(programName): \(error)")
                return .failure
            }
        }
        let logger = makeLogger(commandLine)
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
        for warning in configuration.warnings { logger.warning("\(warning)") }
        // With all rights: files that are to be made may belong into directories of others.
        let observed = ObservedSources(lookingAt: configuration.sources)
        for warning in observed.warnings { logger.warning("\(warning)") }

        // Before anything else is opened: the file descriptors and the pid of the child are what counts.
        if !commandLine.staysInForeground, daemon(0, 0) != 0 {
            logger.error("The process cannot go to the background: \(String(cString: strerror(errno)))")
            return .failure
        }
        do throws(HostError) {
            let daemon = Daemon(
                logger: logger, origin: origin, configuration, handOver: commandLine.handOverPlan)
            var options = options(commandLine, configuration.processOptions.overridden(by: commandLine))
            options.runsScripts = !configuration.scripts.isEmpty
            let host = try Host(options, observer: daemon)
            let count = configuration.definitions.virtualRouters.count
            logger.notice("Starting vrrpd \(programVersion) with \(count) virtual routers from \(origin.path)")
            try host.begin()
            daemon.follow(observed, host)
            do { try host.apply(configuration.definitions, scripts: configuration.scripts) } catch {
                logger.error("\(origin.path): \(error)")
                return .configuration
            }
            try host.run()
        } catch {
            logger.error("\(error)")
            return .failure
        }
        logger.notice("Stopped vrrpd \(programVersion)")
        return .success
    }

    private static func makeLogger(_ commandLine: KeepalivedCommandLine) -> Logger {
        let level: Logger.Level = commandLine.logDetail > 0 ? .debug : .info
        let handler: any LogHandler
        switch commandLine.logDestination {
        case .standardError: handler = ConsoleLogHandler()
        case .systemLog:
            openlog(nil, LOG_PID, LOG_DAEMON)
            handler = SyslogHandler()
        case .nowhere: handler = SwiftLogNoOpLogHandler()
        }
        var logger = Logger(label: "vrrpd") { _ in handler }
        logger.logLevel = level
        return logger
    }

    private static func origin(_ commandLine: KeepalivedCommandLine) -> ConfigurationOrigin {
        if let path = commandLine.definitionsFile { return .definitions(path: absolute(path)) }
        return .keepalived(
            path: absolute(commandLine.configurationFile),
            configurationID: commandLine.configurationID ?? String(hostName().prefix { $0 != "." }),
            requiresIncludes: commandLine.requiresIncludes)
    }

    /// A path that still means the same when the process is in the background, whose directory is `/`.
    private static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let directory = getcwd(nil, 0) else { return path }
        defer { free(directory) }
        return String(cString: directory) + "/" + path
    }

    private static func options(_ commandLine: KeepalivedCommandLine, _ process: ProcessOptions) -> HostOptions {
        var options = HostOptions()
        let runDirectory = "/run/vrrpd"
        options.pidFilePath = commandLine.pidFile ?? runDirectory + "/vrrpd.pid"
        options.controlSocketPath = commandLine.controlSocketPath ?? ControlEndpoint.defaultPath
        if commandLine.pidFile == nil || commandLine.controlSocketPath == nil {
            // Fails harmlessly when it is there; anything else shows with the first file in it.
            mkdir(runDirectory, 0o755)
        }
        if let priority = process.realTimePriority {
            options.scheduling = .firstInFirstOut(priority: Int32(priority))
        } else if let niceness = process.niceness {
            options.scheduling = .ordinary(niceness: Int32(niceness))
        }
        options.locksMemory = process.locksMemory
        options.signals = Daemon.signals
        return options
    }
}

/// Writes a text that ends its lines itself to standard error, where keepalived's users look for it.
func writeText(_ text: String) {
    let octets = Array(text.utf8)
    _ = octets.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
