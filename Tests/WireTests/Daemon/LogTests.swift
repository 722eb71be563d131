import NetworkLab
import Testing

@Suite("The log of vrrpd", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct LogTests {
    private static let file = KeepalivedInstance.file(KeepalivedInstance(priority: 150, interval: "0.1"))

    @Test("A report says the same to programs behind its sentence; a line in keepalived's words says nothing more")
    func structured() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(Self.file))
            let report = try await daemon.waitForState(.active, of: "VI")
            #expect(
                report.text.hasSuffix(
                    ", priority 150 from=backup kind=transition priority=150 reason=active-router-silent router=VI to=active"
                ),
                "\(report.text)")
            let words = try await daemon.process.waitForLine(
                containing: "(VI) Entering MASTER STATE", within: .seconds(10))
            #expect(words.text.hasSuffix("(VI) Entering MASTER STATE"), "\(words.text)")
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
