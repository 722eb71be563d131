import NetworkLab
import Testing
import VRRP

@Suite(
    "Others who claim the addresses of an active router", .needs(VRRPDaemon.prerequisites + [.ping]),
    .timeLimit(.minutes(1)))
struct AddressClaimTests {
    private let address = "192.0.2.100"

    private func configuration(priority: Int) -> VRRPDaemon.Configuration {
        .keepalived(KeepalivedInstance.file(KeepalivedInstance(priority: priority, interval: "0.1")))
    }

    /// Waits until the daemon has counted a claim, and gives the line of its log.
    private func waitForClaim(_ daemon: VRRPDaemon) async throws -> String {
        let start = ContinuousClock.now
        while try await daemon.status().router("VI").counter("address-claims") == 0 {
            guard ContinuousClock.now - start < .seconds(15) else {
                throw LabError.timedOut(waitingFor: "a claim", within: .seconds(15), context: "")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return try await daemon.process.waitForLine(containing: "says that", within: .seconds(10)).text
    }

    @Test("A host that somebody gave the address is told of with its hardware address, and the router stays active")
    func duplicate() async throws {
        try await Lab.with { lab in
            let (dut, host) = (try await lab.node("dut", 10), try await lab.node("host", 50))
            let daemon = try await VRRPDaemon.start(on: dut.host, configuration(priority: 150))
            try await daemon.waitForState(.active, of: "VI")
            // In the first second the router before may still have spoken.
            try await Task.sleep(for: .seconds(2))
            #expect(try await daemon.status().router("VI").counter("address-claims") == 0)
            try await host.host.ip("addr add \(address)/24 dev eth0")
            _ = try? await host.host.run("ping", ["-c", "1", "-W", "1", "-I", address, dut.ipv4.description])
            let line = try await waitForClaim(daemon)
            let stranger = try await lab.interface(of: host.host).hardwareAddress
            #expect(line.contains("VI: \(stranger) says that \(address) is there, while this router is active"))
            #expect(try await daemon.status().router("VI").state == .active)
        }
    }

    @Test("Where adverts are lost and ARP is not, both halves of a split brain hear of each other")
    func splitBrain() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let daemon = try await VRRPDaemon.start(on: dut.host, configuration(priority: 150))
            try await daemon.waitForState(.active, of: "VI")
            let other = try await VRRPDaemon.start(on: peer.host, configuration(priority: 100))
            try await other.waitForState(.backup, of: "VI")
            try await Task.sleep(for: .seconds(1))
            try await lab.fail(dut.host, .withoutVRRP)
            try await other.waitForState(.active, of: "VI")
            let line = try await waitForClaim(daemon)
            let second = try await lab.interface(of: peer.host).hardwareAddress
            #expect(line.contains("\(second) says that \(address) is there"))
            #expect(try await daemon.status().router("VI").counter("advertisements-while-active") == 0)
        }
    }
}
