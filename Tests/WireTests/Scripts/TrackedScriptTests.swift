import Foundation
import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("A tracked script", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(2)))
struct TrackedScriptTests {
    /// A file with a script `check` that is good while `file` exists, tracked by an instance of priority 150.
    private func configuration(
        _ file: String, script: String = "timeout 5", entry: String = ""
    ) -> VRRPDaemon.Configuration {
        let scripts = """
            global_defs {
                script_user root
                enable_script_security
            }
            vrrp_script check {
                script "/usr/bin/test -e \(file)"
                interval 0.1
                \(script)
            }

            """
        let instance = KeepalivedInstance(
            priority: 150, interval: "0.1", lines: ["track_script {", "check \(entry)", "}"])
        return .keepalived(scripts + KeepalivedInstance.file(instance))
    }

    private func create(_ file: String) throws { try "".write(toFile: file, atomically: true, encoding: .utf8) }

    @Test(
        "While a script fails that lowers the priority or has no weight, the peer has the address",
        arguments: ["weight -100", ""])
    func peerTakesOver(weight: String) async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let backup = try await VRRPDaemon.start(
                on: peer.host, .keepalived(KeepalivedInstance.file(KeepalivedInstance(priority: 100, interval: "0.1"))))
            try await backup.waitForState(.active, of: "VI")
            let file = "\(dut.host.directory)/healthy"
            try create(file)
            let daemon = try await VRRPDaemon.start(on: dut.host, configuration(file, script: "\(weight)\ntimeout 5"))
            try await dut.waitUntil(holds: true, "192.0.2.100")
            try await peer.waitUntil(holds: false, "192.0.2.100")

            let failure = daemon.process.lines.end
            try FileManager.default.removeItem(atPath: file)
            try await daemon.process.waitForLine(
                containing: "script check is bad: it ended with status 1", after: failure, within: .seconds(10))
            try await peer.waitUntil(holds: true, "192.0.2.100")
            try await dut.waitUntil(holds: false, "192.0.2.100")
            #expect(try await daemon.status().router("VI").faultCount == (weight.isEmpty ? 1 : 0))

