import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite(
    "VRRPv3 over IPv6 beside keepalived", .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites),
    .timeLimit(.minutes(2)))
struct KeepalivedIPv6Tests {
    private let addresses = ["fe80::64", "2001:db8:0:1::64"]

    @Test("Case 118: vrrpd and keepalived elect over IPv6 multicast, either way round")
    func multicastElects() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let keepalived = try await KeepalivedPeer.start(on: peer.host, configuration: file(priority: 100))
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(file(priority: 150)))
            try await daemon.waitForState(.active, of: "VI")
            try await tap.waitForActive(dut.linkLocal, for: .seconds(1))
            for address in addresses {
                try await dut.waitUntil(holds: true, address)
                try await peer.waitUntil(holds: false, address)
            }

            try daemon.reload(.keepalived(file(priority: 50)))
            try await keepalived.waitForState(.master, instance: "VI", within: .seconds(15))
            try await tap.waitForActive(peer.linkLocal, for: .seconds(1))
            for address in addresses { try await dut.waitUntil(holds: false, address) }
            #expect(try await daemon.status().router("VI").discards.isEmpty)
        }
    }

    @Test("With more addresses than an advert has room for both list the same, and hold all")
    func manyAddresses() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let many = ["fe80::64"] + (1...99).map { "2001:db8:0:1::1:\($0)" }
            func file(priority: Int) -> String {
                KeepalivedInstance.file(KeepalivedInstance(priority: priority, interval: "0.25", addresses: many))
            }
            let keepalived = try await KeepalivedPeer.start(on: peer.host, configuration: file(priority: 150))
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(file(priority: 100)))
            try await keepalived.waitForState(.master, instance: "VI", within: .seconds(15))
            try await tap.waitForActive(peer.linkLocal, for: .seconds(1.5))
            let router = try await daemon.status().router("VI")
            #expect(router.state == .backup)
            #expect(router.discards.isEmpty)
            #expect(router.counter("address-list-mismatches") == 0)
            try daemon.reload(.keepalived(file(priority: 200)))
            try await tap.waitForActive(dut.linkLocal, for: .seconds(1.5))
            try await dut.waitUntil(holds: true, many[99])
            try await peer.waitUntil(holds: false, many[99])
            let lists = Set(tap.adverts().map { $0.packet.payload[3] })
            #expect(lists == [89])
            expectRunning(keepalived.process, daemon.process)
        }
    }

    @Test("Case 118: keepalived's IPv6 unicast adverts have hop limit 64, which a keepalived.conf takes as it stands")
    func unicastElects() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let keepalived = try await startUnicast(on: peer, priority: 150, to: dut)
            let lines = KeepalivedInstance.unicast(from: "\(dut.ipv6)", to: "\(peer.ipv6)")
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(file(priority: 100, lines)))
            try await keepalived.waitForState(.master, instance: "VI", within: .seconds(15))
            try await tap.waitForActive(peer.ipv6, for: .seconds(1))
            let router = try await daemon.status().router("VI")
            #expect(router.state == .backup)
            #expect(router.discards.isEmpty)
            #expect(tap.adverts(from: peer.ipv6).last?.packet.timeToLive == 64)

            try daemon.reload(.keepalived(file(priority: 200, lines)))
            try await tap.waitForActive(dut.ipv6, for: .seconds(1))
            #expect(tap.adverts(from: dut.ipv6).last?.packet.timeToLive == 255)
            try await peer.waitUntil(holds: false, addresses[1])
            expectRunning(keepalived.process, daemon.process)
        }
    }

    @Test("Case 118: definitions discard keepalived's IPv6 unicast adverts until the peer may have hop limit 64")
    func definitionsNeedLowerHopLimit() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let keepalived = try await startUnicast(on: peer, priority: 150, to: dut)
            func configuration(minimumHopLimit: Int64) -> VRRPDaemon.Configuration {
                .routers([
                    RouterText.router(
                        "VI", family: .ipv6,
                        with: [
                            "advertisementIntervalMilliseconds": 100, "sourceAddress": .string("\(dut.ipv6)"),
                            "transport": [
                                "mode": "unicast",
                                "peers": [
                                    [
                                        "address": .string("\(peer.ipv6)"),
                                        "minimumHopLimit": .integer(minimumHopLimit),
                                    ]
                                ],
                            ],
                        ])
                ])
            }
            let daemon = try await VRRPDaemon.start(on: dut.host, configuration(minimumHopLimit: 255))
            try await tap.waitForActive(dut.ipv6, peer.ipv6, for: .seconds(1))
            #expect(try await daemon.status().router("VI").counter("ip-ttl-errors") > 0)

            try daemon.reload(configuration(minimumHopLimit: 64))
            try await tap.waitForActive(peer.ipv6, for: .seconds(1))
            #expect(try await daemon.status().router("VI").state == .backup)
            expectRunning(keepalived.process)
        }
    }

    private func startUnicast(on node: LabNode, priority: Int, to peer: LabNode) async throws -> KeepalivedPeer {
        try await KeepalivedPeer.start(
            on: node.host,
            configuration: file(
                priority: priority, KeepalivedInstance.unicast(from: "\(node.ipv6)", to: "\(peer.ipv6)")))
    }

    private func file(priority: Int, _ lines: [String] = []) -> String {
        KeepalivedInstance.file(
            KeepalivedInstance(priority: priority, interval: "0.1", addresses: addresses, lines: lines))
    }
}
