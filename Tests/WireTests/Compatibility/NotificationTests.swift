import Foundation
import Glibc
import NetworkLab
import Testing

@Suite(
    "Notifications beside keepalived's", .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites),
    .timeLimit(.minutes(2)))
struct NotificationTests {
    /// Instances A and B in a group, and C by itself; everything that is told goes into files of `directory`.
    private static func configuration(_ directory: String, shares: Bool = true, priority: Int = 100) -> String {
        let scripts = ["master", "backup", "fault", "stop"].map { "notify_\($0) \"\(directory)/note \($0)\"" }
            .joined(separator: "\n")
        func instance(_ name: String, _ interface: String, _ id: Int, _ address: String) -> String {
            """
            vrrp_instance \(name) {
                interface \(interface)
                virtual_router_id \(id)
                priority \(priority)
                version 3
                advert_int 0.3
                notify "\(directory)/note any"
                notify_deleted
                \(scripts)
                virtual_ipaddress {
                    \(address)
                }
            }

            """
        }
        return """
            global_defs {
                script_user root
                enable_script_security
                vrrp_notify_fifo \(directory)/fifo
                vrrp_notify_priority_changes
                vrrp_garp_master_delay 0
            }
            vrrp_sync_group G {
                group {
                    A
                    B
                }
                notify "\(directory)/note any"
                \(scripts)
            }

            """ + instance("A", "eth0", 51, "192.0.2.101") + instance("B", "eth1", 52, "198.51.100.101")
                + (shares ? instance("C", "eth0", 53, "192.0.2.103") : "")
    }

    /// A host on two networks, with a program that notes its arguments, and a reader of the FIFO.
    private struct Recorder {
        let host: NetworkLab.Host
        let reader: LabProcess

        init(_ lab: Lab, _ name: String, number: Int, segments: (String, String)) async throws {
            host = try await lab.host(name, addresses: ["192.0.2.\(number)/24"], segment: segments.0)
            try await lab.addInterface("eth1", to: host, addresses: ["198.51.100.\(number)/24"], segment: segments.1)
            let directory = host.directory
            try "#!/bin/sh\necho \"$*\" >> \(directory)/notes\n".write(
                toFile: "\(directory)/note", atomically: true, encoding: .utf8)
            try await host.run("chmod", ["755", "\(directory)/note"])
            try await host.run("chown", ["-R", "root:root", directory])
            // keepalived closes the FIFO when it reloads.
            reader = try await host.start(
                "/bin/sh", ["-c", "while :; do cat \(directory)/fifo 2>/dev/null || sleep 0.01; done"])
        }

        var lines: [String] { reader.lines.entries().map(\.text) }

        var notes: [String] {
            ((try? String(contentsOfFile: "\(host.directory)/notes", encoding: .utf8)) ?? "").split(separator: "\n")
                .map(String.init)
        }

