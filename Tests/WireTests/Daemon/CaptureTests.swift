import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("The last adverts of a virtual router", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct CaptureTests {
    @Test("tshark reads them, with what was made of each", arguments: [AddressFamily.ipv4, .ipv6], ["pcapng", "pcap"])
    func tshark(family: AddressFamily, format: String) async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let peer = try await lab.node("peer", 20)
            func routers(_ priority: Int64) -> VRRPDaemon.Configuration {
                .routers([
                    RouterText.router(
                        family: family,
                        with: ["advertisementIntervalMilliseconds": 100, "priority": .integer(priority)])
                ])
            }
            let daemon = try await VRRPDaemon.start(on: dut.host, routers(100))
            try await daemon.status(when: "adverts sent") { try $0.router().counter("advertisement-sent") >= 5 }
            let log = daemon.process.lines.end
            let better = try await VRRPDaemon.start(on: peer.host, routers(200))
            try await daemon.waitForState(.backup, of: "VR", after: log)
            try await daemon.status(when: "adverts heard") { try $0.router().counter("advertisement-rcvd") >= 5 }

            let file = "\(dut.host.directory)/capture"
            let program = "\(Programs.vrrpctl) capture VR --format \(format) --control-socket /run/vrrpd.sock > \(file)"
            _ = try await dut.host.run("/bin/sh", ["-c", program])
            let fields = [
                family == .ipv4 ? "ip.version" : "ipv6.version", "vrrp.prio", "vrrp.virt_rtr_id", "frame.comment",
            ].flatMap { ["-e", $0] }
            let text = try await dut.host.run(
                "/usr/bin/tshark", ["-r", file, "-T", "fields", "-E", "separator=;"] + fields, within: .seconds(30))
            // As root tshark says first that this could be dangerous.
            let lines = text.split(separator: "\n").map(String.init).filter { $0.contains(";") }
            let version = family == .ipv4 ? "4" : "6"
            let own = lines.filter { $0.hasPrefix("\(version);100;77;") }
            let other = lines.filter { $0.hasPrefix("\(version);200;77;") }
            #expect(own.count >= 2 && other.count >= 3, "\(text)")
            #expect(own.count + other.count == lines.count, "\(text)")
            guard format == "pcapng" else { return better.kill() }
            #expect(own.allSatisfy { $0.hasSuffix(";sent") })
            #expect(other.allSatisfy { $0.hasSuffix(";accepted") })
            better.kill()
        }
    }
}
