import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("The command line")
struct CommandLineTests {
    private func parse(_ arguments: String...) throws -> KeepalivedCommandLine {
        try KeepalivedCommandLine.parse(arguments)
    }

    @Test("Without arguments the usual file is used")
    func defaults() throws {
        let found = try parse()
        #expect(found == KeepalivedCommandLine())
        #expect(found.configurationFile == "/etc/keepalived/keepalived.conf")
        #expect(found.action == .run)
    }

    @Test(
        "A value stands behind =, joined to the letter, or as the next word",
        arguments: [
            ["--use-file=k.conf"], ["--use-file", "k.conf"], ["--use=k.conf"], ["--us", "k.conf"], ["-f", "k.conf"],
            ["-fk.conf"], ["-nlfk.conf"], ["-nlf", "k.conf"], ["-f", "a", "-f", "k.conf"],
        ])
    func values(_ arguments: [String]) throws {
        #expect(try KeepalivedCommandLine.parse(arguments).configurationFile == "k.conf")
    }

    @Test("Options that take effect set what they name")
    func effects() throws {
        let found = try parse(
            "-nlDD", "-f", "a", "-p/run/x.pid", "-i", "left", "-e", "--definitions", "d.json",
            "--control-socket=/run/s",
            "-G", "-s", "blue", "--real-time-priority=50", "--lock-memory")
        #expect(found.staysInForeground)
        #expect(found.logsToConsole)
        #expect(found.logDetail == 2)
        #expect(found.configurationFile == "a")
        #expect(found.pidFile == "/run/x.pid")
        #expect(found.configurationID == "left")
        #expect(found.requiresIncludes)
        #expect(found.definitionsFile == "d.json")
        #expect(found.controlSocketPath == "/run/s")
        #expect(!found.usesSystemLog)
        #expect(found.networkNamespace == "blue")
        #expect(found.realTimePriority == 50)
        #expect(found.locksMemory)
        #expect(found.ignored == [])
    }

    @Test("The log goes to standard error with -l, else to the system log, and nowhere with -G alone")
    func logDestinations() throws {
        #expect(try parse().logDestination == .systemLog)
        #expect(try parse("-l").logDestination == .standardError)
        #expect(try parse("-G").logDestination == .nowhere)
        #expect(try parse("-l", "--no-syslog").logDestination == .standardError)
    }

