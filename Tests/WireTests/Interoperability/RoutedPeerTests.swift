import NetworkLab
import Testing
import VRRP

@Suite(
    "vrrpd and keepalived with a router between them", .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites),
    .timeLimit(.minutes(2)))
struct RoutedPeerTests {
    private static let shared = "203.0.113.100"
    private static let near = "192.0.2.10"
    private static let far = "198.51.100.20"

    /// What people write who have never heard of TTLs: peers, and nothing of how far away they are.
    private static func file(_ priority: Int, from source: String, to peer: String) -> String {
        KeepalivedInstance.file(
            KeepalivedInstance(
                priority: priority, interval: "0.25", addresses: [shared],
                lines: KeepalivedInstance.unicast(from: source, to: peer)))
    }

    @Test("One of them is active although no adverts arrive with a TTL of 255, and the other one takes over")
    func elects() async throws {
        try await Lab.with { lab in
            try await lab.addSegment("far")
            let dut = try await lab.node("dut", 10)
            let peer = try await lab.host("peer", addresses: ["\(Self.far)/24"], segment: "far")
            let router = try await lab.host(
                "router", addresses: ["192.0.2.1/24"], options: HostOptions(forwarding: true))
            try await lab.addInterface("eth1", to: router, addresses: ["198.51.100.1/24"], segment: "far")
            try await dut.host.ip("route add default via 192.0.2.1")
            try await peer.ip("route add default via 198.51.100.1")
            let tap = try await lab.tap(keeping: \.isVRRP)

            let keepalived = try await KeepalivedPeer.start(
                on: peer, configuration: Self.file(150, from: Self.far, to: Self.near))
            let farAddress = try #require(IPAddress(Self.far))
            _ = try await tap.waitForAdvert(from: farAddress, within: .seconds(15))
            let daemon = try await VRRPDaemon.start(
                on: dut.host, .keepalived(Self.file(100, from: Self.near, to: Self.far)))
            try await tap.waitForActive(farAddress, for: .seconds(3), within: .seconds(15))
            #expect(Set(tap.adverts(from: farAddress).map(\.packet.timeToLive)) == [254])
            #expect(try await !dut.holds(Self.shared))
            #expect(try await daemon.status().router("VI").counter("advertisement-rcvd") > 0)

            keepalived.kill()
            try await dut.waitUntil(holds: true, Self.shared)
            expectRunning(daemon.process)
        }
    }
}
