import VRRPEngine

extension CommandLineOption {
    private static let noVirtualServers = "this program speaks VRRP alone"
    private static let noSNMP = "this program does not speak SNMP"
    private static let oneProcess = "there is only one process"
    private static let forDevelopers = "it is for the developers of keepalived"

    /// Every option, in the order of the usage: the project's own ones, then keepalived's.
    static let all: [CommandLineOption] = [
        CommandLineOption(
            nil, "definitions", .required("FILE"), "Use the definitions in FILE instead of a keepalived.conf",
            .keep(\.definitionsFile)),
        CommandLineOption(
            nil, "control-socket", .required("PATH"), "Answer on the socket PATH", .keep(\.controlSocketPath)),
        CommandLineOption(
            nil, "control-group", .required("GROUP"),
            "Let the members of GROUP, a name or a number, use the control socket", .keep(\.controlGroup)),
        CommandLineOption(
            nil, "real-time-priority", .required("N"),
            "Run with the real-time priority N, 1 to 99, whatever the configuration says",
            .keep(.integer(1...99), \.realTimePriority)),
        CommandLineOption(
            nil, "lock-memory", "Lock the memory of the program, whatever the configuration says",
            .turn(\.locksMemory)),
        CommandLineOption(
            nil, "hand-over-timeout", .required("SECONDS"),
            "When stopped, wait at most SECONDS for another router to take over; 0 leaves at once",
            .keep(.seconds(from: "0", to: "3600"), \.handOverTimeout)),
        CommandLineOption(
            nil, "linger-time", .required("MILLISECONDS"),
            "When stopped, keep addresses for MILLISECONDS after another router has taken over; 100 if not given",
            .keep(.milliseconds(0...10_000), \.lingerTime)),
        CommandLineOption(
            nil, "tolerate-errors", "Leave out what has errors, and run the rest; so does keepalived",
            .turn(\.toleratesErrors)),
        CommandLineOption(
            nil, "log-level", .required("LEVEL"),
            "Log lines from LEVEL on: " + LogLevel.allowed
                + "; info if not given, debug with -D", .keep(.logLevel, \.chosenLogLevel)),

        CommandLineOption(
            "f", "use-file", .required("FILE"), "Use the configuration in FILE",
            .set { commandLine, use in if let path = use.value { commandLine.configurationFile = path } }),
        CommandLineOption(
            "t", "config-test", .optional("FILE"), "Check the configuration and exit; report to FILE if given",
            .set { commandLine, use in commandLine.action = .checkConfiguration(report: use.value) }),
        CommandLineOption(
            "i", "config-id", .required("ID"), "Use the lines of the configuration that begin with @ID",
            .keep(\.configurationID)),
        CommandLineOption("e", "all-config", "Included files must exist", .turn(\.requiresIncludes)),
        CommandLineOption("n", "dont-fork", "Stay in the foreground", .turn(\.staysInForeground)),
        CommandLineOption(
            "l", "log-console", "Log to standard error instead of the system log", .turn(\.logsToConsole)),
        CommandLineOption(
            "G", "no-syslog", "Do not log to the system log; without -l not at all",
            .turn(\.usesSystemLog, on: false)),
        CommandLineOption(
            "D", "log-detail", "Log more: the same as --log-level=debug",
            .set { commandLine, _ in commandLine.logDetail += 1 }),
        CommandLineOption(
            "S", "log-facility", .required("FACILITY"),
            "Set the facility of the system log: 0 to 7, local0 to local7, user, daemon",
            .keep(.logFacility, \.logFacility)),
        CommandLineOption("d", "dump-conf", "Log the configuration", .turn(\.logsConfiguration)),
        CommandLineOption("a", "address-monitoring", "Log all changes of addresses", .turn(\.logsAddressChanges)),
        CommandLineOption("p", "pid", .required("FILE"), "Write the process number to FILE", .keep(\.pidFile)),
        CommandLineOption(
            "r", "vrrp_pid", .required("FILE"), "Write the process number to FILE as well", .keep(\.vrrpPidFile)),
        CommandLineOption(
            "u", "umask", .required("MASK"), "Set the mask for new files, whatever the configuration says",
            .keep(.fileModeMask, \.fileModeMask)),
        CommandLineOption(
            "s", "namespace", .required("NAME"), "Run in the network namespace NAME, or that of an absolute path",
            .keep(.networkNamespace, \.networkNamespace)),
        CommandLineOption(
            "P", "vrrp", "Run keepalived's part for VRRP, which is all that there is", .turn(\.selectsVRRP)),
        CommandLineOption(
            "C", "check", "Run keepalived's health checkers alone: without -P, nothing", .turn(\.selectsCheckers)),
        CommandLineOption(
            "V", "dont-release-vrrp", "Keep addresses at the end, and tell nobody", .turn(\.keepsAddresses)),
        CommandLineOption("m", "core-dump", "Leave a core dump on a crash", .turn(\.dumpsCore)),
        CommandLineOption(
            "M", "core-dump-pattern", .optional("PATTERN"),
            "Leave a core dump on a crash; the pattern of its name stays the machine's",
            .set { commandLine, use in
                commandLine.dumpsCore = true
                guard use.value != nil else { return }
                commandLine.ignored.append(
                    KeepalivedCommandLine.IgnoredOption(
                        option: "\(use.written) with a pattern", reason: "the pattern is that of the whole machine"))
            }),
        CommandLineOption(nil, "ignore-sigint", "Ignore SIGINT", .turn(\.ignoresInterrupt)),
        CommandLineOption(
            nil, "signum", .required("NAME"),
            "Print the number of a signal: " + SignalName.names.joined(separator: ", "),
            .set { commandLine, use throws(CommandLineError) in
                let name = use.value ?? ""
                guard let number = SignalName.number(name) else { throw .unknownSignal(name) }
                commandLine.action = .showSignal(number)
            }),
        CommandLineOption(
            "v", "version", "Print the version", .set { commandLine, _ in commandLine.action = .showVersion }),
        CommandLineOption("h", "help", "Print this text", .set { commandLine, _ in commandLine.action = .showUsage }),

        CommandLineOption("B", "no_bfd", "Run without BFD", .ignored(noVirtualServers)),
        CommandLineOption(nil, "all", "Run all parts, even without configuration", .ignored(noVirtualServers)),
        CommandLineOption(
            "g", "log-file", .optional("FILE"), "Log to FILE as well",
            .refused("a disk could delay adverts; send the output of -l to a file instead")),
        CommandLineOption(nil, "flush-log-file", "Write the log file through", .ignored("there is no log file")),
        CommandLineOption(
            "X", "release-vips", "Remove addresses on becoming backup",
            .ignored("addresses are always removed then")),
        CommandLineOption("I", "dont-release-ipvs", "Keep virtual servers at the end", .ignored(noVirtualServers)),
        CommandLineOption("R", "dont-respawn", "Do not restart child processes", .ignored(oneProcess)),
        CommandLineOption(
            "c", "checkers_pid", .required("FILE"), "Write the number of the checker process",
            .ignored(noVirtualServers)),
        CommandLineOption(
            "b", "bfd_pid", .required("FILE"), "Write the number of the BFD process", .ignored(noVirtualServers)),
        CommandLineOption("T", "genhash", "Run as genhash", .ignored(noVirtualServers)),
        CommandLineOption("x", "snmp", "Speak SNMP", .ignored(noSNMP)),
        CommandLineOption(
            "A", "snmp-agent-socket", .required("SOCKET"), "The socket of the SNMP agent", .ignored(noSNMP)),
        CommandLineOption(
            nil, "config-fd", .required("N"), "Read the configuration from a descriptor", .ignored(oneProcess)),
        CommandLineOption(nil, "perf", .optional("MODE"), "Record performance", .ignored(forDevelopers)),
        CommandLineOption(nil, "debug", .optional("WHAT"), "Log for debugging", .ignored(forDevelopers)),
        CommandLineOption("L", nil, "Check memory use", .ignored(forDevelopers)),
        CommandLineOption(nil, "no-mem-check", "Do not check memory use", .ignored(forDevelopers)),
    ]

    /// The option with a letter; nil where there is none.
    static func withShort(_ letter: Character) -> CommandLineOption? { all.first { $0.short == letter } }

    /// The options whose name begins with `name`; the one of exactly this name alone where there is one.
    static func withLong(_ name: String) -> [CommandLineOption] {
        let candidates = all.filter { $0.long?.hasPrefix(name) == true }
        let exact = candidates.filter { $0.long == name }
        return exact.isEmpty ? candidates : exact
    }
}
