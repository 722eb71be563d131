import Foundation
import JSONDocument
import NetworkLab
import Testing

@Suite("The options of vrrpd's process", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct ProcessOptionTests {
    private static let definitions = VRRPDaemon.Configuration.routers([
        RouterText.router(with: ["advertisementIntervalMilliseconds": 100])
    ])

    @Test("--real-time-priority makes vrrpd hurry whose definitions cannot say so")
    func realTimePriority() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await VRRPDaemon.start(
                on: dut.host, Self.definitions, arguments: ["--real-time-priority", "42"])
            try await daemon.waitForState(.active, of: "VR")
            let policy = try await dut.host.run("chrt", ["-p", "\(daemon.process.processIdentifier)"])
            #expect(policy.contains("SCHED_FIFO"))
            #expect(policy.contains("priority: 42"))
        }
    }

    @Test("-s lets vrrpd run in the network of another host")
    func namespace() async throws {
        try await Lab.with { lab in
            let start = try await lab.node("start", 10)
            let other = try await lab.node("other", 20)
            let resident = try await other.host.start("sleep", ["60"])
            let daemon = try await VRRPDaemon.start(
                on: start.host, Self.definitions,
                arguments: ["-s", "/proc/\(resident.processIdentifier)/ns/net"])
            try await daemon.waitForState(.active, of: "VR")
            try await other.waitUntil(holds: true, "192.0.2.100")
            #expect(try await !start.holds("192.0.2.100"))
        }
    }

    @Test("-s with a namespace that is not there has status 1 and names it")
    func missingNamespace() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("dut", addresses: [])
            let daemon = try await VRRPDaemon.start(on: host, Self.definitions, arguments: ["-s", "nowhere"])
            #expect(try await daemon.process.waitForExit() == .exited(1))
            #expect(daemon.process.output.contains("there is no network namespace /run/netns/nowhere"))
        }
    }

    @Test("-G without -l logs nothing to standard error")
    func silence() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let file = "\(dut.host.directory)/c"
            try Self.definitions.text.write(toFile: file, atomically: true, encoding: .utf8)
            let process = try await dut.host.start(
                Programs.vrrpd, ["-n", "-G", "--definitions", file, "-p", "/run/p", "--control-socket", "/run/s"])
            try await dut.waitUntil(holds: true, "192.0.2.100")
            #expect(process.output == "")
        }
    }
}
