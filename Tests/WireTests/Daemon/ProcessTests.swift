import Foundation
import NetworkLab
import Testing

@Suite("The process of vrrpd", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct ProcessTests {
    @Test(
        "After its start vrrpd keeps the capabilities that it needs and can never get another",
        arguments: [("", 0x3000), ("global_defs {\n    vrrp_rt_priority 10\n}\n", 0x80_3000)] as [(String, UInt64)])
    func keepsFewCapabilities(globals: String, capabilities: UInt64) async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await VRRPDaemon.start(
                on: dut.host,
                .keepalived(globals + KeepalivedInstance.file(KeepalivedInstance(priority: 100, interval: "0.1"))))
            try await daemon.waitForState(.active, of: "VI")
            let fields = try processStatus(of: daemon)
            for set in ["CapEff", "CapPrm", "CapBnd"] {
                #expect(fields[set].flatMap { UInt64($0, radix: 16) } == capabilities, "\(set)")
            }
            #expect(fields["CapInh"].flatMap { UInt64($0, radix: 16) } == 0)
            #expect(fields["CapAmb"].flatMap { UInt64($0, radix: 16) } == 0)
            #expect(fields["NoNewPrivs"] == "1")
            // The one that sends adverts, the one that hears who else claims the addresses, and the one that writes the log.
            #expect(fields["Threads"] == "3")
        }
    }

    @Test("vrrpd links neither Foundation nor NIO nor TLS")
    func linksLittle() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("dut", addresses: [])
            let libraries = try await host.run("ldd", [Programs.vrrpd])
            #expect(libraries.contains("libc.so"))
            for library in ["libFoundation", "_FoundationICU", "NIO", "libssl", "libcrypto"] {
                #expect(!libraries.contains(library), "\(libraries)")
            }
        }
    }

    @Test(
        "A second vrrpd with the same pid file ends as keepalived does, with status 0, and leaves the first one alone")
    func secondInstanceRefuses() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let file = KeepalivedInstance.file(KeepalivedInstance(priority: 100, interval: "0.1"))
            let first = try await VRRPDaemon.start(on: dut.host, .keepalived(file))
            try await first.waitForState(.active, of: "VI")
            try await dut.waitUntil(holds: true, "192.0.2.100")
            let second = try await VRRPDaemon.start(on: dut.host, .keepalived(file))
            #expect(try await second.process.waitForExit() == .exited(0))
            #expect(second.process.output.contains("daemon is already running"))
            #expect(second.process.output.contains("/run/vrrpd.pid"))
            #expect(try await dut.holds("192.0.2.100"))
            #expect(try await first.status().router("VI").state == .active)
        }
    }

    private func processStatus(of daemon: VRRPDaemon) throws -> [String: String] {
        let text = try String(contentsOfFile: "/proc/\(daemon.process.processIdentifier)/status", encoding: .utf8)
        var fields: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            fields[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        return fields
    }
}
