extension CommandLineOption {
    private static let noVirtualServers = "this program speaks VRRP alone"
    private static let notYet = "it is not supported yet"
    private static let oneProcess = "there is only one process"

    /// Every option, in the order of the usage: the project's own ones, then keepalived's.
    static let all: [CommandLineOption] = [
        CommandLineOption(
            nil, "definitions", .required("FILE"), "Use the definitions in FILE instead of a keepalived.conf",
            .keep(\.definitionsFile)),
        CommandLineOption(
            nil, "control-socket", .required("PATH"), "Answer on the socket PATH", .keep(\.controlSocketPath)),
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
            "D", "log-detail", "Log more; twice for even more",
            .set { commandLine, _ in commandLine.logDetail += 1 }),
        CommandLineOption("p", "pid", .required("FILE"), "Write the process number to FILE", .keep(\.pidFile)),
        CommandLineOption(
            "s", "namespace", .required("NAME"), "Run in the network namespace NAME, or that of an absolute path",
            .keep(.networkNamespace, \.networkNamespace)),
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

        CommandLineOption("P", "vrrp", "Run the VRRP part alone", .ignored("there is no other part")),
        CommandLineOption("C", "check", "Run the health checkers alone", .ignored(noVirtualServers)),
        CommandLineOption("B", "no_bfd", "Run without BFD", .ignored(noVirtualServers)),
        CommandLineOption(nil, "all", "Run all parts, even without configuration", .ignored(noVirtualServers)),
        CommandLineOption(
            "S", "log-facility", .required("FACILITY"), "Set the facility of the system log", .ignored(notYet)),
        CommandLineOption("g", "log-file", .optional("FILE"), "Log to FILE as well", .ignored(notYet)),
        CommandLineOption(nil, "flush-log-file", "Write the log file through", .ignored(notYet)),
        CommandLineOption("u", "umask", .required("MASK"), "Set the mask for new files", .ignored(notYet)),
        CommandLineOption(
            "X", "release-vips", "Remove addresses on becoming backup",
            .ignored("addresses are always removed then")),
        CommandLineOption("V", "dont-release-vrrp", "Keep addresses at the end", .ignored(notYet)),
        CommandLineOption("I", "dont-release-ipvs", "Keep virtual servers at the end", .ignored(noVirtualServers)),
        CommandLineOption("R", "dont-respawn", "Do not restart child processes", .ignored(oneProcess)),
        CommandLineOption("d", "dump-conf", "Log the configuration", .ignored(notYet)),
        CommandLineOption(
            "r", "vrrp_pid", .required("FILE"), "Write the number of the VRRP process", .ignored(oneProcess)),
        CommandLineOption(
            "c", "checkers_pid", .required("FILE"), "Write the number of the checker process",
            .ignored(noVirtualServers)),
        CommandLineOption(
            "b", "bfd_pid", .required("FILE"), "Write the number of the BFD process", .ignored(noVirtualServers)),
        CommandLineOption("a", "address-monitoring", "Log all changes of addresses", .ignored(notYet)),
        CommandLineOption("T", "genhash", "Run as genhash", .ignored(noVirtualServers)),
        CommandLineOption("x", "snmp", "Speak SNMP", .ignored(notYet)),
        CommandLineOption(
            "A", "snmp-agent-socket", .required("SOCKET"), "The socket of the SNMP agent", .ignored(notYet)),
        CommandLineOption("m", "core-dump", "Dump core on a crash", .ignored(notYet)),
        CommandLineOption(
            "M", "core-dump-pattern", .optional("PATTERN"), "Set the pattern of core dumps", .ignored(notYet)),
        CommandLineOption(
            nil, "config-fd", .required("N"), "Read the configuration from a descriptor", .ignored(oneProcess)),
        CommandLineOption(nil, "ignore-sigint", "Ignore SIGINT", .ignored(notYet)),
        CommandLineOption(nil, "perf", .optional("MODE"), "Record performance", .ignored(notYet)),
        CommandLineOption(nil, "debug", .optional("WHAT"), "Log for debugging", .ignored(notYet)),
        CommandLineOption("L", nil, "Check memory use", .ignored(notYet)),
        CommandLineOption(nil, "no-mem-check", "Do not check memory use", .ignored(notYet)),
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
