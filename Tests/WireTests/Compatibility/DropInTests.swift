import Foundation
import Glibc
import NetworkLab
import Testing

@Suite("vrrpd called keepalived", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct DropInTests {
    private static let one = KeepalivedInstance(priority: 150, interval: "0.1")
    private static let script = "vrrp_script s {\n    script \"/bin/true\"\n    user root\n}\n"

    @Test("It is found by its name, its pid files and its log, and the process for scripts by no such name")
    func identity() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            var instance = Self.one
            instance.lines = ["track_script {", "    s", "}"]
            let daemon = try await DropIn.start(on: dut.host, Self.script + KeepalivedInstance.file(instance))
            try await daemon.waitForLine("VRRP_Script(s) succeeded")
            try await daemon.waitForLine("(VI) Entering BACKUP STATE")
            try await daemon.waitForLine("(VI) Entering MASTER STATE")

            let number = daemon.process.processIdentifier
            for file in ["/run/keepalived.pid", "/run/vrrp.pid"] {
                #expect(try await dut.host.run("cat", [file]) == "\(number)")
            }
            #expect(try await dut.host.run("stat", ["-c", "%a", "/run/keepalived.pid"]) == "644")
            #expect(try await dut.host.run("ps", ["-o", "comm=", "-p", "\(number)"]) == "keepalived")
            let words = try await dut.host.run("ps", ["-ww", "-o", "args=", "-p", "\(number)"]).split(separator: " ")
            #expect(words.first?.hasSuffix("/keepalived") == true)
            let helper = try await dut.host.run("ps", ["-ww", "-o", "comm=,args=", "--ppid", "\(number)"])
            #expect(helper.split(separator: " ") == ["vrrpd-scripts", "vrrpd-scripts"])

            daemon.process.signal(SIGTERM)
            #expect(try await daemon.process.waitForExit() == .exited(0))
            #expect(try await dut.host.run("ls", ["/run"]).contains(".pid") == false)
        }
    }

    @Test("Signals in the first moment end nothing and are not forgotten")
    func earlySignals() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await DropIn.start(on: dut.host, KeepalivedInstance.file(Self.one))
            try await daemon.waitUntilSignalsAreKept()
            for signal in [SIGHUP, SIGUSR1, SIGUSR2, 36, 63, SIGPIPE, SIGHUP] { daemon.process.signal(signal) }
            try await daemon.waitForLine("Reloaded")
            try await daemon.waitForLine("(VI) Entering MASTER STATE")
            let files = try FileManager.default.contentsOfDirectory(atPath: dut.host.directory)
            #expect(Set(files).isSuperset(of: ["keepalived.data", "keepalived.stats"]))
            #expect(daemon.process.exitStatus == nil)
        }
    }

    @Test("A signal to stop in the first moment stops it in order", arguments: [SIGTERM, SIGINT])
    func earlyStop(_ signal: Int32) async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await DropIn.start(on: dut.host, KeepalivedInstance.file(Self.one))
            try await daemon.waitUntilSignalsAreKept()
            daemon.process.signal(signal)
            #expect(try await daemon.process.waitForExit() == .exited(0))
            #expect(try await !dut.holds("192.0.2.100"))
        }
    }

    @Test("A check of the configuration can be interrupted", arguments: [SIGINT, SIGTERM])
    func interruptedCheck(_ signal: Int32) async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let folder = dut.host.directory
            // Enough to read for seconds, unless somebody stops it.
            let instances = (0..<20_000).map { number in
                KeepalivedInstance(name: "VI_\(number)", id: number % 255 + 1, priority: 100, addresses: [])
            }
            try KeepalivedInstance.file(instances).write(
                toFile: "\(folder)/k.conf", atomically: true, encoding: .utf8)
            let check = try await dut.host.start(try DropIn.program(on: dut.host), ["-t", "-f", "\(folder)/k.conf"])
            try await Task.sleep(for: .milliseconds(200))
            check.signal(signal)
            #expect(try await check.waitForExit(within: .seconds(2)) == .signalled(signal))
        }
    }

    @Test("Many reloads at once, and one that is cut short by the end, do no harm")
    func manyReloads() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await DropIn.start(on: dut.host, KeepalivedInstance.file(Self.one))
            try await daemon.waitForLine("(VI) Entering MASTER STATE")
            for _ in 0..<20 { daemon.process.signal(SIGHUP) }
            try await daemon.waitForLine("Reloaded")
            #expect(try await dut.holds("192.0.2.100"))
            daemon.process.signal(SIGHUP)
            daemon.process.signal(SIGTERM)
            #expect(try await daemon.process.waitForExit() == .exited(0))
        }
    }

    @Test("A second one ends with status 0 and says why")
    func alreadyRunning() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let text = KeepalivedInstance.file(Self.one)
            let first = try await DropIn.start(on: dut.host, text)
            try await first.waitForLine("(VI) Entering MASTER STATE")
            let second = try await DropIn.start(on: dut.host, text)
            #expect(try await second.process.waitForExit() == .exited(0))
            try await second.waitForLine("daemon is already running")
            #expect(try await dut.holds("192.0.2.100"))
        }
    }

    @Test("An instance with an error is left out, goes on as before where it was in force, and takes no other along")
    func faultyInstance() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            var other = KeepalivedInstance(name: "ns/web:6", id: 0, priority: 150, interval: "0.1")
            other.addresses = ["192.0.2.101"]
            let faulty = KeepalivedInstance.file(Self.one, other)
            let daemon = try await DropIn.start(on: dut.host, faulty)
            try await daemon.waitForLine("vrrp_instance ns/web:6 is left out")
            try await daemon.waitForLine("(VI) Entering MASTER STATE")

            other.id = 78
            _ = try daemon.reload(KeepalivedInstance.file(Self.one, other))
            try await daemon.waitForLine("(ns/web:6) Entering MASTER STATE")
            try await dut.waitUntil(holds: true, "192.0.2.101")

            var changed = Self.one
            changed.addresses.append("192.0.2.102")
            other.id = 0
            let position = try daemon.reload(KeepalivedInstance.file(changed, other))
            try await daemon.waitForLine("vrrp_instance ns/web:6 goes on as before", after: position)
            try await dut.waitUntil(holds: true, "192.0.2.102")
            #expect(try await dut.holds("192.0.2.101"))
            #expect(daemon.process.lines.entries().filter { $0.text.contains("Entering") }.count == 4)

            _ = try daemon.reload(KeepalivedInstance.file(changed))
            try await dut.waitUntil(holds: false, "192.0.2.101")
            #expect(try await dut.holds("192.0.2.100"))
        }
    }

    @Test("-t tells what a start would do: 5 where an instance or a line is left out, 4 where nothing would run")
    func check() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("dut", addresses: [])
            let faulty = KeepalivedInstance.file(KeepalivedInstance(id: 0, priority: 100), Self.one)
            let file = "\(host.directory)/c"
            let keepalived = try DropIn.program(on: host)
            let wrongDefault = "global_defs {\nvrrp_version 4\nnotify_fifo /run/x no-such-user\n}\n"
            for (text, program, options, status) in [
                (faulty, keepalived, [], 5), (faulty, Programs.vrrpd, [], 4),
                (faulty, Programs.vrrpd, ["--tolerate-errors"], 5), (faulty + "}\n", keepalived, [], 4),
                (KeepalivedInstance.file(Self.one), keepalived, [], 0),
                (wrongDefault + KeepalivedInstance.file(Self.one), keepalived, [], 5),
                (wrongDefault + KeepalivedInstance.file(Self.one), Programs.vrrpd, [], 4),
            ] as [(String, String, [String], Int32)] {
                try text.write(toFile: file, atomically: true, encoding: .utf8)
                let process = try await host.start(program, ["-t", "-f", file] + options)
                #expect(try await process.waitForExit() == .exited(status), "\(process.output)")
            }
        }
    }

    @Test("-t has status 6 where nothing but the rights of scripts has to be said", .enabled(if: !hasScriptUser))
    func insecureScript() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("dut", addresses: [])
            let file = "\(host.directory)/c"
            var instance = Self.one
            instance.lines = ["track_script {", "    s", "}"]
            let text = Self.script.replacing("    user root\n", with: "") + KeepalivedInstance.file(instance)
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let process = try await host.start(Programs.vrrpd, ["-t", "-f", file])
            #expect(try await process.waitForExit() == .exited(6), "\(process.output)")
        }
    }

    private static let hasScriptUser = getpwnam("keepalived_script") != nil

    @Test("A missing right is status 4, a missing file 6, and health checkers alone leave it idle")
    func statuses() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let file = "\(dut.host.directory)/c"
            try KeepalivedInstance.file(Self.one).write(toFile: file, atomically: true, encoding: .utf8)
            let keepalived = try DropIn.program(on: dut.host)
            let powerless = try await dut.host.start(
                "setpriv", ["--bounding-set", "-all", keepalived, "-n", "-l", "-f", file])
            #expect(try await powerless.waitForExit() == .exited(4), "\(powerless.output)")
            #expect(powerless.output.contains("CAP_NET_ADMIN is missing"))
            let missing = try await dut.host.start(keepalived, ["-n", "-l", "-f", "/nowhere/*.conf"])
            #expect(try await missing.waitForExit() == .exited(6))

            let idle = try await DropIn.start(on: dut.host, KeepalivedInstance.file(Self.one), arguments: ["-C"])
            try await idle.waitForLine("has no configuration to run")
            try await Task.sleep(for: .seconds(1))
            #expect(try await !dut.holds("192.0.2.100"))
            idle.process.signal(SIGTERM)
            #expect(try await idle.process.waitForExit() == .exited(0))
        }
    }

    @Test("It runs where its control socket cannot be, with the pid file elsewhere, as keepalived-operator starts it")
    func readOnlySurroundings() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            // A file in the place of the folder: root could write anywhere.
            try await dut.host.run("touch", ["/run/vrrpd"])
            let daemon = try await DropIn.start(
                on: dut.host, KeepalivedInstance.file(Self.one),
                arguments: ["--log-detail", "--config-id=pod", "--pid=/run/other.pid"])
            try await daemon.waitForLine("which has no control socket")
            try await daemon.waitForLine("(VI) Entering MASTER STATE")
            let number = daemon.process.processIdentifier
            #expect(try await dut.host.run("cat", ["/run/other.pid"]) == "\(number)")
            #expect(try await !dut.host.run("ls", ["/run"]).contains("vrrp.pid"))
        }
    }

    @Test("A service manager hears when it is ready, reloads and stops")
    func serviceManager() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let socket = try NotifySocket(path: "\(dut.host.directory)/notify")
            let text = KeepalivedInstance.file(Self.one)
            let daemon = try await DropIn.start(
                on: dut.host, text, environment: ["NOTIFY_SOCKET": socket.path])
            try await daemon.waitForLine("(VI) Entering MASTER STATE")
            #expect(socket.messages() == ["READY=1"])
            _ = try daemon.reload(text)
            try await daemon.waitForLine("Reloaded")
            daemon.process.signal(SIGTERM)
            _ = try await daemon.process.waitForExit()
            #expect(socket.messages() == ["RELOADING=1", "READY=1", "STOPPING=1"])
        }
    }

    @Test("instance, net_namespace and use_pid_dir in the file say where its files and its network are")
    func severalOnOneHost() async throws {
        try await Lab.with { lab in
            let start = try await lab.node("start", 10)
            let other = try await lab.node("other", 20)
            let resident = try await other.host.start("sleep", ["60"])
            let names = "instance left\nnet_namespace /proc/\(resident.processIdentifier)/ns/net\n"
            let daemon = try await DropIn.start(
                on: start.host,
                names + "global_defs {\n    data_use_instance\n    process_name floating\n    umask 077\n}\n"
                    + KeepalivedInstance.file(Self.one))
            try await other.waitUntil(holds: true, "192.0.2.100")
            #expect(try await !start.holds("192.0.2.100"))
            let number = daemon.process.processIdentifier
            for file in ["keepalived_left.pid", "vrrp_left.pid"] {
                #expect(try await start.host.run("cat", ["/run/keepalived/net/\(file)"]) == "\(number)")
            }
            #expect(try await start.host.run("ps", ["-o", "comm=", "-p", "\(number)"]) == "floating")
            daemon.process.signal(SIGUSR1)
            let dump = "\(start.host.directory)/keepalived.net_left.data"
            for _ in 0..<100 where !FileManager.default.fileExists(atPath: dump) {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try await start.host.run("stat", ["-c", "%a", dump]) == "600")

            let position = try daemon.reload("instance right\n" + KeepalivedInstance.file(Self.one))
            try await daemon.waitForLine("net_namespace and instance cannot change with a reload", after: position)
            #expect(try await other.holds("192.0.2.100"))
        }
    }

    @Test(
        "Its pid files are where keepalived's are, and a second one ends as keepalived does",
        .needs(KeepalivedPeer.prerequisites), arguments: ["", "use_pid_dir\n", "instance left\n"])
    func likeKeepalived(_ line: String) async throws {
        try await Lab.with { lab in
            try await lab.addSegment("other")
            let ours = try await lab.host("ours", addresses: ["192.0.2.10/24"])
            let theirs = try await lab.host("theirs", addresses: ["192.0.2.10/24"], segment: "other")
            var instance = Self.one
            instance.interval = "1"
            let text = line + KeepalivedInstance.file(instance)
            var files: [String] = []
            for (host, program) in [(ours, try DropIn.program(on: ours)), (theirs, "/usr/sbin/keepalived")] {
                let path = "\(host.directory)/k.conf"
                try text.write(toFile: path, atomically: true, encoding: .utf8)
                let arguments = ["-n", "-l", "-f", path]
                let first = try await host.start(program, arguments, environment: ["TMPDIR": host.directory])
                try await first.waitForLine(containing: "Entering MASTER STATE", within: .seconds(20))
                let found = try await host.run("find", ["/run", "-name", "*.pid"])
                files.append(found.split(separator: "\n").sorted().joined(separator: " "))
                let second = try await host.start(program, arguments, environment: ["TMPDIR": host.directory])
                #expect(try await second.waitForExit() == .exited(0))
                #expect(second.output.contains("daemon is already running"))
                first.signal(SIGTERM)
                #expect(try await first.waitForExit(within: .seconds(20)) == .exited(0))
                #expect(try await host.run("find", ["/run", "-name", "*.pid"]) == "")
            }
            #expect(files[0] == files[1])
            #expect(files[0].contains("keepalived"))
        }
    }

    @Test("In the background its number is in the pid file, and signals to it work")
    func background() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let file = "\(dut.host.directory)/k.conf"
            try KeepalivedInstance.file(Self.one).write(toFile: file, atomically: true, encoding: .utf8)
            let parent = try await dut.host.start(try DropIn.program(on: dut.host), ["-G", "-f", file])
            #expect(try await parent.waitForExit() == .exited(0))
            try await dut.waitUntil(holds: true, "192.0.2.100")
            let number = try await dut.host.run("cat", ["/run/keepalived.pid"])
            #expect(number != "\(parent.processIdentifier)")
            #expect(try await dut.host.run("ps", ["-o", "comm=", "-p", number]) == "keepalived")
            try await dut.host.run("kill", [number])
            try await dut.waitUntil(holds: false, "192.0.2.100")
        }
    }

    @Test("The first script may come with a reload")
    func scriptByReload() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await DropIn.start(on: dut.host, KeepalivedInstance.file(Self.one))
            try await daemon.waitForLine("(VI) Entering MASTER STATE")
            var instance = Self.one
            instance.lines = ["track_script {", "    s", "}"]
            let text = Self.script.replacing("/bin/true", with: "/bin/false") + KeepalivedInstance.file(instance)
            let position = try daemon.reload(text)
            try await daemon.waitForLine("VRRP_Script(s) failed (exited with status 1)", after: position)
            try await daemon.waitForLine("(VI) Entering FAULT STATE", after: position)
            try await dut.waitUntil(holds: false, "192.0.2.100")
        }
    }

    @Test("A process that was late raises its priority as far as it may")
    func automaticPriority() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let text = "global_defs {\n    max_auto_priority 2\n    min_auto_priority_delay 1000000\n}\n"
            let daemon = try await DropIn.start(on: dut.host, text + Self.one.text)
            try await daemon.waitForLine("(VI) Entering MASTER STATE")
            let number = "\(daemon.process.processIdentifier)"
            #expect(try await dut.host.run("chrt", ["-p", number]).contains("SCHED_OTHER"))
            for priority in [1, 2] {
                daemon.process.signal(SIGSTOP)
                try await Task.sleep(for: .milliseconds(1_500))
                daemon.process.signal(SIGCONT)
                try await daemon.waitForLine("runs with real-time priority \(priority) from now on")
            }
            let policy = try await dut.host.run("chrt", ["-p", number])
            #expect(policy.contains("SCHED_RR") && policy.contains("priority: 2"), "\(policy)")
        }
    }

    @Test("-V lets addresses stay at the end and tells nobody; -d and -a log, and SIGINT may be ignored")
    func options() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let tap = try await lab.tap()
            let daemon = try await DropIn.start(
                on: dut.host, KeepalivedInstance.file(Self.one), arguments: ["-V", "-d", "-a", "--ignore-sigint", "-m"])
            try await daemon.waitForLine(" VRRP Instance = VI")
            try await daemon.waitForLine("Assigned address 192.0.2.100 on eth0")
            try await dut.waitUntil(holds: true, "192.0.2.100")
            let limits = "/proc/\(daemon.process.processIdentifier)/limits"
            let core = try String(contentsOfFile: limits, encoding: .utf8).split(separator: "\n")
                .first { $0.hasPrefix("Max core file size") }
            #expect(core?.contains("unlimited") == true)
            daemon.process.signal(SIGINT)
            try await Task.sleep(for: .milliseconds(300))
            #expect(daemon.process.exitStatus == nil)
            daemon.process.signal(SIGTERM)
            #expect(try await daemon.process.waitForExit() == .exited(0))
            #expect(try await dut.holds("192.0.2.100"))
            #expect(tap.adverts().allSatisfy { $0.priority == 150 })
        }
    }

    @Test("-v, --signum and mistakes on the command line are answered as exporters and scripts expect")
    func answers() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("dut", addresses: [])
            let keepalived = try DropIn.program(on: host)
            for (arguments, status, words) in [
                (["-v"], 0, "Keepalived v2.2.7 (01/16,2022)"), (["--version"], 0, "--enable-json"),
                (["--signum=JSON"], 0, "36"), (["--signum", "STATS_CLEAR"], 0, "63"),
                (["--signum=TDUMP"], 1, "Unknown sigfunc TDUMP"), (["--nonsense"], 1, "Unknown option --nonsense"),
                (["-f"], 1, "Missing parameter for option -f"), (["-g"], 1, "option -g is refused"),
            ] as [([String], Int32, String)] {
                let process = try await host.start(keepalived, arguments)
                #expect(try await process.waitForExit() == .exited(status))
                #expect(process.output.contains(words), "\(process.output)")
            }
        }
    }
}
