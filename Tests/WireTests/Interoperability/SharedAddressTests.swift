import Glibc
import NetworkLab
import Testing
import VRRP

@Suite(
    "One address in two instances, with vrrpd and keepalived on one segment",
    .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites), .timeLimit(.minutes(2)))
struct SharedAddressTests {
    private static let address = "192.0.2.100"

    /// What keepalived-operator writes for two services that have an address in common.
    private static func file(_ priority: Int, _ names: [String: Int] = ["VI_1": 77, "VI_2": 78]) -> String {
        KeepalivedInstance.file(
            names.sorted { $0.key < $1.key }.map { name, id in
                KeepalivedInstance(name: name, id: id, priority: priority, interval: "0.25", addresses: [address])
            })
    }

    @Test("It is on one node alone, stays until its last instance leaves, and comes to the other node and back")
    func mixedPair() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let keepalived = try await KeepalivedPeer.start(on: peer.host, configuration: Self.file(100))
            try await peer.waitUntil(holds: true, Self.address, within: .seconds(15))
            let daemon = try await DropIn.start(on: dut.host, Self.file(150))
            for id in [77, 78] { try await tap.waitForActive(dut.ipv4, id: id, for: .seconds(2), within: .seconds(15)) }
            #expect(try await dut.holds(Self.address))
            #expect(try await !peer.holds(Self.address))

            // The first one, for which it was put there, leaves: the other one is active with it.
            let position = try daemon.reload(Self.file(150, ["VI_2": 78]))
            try await daemon.waitForLine("Reloaded", after: position)
            try await peer.waitUntil(holds: true, Self.address)
            #expect(try await dut.holds(Self.address))
            let back = try daemon.reload(Self.file(150))
            try await daemon.waitForLine("Reloaded", after: back)
            for id in [77, 78] { try await tap.waitForActive(dut.ipv4, id: id, for: .seconds(2), within: .seconds(15)) }
            #expect(try await dut.holds(Self.address))

            daemon.process.signal(SIGTERM)
            #expect(try await daemon.process.waitForExit() == .exited(0))
            #expect(try await !dut.holds(Self.address))
            for id in [77, 78] {
                try await tap.waitForActive(peer.ipv4, id: id, for: .seconds(2), within: .seconds(15))
            }
            try await peer.waitUntil(holds: true, Self.address)
            expectRunning(keepalived.process)
        }
    }
}