        func waitForLine(_ line: String, count: Int = 1) async throws {
            let start = ContinuousClock.now
            while lines.count(where: { $0 == line }) < count {
                guard ContinuousClock.now - start < .seconds(15) else {
                    throw LabError.timedOut(
                        waitingFor: line, within: .seconds(15), context: lines.joined(separator: "\n"))
                }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// Takes a daemon through a start, a take-over, a fault, its end, a reload and the end, alone on its networks.
    private func course(
        _ recorder: Recorder, _ lab: Lab, process: LabProcess, reload: () throws -> Void
    ) async throws {
        for name in ["A", "B", "C"] { try await recorder.waitForLine("INSTANCE \"\(name)\" MASTER 100") }
        try await recorder.waitForLine("GROUP \"G\" MASTER 0")
        try await lab.fail(recorder.host, .unplugged, interface: "eth1")
        try await recorder.waitForLine("GROUP \"G\" FAULT 0")
        try await lab.heal(recorder.host, interface: "eth1")
        try await recorder.waitForLine("GROUP \"G\" MASTER 0", count: 2)
        try reload()
        try await recorder.waitForLine("INSTANCE \"C\" DELETED 100")
        try await Task.sleep(for: .milliseconds(500))
        process.signal(SIGTERM)
        _ = try await process.waitForExit(within: .seconds(15))
        try await recorder.waitForLine("GROUP \"G\" STOP 0")
    }

    @Test("The same configuration tells the same things in the same order: start, group, fault, reload, stop")
    func likeKeepalived() async throws {
        try await Lab.with { lab in
            for segment in ["lan1", "lan2", "lan3"] { try await lab.addSegment(segment) }
            let ours = try await Recorder(lab, "ours", number: 10, segments: ("lan", "lan1"))
            let theirs = try await Recorder(lab, "theirs", number: 10, segments: ("lan2", "lan3"))
            let daemon = try await VRRPDaemon.start(
                on: ours.host, .keepalived(Self.configuration(ours.host.directory)))
            let keepalived = try await KeepalivedPeer.start(
                on: theirs.host, configuration: Self.configuration(theirs.host.directory))
            async let first: Void = course(ours, lab, process: daemon.process) {
                try daemon.reload(.keepalived(Self.configuration(ours.host.directory, shares: false)))
            }
            async let second: Void = course(theirs, lab, process: keepalived.process) {
                try Self.configuration(theirs.host.directory, shares: false).write(
                    toFile: "\(theirs.host.directory)/keepalived/keepalived.conf", atomically: true, encoding: .utf8)
                keepalived.process.signal(SIGHUP)
            }
            _ = try await (first, second)

            // Which of A and B is first in a change of both is a matter of microseconds, in keepalived as well.
            for subject in ["INSTANCE \"A\"", "INSTANCE \"B\"", "INSTANCE \"C\"", "GROUP"] {
                let lines = [ours.lines, theirs.lines].map { $0.filter { $0.hasPrefix(subject) } }
                #expect(lines[0] == lines[1], "\(subject)")
                #expect(lines[0].count >= 3)
            }
            #expect(ours.lines.count == theirs.lines.count)
            for recorder in [ours, theirs] {
                // At the start the group is first, later it is last.
                #expect(recorder.lines.first { !$0.contains("\"C\"") } == "GROUP \"G\" BACKUP 0")
                #expect(recorder.lines.last == "GROUP \"G\" STOP 0")
                for state in ["MASTER", "FAULT"] {
                    let group = recorder.lines.firstIndex(of: "GROUP \"G\" \(state) 0")
                    for name in ["A", "B"] {
                        let member = recorder.lines.firstIndex(of: "INSTANCE \"\(name)\" \(state) 100")
                        #expect(try #require(member) < #require(group))
                    }
                }
            }
            // Programs run in no order with keepalived, and in theirs here.
            #expect(ours.notes.sorted() == theirs.notes.sorted())
            for name in ["A", "B", "C"] {
                let told = ours.notes.filter { $0.hasPrefix("any INSTANCE \(name) ") }.map { "\($0.dropFirst(4))" }
                #expect(told == ours.lines.filter { $0.contains("\"\(name)\"") }.map { $0.replacing("\"", with: "") })
            }
            // keepalived's words: the last one is the state, exactly.
            let entering = daemon.process.lines.entries().map(\.text).filter { $0.contains("Entering") }
            let known = #/.*: \((A|B|C)\) Entering (MASTER|BACKUP|FAULT) STATE( \(init\))?/#
            #expect(entering.count >= 9)
            #expect(entering.allSatisfy { $0.wholeMatch(of: known) != nil }, "\(entering)")
            let theirWords = keepalived.process.lines.entries().map(\.text).filter { $0.contains("Entering") }
            func words(_ lines: [String], _ name: String) -> [Substring] {
                lines.filter { $0.contains("(\(name))") }.compactMap {
                    $0.firstMatch(of: #/\((A|B|C)\) Entering.*/#)?.0
                }
            }
            for name in ["A", "B", "C"] { #expect(words(entering, name) == words(theirWords, name)) }
        }
    }

    @Test("keepalived that takes over, and gives back, is told by both in the same words")
    func contest() async throws {
        try await Lab.with { lab in
            try await lab.addSegment("lan1")
            let ours = try await Recorder(lab, "ours", number: 10, segments: ("lan", "lan1"))
            let theirs = try await Recorder(lab, "theirs", number: 20, segments: ("lan", "lan1"))
            let daemon = try await VRRPDaemon.start(
                on: ours.host, .keepalived(Self.configuration(ours.host.directory)))
            try await ours.waitForLine("GROUP \"G\" MASTER 0")
            try await ours.waitForLine("INSTANCE \"C\" MASTER 100")
            let keepalived = try await KeepalivedPeer.start(
                on: theirs.host, configuration: Self.configuration(theirs.host.directory, priority: 200))
            try await theirs.waitForLine("GROUP \"G\" MASTER 0")
            try await ours.waitForLine("GROUP \"G\" BACKUP 0", count: 2)
            try await ours.waitForLine("INSTANCE \"C\" BACKUP 100", count: 2)
            try await keepalived.stop()
            try await ours.waitForLine("GROUP \"G\" MASTER 0", count: 2)
            try await ours.waitForLine("INSTANCE \"C\" MASTER 100", count: 2)
            try await daemon.stop(within: .seconds(15))
            try await ours.waitForLine("GROUP \"G\" STOP 0")
            for name in ["A", "B", "C"] {
                let states = ours.lines.filter { $0.contains("\"\(name)\"") }.compactMap {
                    $0.split(separator: " ").dropFirst(2).first
                }
                #expect(states == ["BACKUP", "MASTER", "BACKUP", "MASTER", "STOP"], "\(name)")
            }
        }
    }

    @Test("The scripts of start and end run first and last, and a stop is told when the addresses are handed over")
    func startAndEnd() async throws {
        try await Lab.with { lab in
            try await lab.addSegment("lan1")
            let ours = try await Recorder(lab, "ours", number: 10, segments: ("lan", "lan1"))
            let peer = try await lab.node("peer", 20)
            let directory = ours.host.directory
            let instance = KeepalivedInstance(
                priority: 150, interval: "1", lines: ["notify \"\(directory)/state\""])
            try """
            #!/bin/sh
            echo "$*" `ip -o addr show dev eth0 | grep -c 192.0.2.100/` >> \(directory)/notes

            """.write(toFile: "\(directory)/state", atomically: true, encoding: .utf8)
            try await ours.host.run("chmod", ["755", "\(directory)/state"])
            let global = """
                global_defs {
                    script_user root
                    startup_script "\(directory)/note up"
                    shutdown_script "\(directory)/note down"
                }

                """
            let daemon = try await VRRPDaemon.start(
                on: ours.host, .keepalived(global + KeepalivedInstance.file(instance)), handsOver: true)
            try await daemon.waitForState(.active, of: "VI")
            let other = try await VRRPDaemon.start(
                on: peer.host, .keepalived(KeepalivedInstance.file(KeepalivedInstance(priority: 100, interval: "1"))))
            try await other.waitUntilListening("VI")
            try await daemon.stop(within: .seconds(20))
            let known = [
                "up", "INSTANCE VI BACKUP 150 0", "INSTANCE VI MASTER 150 1", "INSTANCE VI STOP 150 0", "down",
            ]
            #expect(ours.notes == known)
            let words = daemon.process.lines.entries().map(\.text)
            #expect(words.contains { $0.hasSuffix(": The startup script has ended: it ended with status 0") })
            #expect(words.contains { $0.contains(": Starting Keepalived v2.2.7 (vrrpd ") })
            #expect(words.contains { $0.contains(": Stopped Keepalived v2.2.7 (vrrpd ") })
        }
    }

    @Test("A reload cannot bring the first notification, and says so; definitions have no words of keepalived")
    func firstWithReload() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let plain = KeepalivedInstance(priority: 150, interval: "0.1")
            var telling = plain
            telling.lines = ["notify /bin/true root"]
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(KeepalivedInstance.file(plain)))
            try await daemon.waitForState(.active, of: "VI")
            try await daemon.process.waitForLine(containing: "(VI) Entering MASTER STATE", within: .seconds(15))
            try daemon.reload(.keepalived(KeepalivedInstance.file(telling)))
            try await daemon.process.waitForLine(
                containing: "the first notify script, FIFO or mail cannot come with a reload", within: .seconds(10))
            #expect(try await daemon.status().router("VI").state == .active)
            try await daemon.stop()
            let defined = try await VRRPDaemon.start(on: dut.host, .routers([RouterText.router()]))
            try await defined.waitForState(.active, of: "VR")
            try await defined.stop()
            #expect(!defined.process.output.contains("Entering") && !defined.process.output.contains("Keepalived"))
        }
    }

    @Test("Programs that hang delay neither adverts nor the states of others, and the end only for a few seconds")
    func hanging() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let directory = dut.host.directory
            let hanging = KeepalivedInstance(
                priority: 150, interval: "0.1",
                lines: [
                    "notify \"/bin/sh -c 'trap : TERM; echo $$ >> \(directory)/pids; while :; do sleep 1; done'\" root"
                ])
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(KeepalivedInstance.file(hanging)))
            try await daemon.waitForState(.active, of: "VI")
            let start = ContinuousClock.now
            try await daemon.stop(within: .seconds(25))
            #expect(ContinuousClock.now - start < .seconds(20))
            #expect(daemon.process.output.contains("the program ends: 2 commands and mails are left out"))
            let pids = try String(contentsOfFile: "\(directory)/pids", encoding: .utf8).split(separator: "\n")
            #expect(pids.count == 1)
            for pid in pids { #expect(!FileManager.default.fileExists(atPath: "/proc/\(pid)")) }
        }
    }
}
