import Foundation
import NetworkLab
import Testing

@Suite("A tracked process", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct TrackedProcessTests {
    @Test("With two rights left the daemon sees a program end, and come back, and the address moves with it")
    func movesTheAddress() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let backup = try await VRRPDaemon.start(
                on: peer.host, .keepalived(KeepalivedInstance.file(KeepalivedInstance(priority: 100, interval: "0.1"))))
            try await backup.waitForState(.active, of: "VI")
            let program = "\(dut.host.directory)/server"
            try FileManager.default.copyItem(atPath: "/bin/sleep", toPath: program)
            let instance = KeepalivedInstance(
                priority: 150, interval: "0.1", lines: ["track_process {", "server weight -100", "}"])
            let tracked = "vrrp_track_process server {\n    process \(program) 1234\n}\n"
            let daemon = try await VRRPDaemon.start(
                on: dut.host, .keepalived(tracked + KeepalivedInstance.file(instance)))
            try await daemon.waitForState(.backup, of: "VI")
            try await Task.sleep(for: .seconds(1))
            #expect(try await !dut.holds("192.0.2.100"))
            let status = try String(
                contentsOfFile: "/proc/\(daemon.process.processIdentifier)/status", encoding: .utf8)
            #expect(status.contains("CapPrm:\t0000000000003000"))

            let server = try await dut.host.start(program, ["1234"])
            try await daemon.process.waitForLine(
                containing: "tracked process server is good: 1 of them runs", within: .seconds(10))
            try await dut.waitUntil(holds: true, "192.0.2.100")
            try await peer.waitUntil(holds: false, "192.0.2.100")
            server.killSession()
            try await peer.waitUntil(holds: true, "192.0.2.100")
            try await dut.waitUntil(holds: false, "192.0.2.100")
            let other = try await dut.host.start(program, ["1234"])
            try await dut.waitUntil(holds: true, "192.0.2.100")
            expectRunning(other, daemon.process, backup.process)
        }
    }
}
