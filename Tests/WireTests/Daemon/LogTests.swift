import JSONDocument
import NetworkLab
import Testing

@Suite("The log of vrrpd", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct LogTests {
    private static let file = KeepalivedInstance.file(KeepalivedInstance(priority: 150, interval: "0.1"))

    /// The lines that tell of a change of state, in whatever words.
    private static func transitions(_ process: LabProcess) -> [String] {
        process.lines.entries().map(\.text).filter { $0.contains(" → ") || $0.contains("Entering ") }
    }

    @Test("With definitions a change of state is one line, which says the same to programs behind its sentence")
    func structured() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await VRRPDaemon.start(
                on: dut.host, .routers([RouterText.router(with: ["priority": 150])]))
            let report = try await daemon.waitForState(.active, of: "VR")
            let suffix = " from=backup kind=transition priority=150 reason=active-router-silent router=VR to=active"
            #expect(report.text.hasSuffix(suffix), "\(report.text)")
            let lines = Self.transitions(daemon.process)
            #expect(lines.count == 2 && lines.allSatisfy { $0.contains("kind=transition") }, "\(lines)")
        }
    }

    @Test(
        "With a keepalived.conf it is one line in keepalived's words, and -D tells the reason; without -D there is none"
    )
    func keepalivedWords() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(Self.file))
            try await daemon.waitForState(.active, of: "VI")
            try await daemon.process.waitForLine(containing: "the reason is that", within: .seconds(10))
            let words = ["(VI) Entering BACKUP STATE (init)", "(VI) Entering MASTER STATE"]
            let lines = Self.transitions(daemon.process)
            #expect(lines.count == 2 && zip(lines, words).allSatisfy { $0.hasSuffix($1) }, "\(lines)")
            for line in [
                "VI: listens; takes over when nobody is heard for ",
                "VI: the Active_Down_Timer has run out, and nobody was heard",
                "VI: the reason is that the active router was silent from=backup kind=reason priority=150 "
                    + "reason=active-router-silent router=VI to=active",
            ] {
                #expect(daemon.process.output.contains(line), "\(line) is not in \(daemon.process.output)")
            }
            let texts = daemon.process.lines.entries().map(\.text)
            let reason = try #require(texts.firstIndex { $0.contains("the reason is that") })
            let change = try #require(texts.firstIndex { $0.hasSuffix(words[1]) })
            #expect(reason < change)
            let host = try await lab.node("quiet", 20)
            let quiet = try await VRRPDaemon.start(
                on: host.host, .keepalived(Self.file), arguments: ["--log-level", "info"])
            try await quiet.waitForState(.backup, of: "VI")
            _ = try await quiet.status()
            #expect(!quiet.process.output.contains("reason"), "\(quiet.process.output)")
            #expect(!quiet.process.output.contains("takes over when"), "\(quiet.process.output)")
        }
    }

    @Test("--log-level leaves out what is below it, whatever -D says")
    func levels() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            var instance = KeepalivedInstance(priority: 150, interval: "0.1")
            instance.lines = ["track_interface {", "    nowhere", "}"]
            let daemon = try await VRRPDaemon.start(
                on: dut.host, .keepalived(KeepalivedInstance.file(instance)), arguments: ["--log-level", "warning"])
            try await daemon.process.waitForLine(containing: "kind=faults", within: .seconds(10))
            #expect(!daemon.process.output.contains("Starting vrrpd"))
            #expect(
                daemon.process.lines.entries().allSatisfy { $0.text.contains("warning: ") }, "\(daemon.process.output)")
        }
    }
}
