import Foundation
import Glibc
import NetworkLab
import Testing

@Suite(
    "vrrpd called keepalived reloads a file with a mistake", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct FaultyReloadTests {
    private static let one = KeepalivedInstance(priority: 150, interval: "0.1")

    /// A program of a host that writes its arguments, and whom it runs as, into a file.
    private struct Recorder {
        let directory: String

        init(on host: NetworkLab.Host) async throws {
            directory = host.directory
            try "#!/bin/sh\necho \"$(id -un): $*\" >> \(directory)/notes/all\n".write(
                toFile: "\(directory)/note", atomically: true, encoding: .utf8)
            try await host.run("chmod", ["755", "\(directory)/note"])
            try await host.run("mkdir", ["-m", "777", "\(directory)/notes"])
        }

        var program: String { "\(directory)/note" }

        var notes: [String] {
            ((try? String(contentsOfFile: "\(directory)/notes/all", encoding: .utf8)) ?? "").split(separator: "\n")
                .map(String.init)
        }

        func waitForNote(_ note: String) async throws {
            let start = ContinuousClock.now
            while !notes.contains(note) {
                guard ContinuousClock.now - start < .seconds(10) else {
                    throw LabError.timedOut(
                        waitingFor: note, within: .seconds(10), context: notes.joined(separator: "\n"))
                }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    @Test("Where an instance goes on as before, nobody is told of the reload, and all as before of what comes later")
    func notifications() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let recorder = try await Recorder(on: dut.host)
            var instance = Self.one
            instance.lines = ["notify \"\(recorder.program)\" root", "notify_deleted", "smtp_alert"]
            let daemon = try await DropIn.start(on: dut.host, KeepalivedInstance.file(instance))
            try await recorder.waitForNote("root: INSTANCE VI MASTER 150")

            instance.id = 0
            for _ in 1...2 {
                let position = try daemon.reload(KeepalivedInstance.file(instance))
                try await daemon.waitForLine("vrrp_instance VI goes on as before", after: position)
                try await daemon.waitForLine("Reloaded", after: position)
                #expect(try await dut.holds("192.0.2.100"))
            }
            try await lab.fail(dut.host, .unplugged, interface: "eth0")
            try await recorder.waitForNote("root: INSTANCE VI FAULT 150")
            try await daemon.waitForLine("(VI) Entering FAULT STATE")
            #expect(recorder.notes.count == 3, "\(recorder.notes)")
            #expect(daemon.process.lines.entries().count { $0.text.contains("Entering") } == 3)
        }
    }

    /// What an instance tracks, what it is described by, the mistake in that, and what the host does to make it bad.
    struct Tracked: Sendable, CustomTestStringConvertible {
        var list: String
        var block: String
        var right: String
        var wrong: String
        var testDescription: String { "\(block) with \(wrong)" }

        static let script = Tracked(
            list: "track_script", block: "vrrp_script",
            right: "script \"/usr/bin/test ! -e DIRECTORY/bad\"\ninterval 0.1\ntimeout 5\nuser root",
            wrong: "")

        static let all: [Tracked] =
            ["interval abc", "user no-such-user", "weight 900"].map { wrong in
                var tracked = script
                tracked.wrong = wrong
                return tracked
            } + [
                Tracked(
                    list: "track_file", block: "track_file", right: "file \"DIRECTORY/level\"\nweight 0",
                    wrong: "weight 900"),
                Tracked(
                    list: "track_process", block: "vrrp_track_process",
                    right: "process DIRECTORY/server 4321\nweight 0", wrong: "quorum none"),
            ]

        func text(_ directory: String, isWrong: Bool) -> String {
            "\(block) t {\n\(right)\n\(isWrong ? wrong : "")\n}\n".replacing("DIRECTORY", with: directory)
        }
    }

    @Test("What an instance tracks is watched on when its description is wrong now", arguments: Tracked.all)
    func tracked(_ tracked: Tracked) async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let directory = dut.host.directory
            try "0\n".write(toFile: "\(directory)/level", atomically: true, encoding: .utf8)
            try await dut.host.run("cp", ["/bin/sleep", "\(directory)/server"])
            let server = try await dut.host.start("\(directory)/server", ["4321"])
            var instance = Self.one
            instance.lines = ["\(tracked.list) {", "    t", "}"]
            func file(isWrong: Bool) -> String {
                tracked.text(directory, isWrong: isWrong) + KeepalivedInstance.file(instance)
            }
            let daemon = try await DropIn.start(on: dut.host, file(isWrong: false))
            try await daemon.waitForLine("(VI) Entering MASTER STATE")
            for _ in 1...2 {
                let position = try daemon.reload(file(isWrong: true))
                try await daemon.waitForLine("vrrp_instance VI goes on as before", after: position)
                try await daemon.waitForLine("Reloaded", after: position)
            }
            #expect(try await dut.holds("192.0.2.100"))

            server.killSession()
            try "1\n".write(toFile: "\(directory)/bad", atomically: true, encoding: .utf8)
            try "1\n".write(toFile: "\(directory)/level", atomically: true, encoding: .utf8)
            try await daemon.waitForLine("(VI) Entering FAULT STATE")
            try await dut.waitUntil(holds: false, "192.0.2.100")
        }
    }

    @Test("What a reload removes is told of by its own program, also where nothing else runs as that user any more")
    func removal() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let recorder = try await Recorder(on: dut.host)
            var other = KeepalivedInstance(name: "other", id: 78, priority: 150, interval: "0.1")
            other.addresses = ["192.0.2.101"]
            other.lines = ["notify_deleted", "notify \"\(recorder.program)\" nobody"]
            let daemon = try await DropIn.start(on: dut.host, KeepalivedInstance.file(Self.one, other))
            try await recorder.waitForNote("nobody: INSTANCE other MASTER 150")
            _ = try daemon.reload(KeepalivedInstance.file(Self.one))
            try await recorder.waitForNote("nobody: INSTANCE other DELETED 150")
            #expect(!daemon.process.output.contains("is not run"))
        }
    }

    @Test(
        "A mistake in global_defs refuses a reload, and one that was there at the start does not",
        arguments: ["vrrp_version 33", "vrrp_strict perhaps", "script_user no-such-user", "vrrp_down_timer_adverts x"])
    func globalDefinitions(_ line: String) async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            func file(_ lines: String..., addresses: [String] = ["192.0.2.100"]) -> String {
                var instance = Self.one
                instance.addresses = addresses
                instance.lines = ["notify_fault /bin/true"]
                let text = KeepalivedInstance.file(instance).replacing("    version 3\n", with: "")
                return "global_defs {\n\(lines.joined(separator: "\n"))\n}\n" + text
            }
            let right = "vrrp_version 3"
            let daemon = try await DropIn.start(on: dut.host, file(right))
            try await daemon.waitForLine("(VI) Entering MASTER STATE")
            var position = try daemon.reload(file(right, line, addresses: ["192.0.2.101"]))
            try await daemon.waitForLine("a reload cannot leave out a line of global_defs", after: position)
            try await daemon.waitForLine("The configuration in force stays", after: position)
            #expect(try await dut.holds("192.0.2.100"))
            position = try daemon.reload(file(right, addresses: ["192.0.2.100", "192.0.2.101"]))
            try await daemon.waitForLine("Reloaded", after: position)
            try await dut.waitUntil(holds: true, "192.0.2.101")
            #expect(daemon.process.lines.entries().count { $0.text.contains("Entering") } == 2)
            daemon.process.signal(SIGTERM)
            #expect(try await daemon.process.waitForExit() == .exited(0))

            let other = try await DropIn.start(on: dut.host, file(right, line))
            try await other.waitForLine("(VI) Entering MASTER STATE")
            _ = try other.reload(file(right, "# further down", line, addresses: ["192.0.2.101"]))
            try await other.waitForLine("Reloaded")
            try await dut.waitUntil(holds: true, "192.0.2.101")
        }
    }

    @Test("A file that only the right to read every file lets it read is read again; that right is kept for it alone")
    func hiddenFile() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await DropIn.start(on: dut.host, KeepalivedInstance.file(Self.one))
            try await daemon.waitForLine("(VI) Entering MASTER STATE")
            #expect(try capabilities(of: daemon.process) == 0x3000)
            daemon.process.signal(SIGTERM)
            _ = try await daemon.process.waitForExit()

            let file = "\(dut.host.directory)/hidden.conf"
            try KeepalivedInstance.file(Self.one).write(toFile: file, atomically: true, encoding: .utf8)
            try await dut.host.run("chown", ["nobody", file])
            try await dut.host.run("chmod", ["600", file])
            for (program, keeps) in [(try DropIn.program(on: dut.host), true), (Programs.vrrpd, false)] {
                let process = try await dut.host.start(
                    program, ["-n", "-l", "-f", file, "--hand-over-timeout", "0"],
                    environment: ["TMPDIR": dut.host.directory])
                try await process.waitForLine(containing: "Entering MASTER STATE", within: .seconds(15))
                #expect(process.output.contains("can be read by nothing but the right to read every file"))
                #expect(try capabilities(of: process) == (keeps ? 0x3004 : 0x3000))
                process.signal(SIGHUP)
                let outcome = keeps ? "Reloaded" : "The configuration in force stays"
                try await process.waitForLine(containing: outcome, within: .seconds(15))
                process.signal(SIGTERM)
                _ = try await process.waitForExit()
            }
        }
    }

    private func capabilities(of process: LabProcess) throws -> UInt64? {
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("CapPrm:") }
        return line.flatMap { $0.split(separator: "\t").last }.flatMap { UInt64($0, radix: 16) }
    }
}