            let recovery = daemon.process.lines.end
            try create(file)
            try await daemon.process.waitForLine(
                containing: "script check is good: it ended with status 0", after: recovery, within: .seconds(10))
            try await dut.waitUntil(holds: true, "192.0.2.100")
            try await peer.waitUntil(holds: false, "192.0.2.100")
        }
    }

    @Test(
        "The weight is added to the priority in adverts while the script is good, from as many results on as it takes")
    func weightInAdverts() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let tap = try await lab.tap(keeping: \.isVRRP)
            let file = "\(dut.host.directory)/healthy"
            try create(file)
            let daemon = try await VRRPDaemon.start(
                on: dut.host, configuration(file, script: "weight 5\nfall 3\nrise 2\ntimeout 5", entry: "weight 40"))
            _ = try await tap.waitForAdvert(from: dut.ipv4, priority: 190)
            // Adverts from before the first results have the lower priority as well.
            let good = tap.frames.end
            let removal = Timestamp.now
            try FileManager.default.removeItem(atPath: file)
            let lowered = try await tap.waitForAdvert(after: good, from: dut.ipv4, priority: 150)
            // Two more intervals after the first failure.
            #expect(lowered.time - removal >= .milliseconds(190))
            let position = tap.frames.end
            try create(file)
            _ = try await tap.waitForAdvert(after: position, from: dut.ipv4, priority: 190)
            #expect(daemon.process.exitStatus == nil)
        }
    }

    @Test("A script that cannot be started keeps the router out of the election, and the log says why")
    func failsClosed() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let text = configuration("/x").text.replacing("/usr/bin/test -e /x", with: "/nonexistent/check")
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(text))
            try await daemon.process.waitForLine(
                containing: "script check is bad: it could not be started: realpath /nonexistent/check",
                within: .seconds(10))
            try await Task.sleep(for: .milliseconds(700))
            #expect(try await !dut.holds("192.0.2.100"))
            #expect(try await daemon.status().router("VI").faultCount == 1)
        }
    }

    @Test("A script that hangs counts as failed when its time is over, and nothing of its process group is left")
    func timeout() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let pids = "\(dut.host.directory)/pids"
            let program = "\(dut.host.directory)/hang"
            try "#!/bin/sh\ntrap '' TERM\nsleep 300 &\necho $$ $! > \(pids)\nwait\nsleep 300\n"
                .write(toFile: program, atomically: true, encoding: .utf8)
            try await dut.host.run("chmod", ["755", program])
            let text = configuration("/x", script: "timeout 2").text
                .replacing("/usr/bin/test -e /x", with: program).replacing("enable_script_security", with: "")
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(text))
            try await daemon.process.waitForLine(
                containing: "script check is bad: it ran for longer than 2.0 s", within: .seconds(10))
            let first = try String(contentsOfFile: pids, encoding: .utf8).split(whereSeparator: \.isWhitespace)
            #expect(first.count == 2)
            for process in first { #expect(await ends(String(process)), "\(process)") }
        }
    }

    @Test(
        "The process for scripts keeps three rights, the daemon its two, and both and all scripts end with the daemon")
    func processes() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let pids = "\(dut.host.directory)/pids"
            let text = configuration("/x", script: "timeout 60").text
                .replacing("script_user root", with: "")
                .replacing("/usr/bin/test -e /x", with: "/bin/sh -c 'echo $$ $PPID > \(pids); exec sleep 60'")
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(text))
            let (script, runner) = try await processes(in: pids)
            #expect(try capabilities(of: "\(daemon.process.processIdentifier)") == "0000000000003000")
            #expect(try capabilities(of: runner) == "00000000000000e0")
            #expect(try capabilities(of: script) == "0000000000000020")
            // An interrupt of the service's processes is the daemon's business.
            try await dut.host.run("kill", ["-TERM", runner])
            try await Task.sleep(for: .milliseconds(100))
            #expect(await !ends(runner, within: 0))
            daemon.kill()
            #expect(await ends(script))
            #expect(await ends(runner))
        }
    }

    @Test("The status tells what the program of a script does, and what the daemon itself takes of the machine")
    func phases() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            // It does not end when it is asked to.
            let text = configuration("/x", script: "timeout 1").text
                .replacing("/usr/bin/test -e /x", with: "/bin/sh -c 'trap : TERM; while :; do sleep 0.1; done'")
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(text))
            // What is killed is gone too soon to be seen.
            for phase in ["running", "terminating"] {
                try await daemon.status(when: "the script is \(phase)") { status in
                    try status.root.member("trackedObjects").elements()
                        .contains { try $0.optionalMember("scriptPhase")?.string() == phase }
                }
            }
            let own = try await daemon.status().root.member("daemon")
            let process = try own.member("process")
            let number: Int = try own.member("processID").integer()
            // User and system time, in hundredths of a second; the name before them has no blank.
            let fields = try await dut.host.run("cat", ["/proc/\(number)/stat"]).split(separator: " ")
            let ticks = try #require(Double(fields[13])) + #require(Double(fields[14]))
            #expect(try abs(process.member("cpuSeconds").number() - ticks / 100) < 1)
            #expect(try process.member("residentBytes").integer() > 1 << 20)
            let descriptors = try process.member("openFileDescriptors").integer() as Int
            let fromOutside = try await dut.host.run("ls", ["/proc/\(number)/fd"])
            #expect(abs(descriptors - fromOutside.split(separator: "\n").count) <= 2)
        }
    }

    @Test("When the process for scripts is killed, no script counts as good any more")
    func runnerDies() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let pids = "\(dut.host.directory)/pids"
            let text = configuration("/x").text
                .replacing("/usr/bin/test -e /x", with: "/bin/sh -c 'echo $$ $PPID > \(pids)'")
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(text))
            try await daemon.waitForState(.active, of: "VI")
            try await dut.host.run("kill", ["-KILL", try await processes(in: pids).runner])
            try await daemon.process.waitForLine(
                containing: "the process that runs scripts has ended", within: .seconds(10))
            try await dut.waitUntil(holds: false, "192.0.2.100")
            #expect(try await daemon.status().router("VI").faultCount == 1)
        }
    }

    @Test("A reload cannot bring the first script, and says so; with scripts from the start it can bring more")
    func reload() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let file = "\(dut.host.directory)/healthy"
            try create(file)
            let plain = KeepalivedInstance.file(KeepalivedInstance(priority: 150, interval: "0.1"))
            let bare = try await VRRPDaemon.start(on: dut.host, .keepalived(plain))
            try await bare.waitForState(.active, of: "VI")
            try bare.reload(configuration(file))
            try await bare.process.waitForLine(
                containing: "the first vrrp_script cannot come with a reload", within: .seconds(10))
            #expect(try await bare.status().router("VI").state == .active)
            try await bare.stop()

            let daemon = try await VRRPDaemon.start(on: dut.host, configuration(file))
            try await daemon.waitForState(.active, of: "VI")
            // A check that is added later does not make an active router fall before its first result.
            let more = configuration(file).text.replacing(
                "vrrp_instance", with: "vrrp_script other {\nscript \"/bin/sleep 0.5\"\ntimeout 5\n}\nvrrp_instance"
            ).replacing("track_script {", with: "track_script {\nother")
            let position = try daemon.reload(.keepalived(more))
            let verdict = await daemon.process.lines.first(after: position, within: .seconds(10)) {
                $0.text.contains("script other is good")
            }
            #expect(verdict != nil)
            let left = daemon.process.lines.entries(after: position).filter { $0.text.contains("(VI) Entering ") }
            #expect(left.isEmpty)
        }
    }

    @Test("A script that names no user runs as root with a warning, and one that names an unknown user is refused")
    func user() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let text = configuration("/x").text
            let unnamed = try await VRRPDaemon.start(
                on: dut.host, .keepalived(text.replacing("script_user root", with: "")))
            try await unnamed.process.waitForLine(
                containing: "vrrp_script check runs as root: it names no user", within: .seconds(10))
            try await unnamed.stop()
            let unknown = try await VRRPDaemon.start(
                on: dut.host, .keepalived(text.replacing("script_user root", with: "script_user no-such-user")))
            #expect(try await unknown.process.waitForExit() == .exited(2))
            #expect(unknown.process.output.contains("vrrp_script check: there is no user no-such-user"))
        }
    }

    private func processes(in file: String) async throws -> (script: String, runner: String) {
        for _ in 0..<1500 {
            let words =
                (try? String(contentsOfFile: file, encoding: .utf8))?.split(whereSeparator: \.isWhitespace) ?? []
            if words.count == 2 { return (String(words[0]), String(words[1])) }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw LabError.timedOut(waitingFor: file, within: .seconds(15), context: "")
    }

    private func capabilities(of process: String) throws -> String? {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        return status.split(separator: "\n").first { $0.hasPrefix("CapPrm:") }.map { String($0.dropFirst(8)) }
    }

    /// Whether a process ends in time, or has ended.
    private func ends(_ process: String, within seconds: Int = 5) async -> Bool {
        for attempt in 0...seconds * 100 {
            if attempt > 0 { try? await Task.sleep(for: .milliseconds(10)) }
            guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
                !status.contains("State:\tZ")
            else { return true }
        }
        return false
    }
}
