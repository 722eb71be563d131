public import VRRP
public import VRRPEngine

/// What the arguments of the program ask for, in the words of keepalived's command line.
public struct KeepalivedCommandLine: Hashable, Sendable {
    /// What the program is to do.
    public var action: Action = .run
    /// The keepalived.conf (`-f`).
    public var configurationFile = "/etc/keepalived/keepalived.conf"
    /// The native definitions to use instead of a keepalived.conf (`--definitions`).
    public var definitionsFile: String?
    /// Where the control socket is, if not at its usual place (`--control-socket`).
    public var controlSocketPath: String?
    /// The group whose members may use the control socket, by name or number (`--control-group`); nil for that of the
    /// process.
    public var controlGroup: String?
    /// What lines beginning with `@` are compared with (`-i`); nil for the host's name up to its first dot.
    public var configurationID: String?
    /// Whether files that the configuration includes must exist (`-e`).
    public var requiresIncludes = false
    /// Whether the program stays in the foreground (`-n`).
    public var staysInForeground = false
    /// Whether it logs to standard error instead of the system log (`-l`).
    public var logsToConsole = false
    /// Whether it may log to the system log (`-G` turns it off).
    public var usesSystemLog = true
    /// How often details were asked for (`-D`).
    public var logDetail = 0
    /// From which level on lines are logged (`--log-level`); nil where `-D` decides.
    public var chosenLogLevel: LogLevel?
    /// The facility of the system log by the number of syslog(3), not shifted (`-S`); nil for the usual one.
    public var logFacility: Int?
    /// Where the process number is written (`-p`); nil for the usual place.
    public var pidFile: String?
    /// Where it is written a second time, as that of keepalived's process for VRRP (`-r`); nil for the usual place.
    public var vrrpPidFile: String?
    /// The permissions that new files do not have (`-u`); nil where the configuration decides.
    public var fileModeMask: Int?
    /// Whether addresses stay when the program ends, and nobody is told (`-V`).
    public var keepsAddresses = false
    /// Whether the configuration is logged (`-d`).
    public var logsConfiguration = false
    /// Whether all changes of addresses are logged (`-a`).
    public var logsAddressChanges = false
    /// Whether a crash leaves a core dump (`-m`, `-M`).
    public var dumpsCore = false
    /// Whether SIGINT has no effect (`--ignore-sigint`).
    public var ignoresInterrupt = false
    /// Whether what has errors is left out instead of the whole configuration (`--tolerate-errors`).
    public var toleratesErrors = false
    /// Whether keepalived's part for VRRP is asked for by name (`-P`).
    public var selectsVRRP = false
    /// Whether keepalived's health checkers are asked for by name (`-C`).
    public var selectsCheckers = false
    /// The network namespace to run in, as a name below `/run/netns` or as an absolute path (`-s`); nil for the one that
    /// the program is started in.
    public var networkNamespace: String?
    /// The real-time priority of the program, 1 to 99 (`--real-time-priority`); nil where the configuration decides.
    public var realTimePriority: Int?
    /// Whether the memory of the program is locked whatever the configuration says (`--lock-memory`).
    public var locksMemory = false
    /// How long an active router that is to stop waits for another one to take over (`--hand-over-timeout`): zero for not
    /// at all, nil for as long as its backups may need.
    public var handOverTimeout: Nanoseconds?
    /// How long addresses stay after another router has taken over (`--linger-time`); nil for the usual time.
    public var lingerTime: Nanoseconds?
    /// Options that are accepted but have no effect, in the order of the arguments.
    public var ignored: [IgnoredOption] = []
    /// Words that are no options, which keepalived only mentions in its log.
    public var unexpectedWords: [String] = []

    /// What the program is to do.
    public enum Action: Hashable, Sendable {
        /// Speak VRRP.
        case run
        /// Check the configuration (`-t`), and report on standard error or at the end of the file of this path.
        case checkConfiguration(report: String?)
        /// Print the version (`-v`).
        case showVersion
        /// Print the usage (`-h`).
        case showUsage
        /// Print the number of a signal (`--signum`).
        case showSignal(Int32)
    }

    /// Where log lines go.
    public enum LogDestination: Hashable, Sendable {
        /// To standard error, and nowhere else.
        case standardError
        /// To the system log.
        case systemLog
        /// They are dropped.
        case nowhere
    }

    /// Where log lines go.
    ///
    /// Never to two places: who asks for standard error must not have adverts delayed by a full socket of the system log.
    public var logDestination: LogDestination {
        if logsToConsole { return .standardError }
        return usesSystemLog ? .systemLog : .nowhere
    }

    /// From which level on lines are logged.
    public var logLevel: LogLevel { chosenLogLevel ?? (logDetail > 0 ? .debug : .info) }

    /// Whether the program has anything to do: not where health checkers alone are asked for.
    public var speaksVRRP: Bool { selectsVRRP || !selectsCheckers }

    /// How routers hand over when the program is stopped; nil where they leave at once, as keepalived does.
    public var handOverPlan: HandOverPlan? {
        if handOverTimeout == .zero || keepsAddresses { return nil }
        var plan = HandOverPlan()
        plan.timeout = handOverTimeout
        if let lingerTime { plan.lingerTime = lingerTime }
        return plan
    }

    /// An option of keepalived that is accepted so that existing command lines keep working.
    public struct IgnoredOption: Hashable, Sendable {
        /// The option as it was written.
        public var option: String
        /// Why it has no effect, as the end of a sentence.
        public var reason: String
    }

    /// What keepalived does without arguments.
    public init() {}

    /// Reads the arguments, the name of the program left out.
    ///
    /// The rules are those of getopt_long: long options may be cut as far as they stay unique and take their value
    /// behind `=` or as the next word; short options may be joined and take their value joined or as the next word;
    /// `--` ends the options. `-v`, `-h` and `--signum` end the reading at once.
    ///
    /// - Throws: what keepalived exits with status 1 for.
    public static func parse(_ arguments: [String]) throws(CommandLineError) -> KeepalivedCommandLine {
        var commandLine = KeepalivedCommandLine()
        var reader = OptionReader(arguments)
        while commandLine.isStillReading, let use = try reader.next() {
            switch use.option.effect {
            case .set(let set): try set(&commandLine, use)
            case .ignored(let reason): commandLine.ignored.append(IgnoredOption(option: use.written, reason: reason))
            case .refused(let reason): throw .refused(option: use.written, reason: reason)
            }
        }
        commandLine.unexpectedWords = reader.words
        return commandLine
    }

    /// Whether no option was met that answers at once.
    private var isStillReading: Bool {
        switch action {
        case .run, .checkConfiguration: true
        case .showVersion, .showUsage, .showSignal: false
        }
    }
}

extension KeepalivedCommandLine.IgnoredOption: CustomStringConvertible {
    /// The option and the reason, as one sentence.
    public var description: String { "option \(option) is ignored because \(reason)" }
}