    @Test("Lines are logged from info on, with -D from debug on, and from --log-level on whatever -D says")
    func logLevels() throws {
        #expect(try parse().logLevel == .info)
        #expect(try parse("-D").logLevel == .debug)
        #expect(try parse("-D", "--log-level=warning").logLevel == .warning)
        #expect(try parse("--log-level", "debug").logLevel == .debug)
        let error = #expect(throws: CommandLineError.self) { try parse("--log-level=loud") }
        #expect(
            error?.description
                == "option --log-level: loud is not allowed; allowed is debug, info, notice, warning, error")
    }

    @Test("A network namespace has a name or an absolute path")
    func namespaces() throws {
        #expect(try parse("--namespace=blue").networkNamespace == "blue")
        #expect(try parse("-s/proc/1/ns/net").networkNamespace == "/proc/1/ns/net")
    }

    @Test("What the command line says of the process comes before the configuration, and what it leaves out stays")
    func processOptions() throws {
        let text = "global_defs {\nvrrp_rt_priority 10\nvrrp_priority -5\n}"
        let configured = try load(text).processOptions
        #expect(configured.overridden(by: try parse()) == configured)
        var expected = ProcessOptions()
        expected.realTimePriority = 99
        expected.niceness = -5
        expected.locksMemory = true
        #expect(configured.overridden(by: try parse("--real-time-priority", "99", "--lock-memory")) == expected)
        let locked = try load("global_defs {\nvrrp_no_swap\n}").processOptions
        #expect(locked.overridden(by: try parse()).locksMemory)
    }

    @Test("Without options routers hand over for as long as it takes; the options say how long, and 0 says not at all")
    func handOver() throws {
        #expect(try parse().handOverPlan == HandOverPlan())
        var expected = HandOverPlan()
        expected.timeout = .milliseconds(2_500)
        expected.lingerTime = .milliseconds(50)
        #expect(try parse("--hand-over-timeout=2.5", "--linger-time", "50").handOverPlan == expected)
        #expect(try parse("--hand-over-timeout", "0").handOverPlan == nil)
        #expect(try parse("--linger-time=0").handOverPlan?.lingerTime == .zero)
    }

    @Test("The command lines of OpenShift, of keepalived-operator and of Debian are understood")
    func realCommandLines() throws {
        let ipfailover = try parse("-D", "-n", "--log-console")
        #expect(ipfailover.staysInForeground && ipfailover.logsToConsole && ipfailover.logDetail == 1)

        let groupOperator = try parse(
            "--log-console", "--log-detail", "--dont-fork", "--config-id=pod-1",
            "--use-file=/etc/keepalived.d/keepalived.conf", "--pid=/etc/keepalived.pid/keepalived.pid")
        #expect(groupOperator.configurationID == "pod-1")
        #expect(groupOperator.pidFile == "/etc/keepalived.pid/keepalived.pid")

        let machineConfig = try parse(
            "-f", "/etc/keepalived/keepalived.conf", "--dont-fork", "--vrrp", "--log-detail", "--log-console")
        #expect(machineConfig.selectsVRRP && machineConfig.speaksVRRP && machineConfig.ignored == [])
        #expect(try parse("--dont-fork", "-S", "3").logFacility == 19)
        #expect(
            try parse("-x").ignored.map(\.description)
                == ["option -x is ignored because this program does not speak SNMP"])
    }

    @Test("Options about the process and its files set what they name")
    func processEffects() throws {
        let found = try parse(
            "-damVu", "027", "-r", "/run/v.pid", "--ignore-sigint", "--tolerate-errors", "-S", "daemon", "-Mcore.%p")
        #expect(found.logsConfiguration && found.logsAddressChanges && found.dumpsCore && found.keepsAddresses)
        #expect(found.fileModeMask == 0o027)
        #expect(found.vrrpPidFile == "/run/v.pid")
        #expect(found.ignoresInterrupt && found.toleratesErrors)
        #expect(found.logFacility == 3)
        #expect(found.ignored.map(\.option) == ["-M with a pattern"])
        #expect(found.handOverPlan == nil, "addresses that stay are not handed over")
    }

    @Test(
        "A facility of the system log has keepalived's names",
        arguments: [("0", 16), ("7", 23), ("local3", 19), ("user", 1), ("daemon", 3)])
    func facilities(_ text: String, _ number: Int) throws {
        #expect(try parse("--log-facility=\(text)").logFacility == number)
    }

    @Test("Health checkers alone leave nothing to do, unless VRRP is asked for as well")
    func parts() throws {
        #expect(try parse().speaksVRRP)
        #expect(try parse("-P").speaksVRRP)
        #expect(try !parse("-C").speaksVRRP)
        #expect(try parse("-CP").speaksVRRP)
    }

    @Test(
        "The program is called keepalived by the last part of its path alone",
        arguments: [
            ("keepalived", ProgramName.keepalived), ("/usr/sbin/keepalived", .keepalived), ("./vrrpd", .vrrpd),
            ("/keepalived/vrrpd", .vrrpd), ("", .vrrpd), ("keepalived2", .vrrpd),
        ])
    func names(_ path: String, _ name: ProgramName) { #expect(ProgramName(startedAs: path) == name) }

    @Test("Options that answer at once end the reading")
    func answers() throws {
        #expect(try parse("-v", "--nonsense").action == .showVersion)
        #expect(try parse("--version").action == .showVersion)
        #expect(try parse("-h").action == .showUsage)
        #expect(try parse("--help").action == .showUsage)
        #expect(try parse("-nv").action == .showVersion)
    }

    @Test("A configuration is checked, with a report where a joined value names one")
    func check() throws {
        #expect(try parse("-t").action == .checkConfiguration(report: nil))
        #expect(try parse("-t", "-f", "a").configurationFile == "a")
        #expect(try parse("-tlog").action == .checkConfiguration(report: "log"))
        #expect(try parse("--config-test").action == .checkConfiguration(report: nil))
        #expect(try parse("--config-test=log").action == .checkConfiguration(report: "log"))
        #expect(try parse("--config-t", "word").unexpectedWords == ["word"])
    }

    @Test(
        "Signals have the numbers of keepalived",
        arguments: [("STOP", 15), ("RELOAD", 1), ("DATA", 10), ("STATS", 12), ("STATS_CLEAR", 63), ("JSON", 36)])
    func signals(_ name: String, _ number: Int32) throws {
        #expect(try parse("--signum=\(name)").action == .showSignal(number))
        #expect(try parse("--signum", name).action == .showSignal(number))
    }

    @Test("Words that are no options are noted, and -- ends the options")
    func words() throws {
        let found = try parse("a", "-n", "-", "--", "-l", "--nonsense")
        #expect(found.staysInForeground)
        #expect(!found.logsToConsole)
        #expect(found.unexpectedWords == ["a", "-", "-l", "--nonsense"])
    }

    @Test(
        "Every option of the table is accepted in each of its spellings",
        arguments: CommandLineOption.all.indices)
    func everyOption(_ index: Int) throws {
        let option = CommandLineOption.all[index]
        // A value that any option but two takes.
        let value =
            switch option.long {
            case "signum": "STOP"
            case "log-level": "notice"
            default: "7"
            }
        var spellings: [[String]] = []
        switch option.value {
        case .none:
            if let short = option.short { spellings.append(["-\(short)"]) }
            if let long = option.long { spellings.append(["--\(long)"]) }
        case .required:
            if let short = option.short { spellings += [["-\(short)", value], ["-\(short)\(value)"]] }
            if let long = option.long { spellings += [["--\(long)", value], ["--\(long)=\(value)"]] }
        case .optional:
            if let short = option.short { spellings += [["-\(short)"], ["-\(short)\(value)"]] }
            if let long = option.long { spellings += [["--\(long)"], ["--\(long)=\(value)"]] }
        }
        if case .refused(let reason) = option.effect {
            for arguments in spellings {
                let error = #expect(throws: CommandLineError.self) { try KeepalivedCommandLine.parse(arguments) }
                #expect(error?.description.hasSuffix(" is refused because \(reason)") == true)
            }
            return
        }
        for arguments in spellings {
            let found = try KeepalivedCommandLine.parse(arguments)
            switch option.effect {
            case .ignored(let reason): #expect(found.ignored.map(\.reason) == [reason])
            case .set: #expect(found != KeepalivedCommandLine())
            case .refused: Issue.record("\(arguments) is not refused")
            }
            #expect(found.unexpectedWords == [])
        }
    }

    @Test("No two options share a letter or a name")
    func unique() {
        let letters = CommandLineOption.all.compactMap(\.short)
        let names = CommandLineOption.all.compactMap(\.long)
        #expect(Set(letters).count == letters.count)
        #expect(Set(names).count == names.count)
        #expect(
            Set(letters) == Set("fPCBlDSgGuXVIRndprcbaTxAsmMeitvhL"),
            "the letters of keepalived, no more and no less")
    }

    @Test(
        "What cannot be understood is refused with a sentence",
        arguments: [
            (["-Z"], "Unknown option -Z; -h lists the options"),
            (["-nZ"], "Unknown option -Z; -h lists the options"),
            (["--nonsense=1"], "Unknown option --nonsense; -h lists the options"),
            (["--=1"], "Unknown option --; -h lists the options"),
            (["-f"], "Missing parameter for option -f"),
            (["--use-file"], "Missing parameter for option --use-file"),
            (["--use-file="], "Missing parameter for option --use-file"),
            (["--config-test="], "Missing parameter for option --config-test"),
            (["--dont-fork=1"], "option --dont-fork takes no value"),
            (["--dont"], "option --dont may be any of --dont-fork, --dont-release-vrrp, --dont-release-ipvs,"),
            (["--real-time-priority=0"], "option --real-time-priority: 0 is not allowed; allowed is 1 to 99"),
            (["--real-time-priority", "100"], "option --real-time-priority: 100 is not allowed; allowed is 1 to 99"),
            (["--real=high"], "option --real-time-priority: high is not allowed; allowed is 1 to 99"),
            (["--hand-over-timeout=-1"], "option --hand-over-timeout: -1 is not allowed; allowed is 0 to 3600 seconds"),
            (["--hand=1h"], "option --hand-over-timeout: 1h is not allowed; allowed is 0 to 3600 seconds"),
            (["--linger-time=0.1"], "option --linger-time: 0.1 is not allowed; allowed is 0 to 10000 milliseconds"),
            (["--linger-time"], "Missing parameter for option --linger-time"),
            (["--lock-memory=1"], "option --lock-memory takes no value"),
            (
                ["-s", "a/b"],
                "option -s: a/b is not allowed; allowed is a name without slashes or an absolute path"
            ),
            (
                ["--namespace=.."],
                "option --namespace: .. is not allowed; allowed is a name without slashes or an absolute path"
            ),
            (["-s"], "Missing parameter for option -s"),
            (["-S", "9"], "option -S: 9 is not allowed; allowed is 0 to 7, local0 to local7, user or daemon"),
            (["-u", "0888"], "option -u: 0888 is not allowed; allowed is 0 to 0777 in octal, or names such as"),
            (["-g/tmp/log"], "option -g is refused because a disk could delay adverts"),
            (["--signum=TDUMP"], "Unknown sigfunc TDUMP"),
            (["--signum=KILL"], "Unknown sigfunc KILL; allowed is STOP, RELOAD, DATA, STATS, STATS_CLEAR, JSON"),
        ])
    func refused(_ arguments: [String], _ sentence: String) {
        let error = #expect(throws: CommandLineError.self) { try KeepalivedCommandLine.parse(arguments) }
        #expect(error?.description.hasPrefix(sentence) == true, "\(String(describing: error))")
    }

    @Test("A whole name that begins another one is not ambiguous")
    func exactNames() throws {
        #expect(try parse("--pid=x").pidFile == "x")
        #expect(try parse("--core-dump").dumpsCore)
    }

    @Test("The usage lists every option, and the version is one line")
    func texts() {
        let usage = KeepalivedCommandLine.usage(program: "vrrpd")
        #expect(usage.hasPrefix("Usage: vrrpd [OPTION...]\n"))
        #expect(usage.contains("  -f, --use-file=FILE "))
        #expect(usage.contains("  -t, --config-test[=FILE] "))
        #expect(usage.split(separator: "\n").count == CommandLineOption.all.count + 1)
        #expect(KeepalivedCommandLine.versionText(version: "1.2.3") == "vrrpd 1.2.3\n")
        let text = KeepalivedCommandLine.versionText(version: "1.2.3", calledBy: .keepalived)
        // As exporters take it apart: the second word without its v, and an option of the build.
        let words = text.split(separator: "\n").first?.split(separator: " ") ?? []
        #expect(words.prefix(3) == ["Keepalived", "v2.2.7", "(01/16,2022),"])
        #expect(text.contains("--enable-json"))
    }
}
