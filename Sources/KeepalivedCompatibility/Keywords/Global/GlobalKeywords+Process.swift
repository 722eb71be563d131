extension GlobalKeywords {
    /// Keywords about the process, its files and its memory.
    static let processKeywords =
        automaticPriorityKeywords + identityKeywords + dumpKeywords + bufferKeywords + reloadKeywords

    private static let automaticPriorityKeywords: [Keyword<GlobalSettings>] = [
        Keyword(
            "max_auto_priority", values: "nothing for 99, or -1 to 99", standard: "0, never",
            "The real-time priority up to which the process raises itself, step by step, each time that it is late."
        ) { statement, settings, log in
            let format = ValueFormat<Int>.integer(-1...99)
            statement.expectNoBlock(&log)
            statement.expectValues(atMost: 1, &log)
            let text = statement.values.first ?? "99"
            guard let value = format.read(text) else {
                return log.error(
                    statement.place, statement.keyword, .notAllowed(value: text, allowed: format.allowed))
            }
            settings.process.highestAutomaticPriority = Located(value, at: statement.place, text: text)
        },
        .value(
            "min_auto_priority_delay", .integer(1...10_000_000), standard: "1000000",
            into: \.process.automaticPriorityDelay,
            "The microseconds of lateness from which on it does so."),
        Keyword(
            "vrrp_cpu_affinity", values: "numbers of processors, 0 to 1023", standard: "all",
            "The processors that the program runs on."
        ) { statement, settings, log in
            let format = ValueFormat<Int>.integer(0...1023)
            statement.expectNoBlock(&log)
            guard !statement.values.isEmpty else {
                return log.error(statement.place, statement.keyword, .valueMissing(allowed: format.allowed))
            }
            var processors: [Int] = []
            for text in statement.values {
                guard let number = format.read(text) else {
                    return log.error(
                        statement.place, statement.keyword, .notAllowed(value: text, allowed: format.allowed))
                }
                processors.append(number)
            }
            settings.process.processors = Located(
                processors, at: statement.place, text: statement.values.joined(separator: " "))
        },
    ]

    private static let identityKeywords: [Keyword<GlobalSettings>] = [
        .value(
            "process_name", .processName, standard: "what it is called by", into: \.process.name,
            "The name of the process, as `ps -o comm` shows it."),
        .value(
            "vrrp_process_name", .processName, into: \.process.vrrpProcessName,
            "Accepted; there is no process for VRRP besides the one that has all signals."),
        Keyword("process_names", mayRepeat: true, "Accepted; there is one process, which keeps its name.") {
            statement, _, log in
            statement.expectNoBlock(&log)
        },
        Keyword(
            "umask", values: ValueFormat<Int>.fileModeMask.allowed, standard: "unchanged; dump files have mode 0644",
            "The permissions that dump files and others do not have; `-u` comes before it."
        ) { statement, settings, log in
            let format = ValueFormat<Int>.fileModeMask
            statement.expectNoBlock(&log)
            guard !statement.values.isEmpty else {
                return log.error(statement.place, statement.keyword, .valueMissing(allowed: format.allowed))
            }
            // Blanks may stand around the bars.
            let text = statement.values.joined()
            guard let value = format.read(text) else {
                return log.error(
                    statement.place, statement.keyword, .notAllowed(value: text, allowed: format.allowed))
            }
            settings.process.fileModeMask = Located(value, at: statement.place, text: text)
        },
    ]

    private static let dumpKeywords: [Keyword<GlobalSettings>] = [
        .value(
            "state_dump_file", .text("a path"), standard: "keepalived.data", into: \.process.dataFile,
            "The file, or the folder of the file, that SIGUSR1 asks for."),
        .value(
            "stats_dump_file", .text("a path"), standard: "keepalived.stats", into: \.process.statisticsFile,
            "The file, or the folder of the file, that SIGUSR2 asks for."),
        .value(
            "json_dump_file", .text("a path"), standard: "keepalived.json", into: \.process.jsonFile,
            "The file, or the folder of the file, that signal 36 asks for."),
        .value(
            "json_version", .choice(["1": 1, "2": 2]), standard: "1", into: \.process.jsonVersion,
            "The form of that file."),
        .toggle(
            "data_use_instance", into: \.process.dumpsCarryInstance,
            "The usual names of dump files carry the network namespace and the `instance`."),
    ]

    /// What keepalived sizes by hand: the buffers here are as large as the number of routers asks for.
    private static let bufferKeywords: [Keyword<GlobalSettings>] =
        ["vrrp_netlink_cmd_rcv_bufs", "vrrp_netlink_monitor_rcv_bufs"].flatMap { name in
            [
                .accepted(name, .integer(0...4_294_967_295), "Accepted; the program sizes its buffers by itself."),
                .accepted(name + "_force", switching: "Accepted; the program sizes its buffers by itself."),
            ]
        } + [
            .accepted(
                "vrrp_rx_bufs_policy", .receiveBuffers, "Accepted; the program sizes its buffers by itself."),
            .accepted(
                "vrrp_rx_bufs_multiplier", .integer(1...4_294_967_295),
                "Accepted; the program sizes its buffers by itself."),
        ]

    private static let reloadKeywords: [Keyword<GlobalSettings>] = [
        Keyword(
            "reload_check_config", values: "nothing or the path of a log", standard: "on",
            "A configuration is checked before it is used, and one with errors is not; always so, and told in the program's own"
                + " log alone."
        ) { statement, _, log in
            statement.expectNoBlock(&log)
            statement.expectValues(atMost: 1, &log)
            guard let path = statement.values.first else { return }
            log.warning(
                statement.place, "\(statement.keyword) \(visible(path))", .ignored(because: .findingsAreInTheLog))
        },
        .accepted("tmp_config_directory", .text("a path"), "Accepted; no copy of the configuration is made."),
        .ignored("config_save_dir", .text("a path"), because: .noCopyOfConfiguration),
        .ignored("reload_time_file", .text("a path"), because: .noScheduledReload),
        .ignored("reload_repeat", because: .noScheduledReload),
        .ignored("reload_file", because: .noScheduledReload),
        .ignored("vrrp_rlimit_rttime", .integer(1...4_294_967_295), because: .noTimeLimit),
        .ignored("vrrp_rlimit_rtime", .integer(1...4_294_967_295), because: .noTimeLimit),
    ]
}
