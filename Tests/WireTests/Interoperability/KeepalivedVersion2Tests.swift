import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite(
    "VRRPv2 beside keepalived", .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites),
    .timeLimit(.minutes(2)))
struct KeepalivedVersion2Tests {
    private let address = "192.0.2.100"

    @Test("Case 113: keepalived v2 yields to a better vrrpd, takes over when it dies, and yields again")
    func betterDaemonLeadsKeepalived() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let better = KeepalivedInstance.file(KeepalivedInstance(version: 2, priority: 150))
            let worse = KeepalivedInstance.file(KeepalivedInstance(version: 2, priority: 100))
            let keepalived = try await KeepalivedPeer.start(on: peer.host, configuration: worse)
            let first = try await VRRPDaemon.start(on: dut.host, .keepalived(better))
            try await first.waitForState(.active, of: "VI")
            try await tap.waitForActive(dut.ipv4, for: .seconds(2.5))
            #expect(try await dut.holds(address))
            #expect(try await !peer.holds(address))

            let death = tap.frames.end
            first.kill()
            let takeover = try await tap.waitForAdvert(after: death, from: peer.ipv4)
            let last = try #require(tap.adverts(from: dut.ipv4).last)
            // 3 seconds and a skew of 156/256.
            #expect(takeover.time - last.time >= .milliseconds(3_600))
            #expect(takeover.time - last.time <= .milliseconds(4_200))
            try await peer.waitUntil(holds: true, address)

            let second = try await VRRPDaemon.start(on: dut.host, .keepalived(better))
            try await second.waitForState(.active, of: "VI")
            try await tap.waitForActive(dut.ipv4, for: .seconds(2.5))
            #expect(try await dut.holds(address))
            try await peer.waitUntil(holds: false, address)
            expectRunning(keepalived.process, second.process)
        }
    }

    @Test("Case 113: vrrpd yields to a better keepalived v2, takes over when it dies, and yields again")
    func betterKeepalivedLeadsDaemon() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let better = KeepalivedInstance.file(KeepalivedInstance(version: 2, priority: 150))
            let worse = KeepalivedInstance.file(KeepalivedInstance(version: 2, priority: 100))
            let first = try await KeepalivedPeer.start(on: peer.host, configuration: better)
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(worse))
            try await first.waitForState(.master, instance: "VI", within: .seconds(15))
            try await tap.waitForActive(peer.ipv4, for: .seconds(2.5))
            #expect(try await !dut.holds(address))

            let death = tap.frames.end
            first.kill()
            let takeover = try await tap.waitForAdvert(after: death, from: dut.ipv4)
            let last = try #require(tap.adverts(from: peer.ipv4).last)
            #expect(takeover.time - last.time >= .milliseconds(3_600))
            #expect(takeover.time - last.time <= .milliseconds(3_900))
            try await dut.waitUntil(holds: true, address)

            let second = try await KeepalivedPeer.start(on: peer.host, configuration: better)
            try await second.waitForState(.master, instance: "VI", within: .seconds(15))
            try await tap.waitForActive(peer.ipv4, for: .seconds(2.5))
            try await dut.waitUntil(holds: false, address)
            #expect(try await daemon.status().router("VI").state == .backup)
            expectRunning(second.process)
        }
    }

    @Test("Case 114: vrrpd and keepalived v2 elect by unicast, and a stranger has no say")
    func unicastElects() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let stranger = try await lab.node("stranger", 30)
            let tap = try await lab.tap(keeping: \.isVRRP)
            func file(_ priority: Int, from source: LabNode, to peer: LabNode, _ lines: String...) -> String {
                let unicast = KeepalivedInstance.unicast(from: "\(source.ipv4)", to: "\(peer.ipv4)")
                return KeepalivedInstance.file(
                    KeepalivedInstance(version: 2, priority: priority, lines: unicast + lines))
            }
            // With check_unicast_src keepalived takes adverts from the peer that it knows and from no other source.
            let keepalived = try await KeepalivedPeer.start(
                on: peer.host, configuration: file(100, from: peer, to: dut, "check_unicast_src"))
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(file(150, from: dut, to: peer)))
            try await daemon.waitForState(.active, of: "VI")
            try await tap.waitForActive(dut.ipv4, for: .seconds(2.5))
            let position = tap.frames.end
            let intruder = try await KeepalivedPeer.start(
                on: stranger.host, configuration: file(200, from: stranger, to: dut))
            try await intruder.waitForState(.master, instance: "VI", within: .seconds(15))
            try await daemon.status(when: "discarded adverts of the stranger") {
                try $0.router("VI").counter("source-errors") > 0
            }
            #expect(try await daemon.status().router("VI").state == .active)
            #expect(try await !peer.holds(address))
            let adverts = tap.adverts(after: position, from: dut.ipv4)
            #expect(!adverts.isEmpty)
            #expect(adverts.allSatisfy { $0.packet.destination == peer.ipv4 && $0.packet.timeToLive == 255 })
            #expect(tap.adverts(after: position, from: peer.ipv4).isEmpty)

            let end = tap.frames.end
            try await daemon.stop()
            let resignation = try await tap.waitForAdvert(after: end, from: dut.ipv4, priority: 0)
            let takeover = try await tap.waitForAdvert(after: end, from: peer.ipv4)
            #expect(takeover.time - resignation.time <= .milliseconds(1_000))
            expectRunning(keepalived.process, intruder.process)
        }
    }

    @Test("Case 114: a unicast peer must be on the link unless its definition allows a lower TTL")
    func unicastPeerMustBeOnLink() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let unicast = KeepalivedInstance.unicast(from: "\(peer.ipv4)", to: "\(dut.ipv4)") + ["unicast_ttl 64"]
            let keepalived = try await KeepalivedPeer.start(
                on: peer.host,
                configuration: KeepalivedInstance.file(
                    KeepalivedInstance(version: 2, priority: 150, lines: unicast)))
            func configuration(minimumHopLimit: Int64) -> VRRPDaemon.Configuration {
                .routers([
                    RouterText.router(
                        "VI", addresses: [address],
                        with: [
                            "version": 2,
                            "transport": [
                                "mode": "unicast",
                                "peers": [["address": "192.0.2.20", "minimumHopLimit": .integer(minimumHopLimit)]],
                            ],
                        ])
                ])
            }
            let daemon = try await VRRPDaemon.start(on: dut.host, configuration(minimumHopLimit: 255))
            try await tap.waitForActive(dut.ipv4, peer.ipv4, for: .seconds(2.5))
            #expect(tap.adverts(from: peer.ipv4).last?.packet.timeToLive == 64)
            #expect(try await daemon.status().router("VI").counter("ip-ttl-errors") > 0)

            try daemon.reload(configuration(minimumHopLimit: 64))
            try await tap.waitForActive(peer.ipv4, for: .seconds(2.5))
            #expect(try await daemon.status().router("VI").state == .backup)
            expectRunning(keepalived.process)
        }
    }

    @Test(
        "Case 115: the same password makes vrrpd and keepalived one virtual router, its first eight octets alone",
        arguments: [("s3cret", "s3cret"), ("abcdefghij", "abcdefgh"), ("abcdefgh", "abcdefghij")])
    func samePasswordElects(_ own: String, _ other: String) async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let keepalived = try await start(on: peer, priority: 150, password: other)
            let daemon = try await VRRPDaemon.start(on: dut.host, file(priority: 100, password: own))
            try await keepalived.waitForState(.master, instance: "VI", within: .seconds(15))
            try await tap.waitForActive(peer.ipv4, for: .seconds(2.5))
            let router = try await daemon.status().router("VI")
            #expect(router.state == .backup)
            #expect(router.counter("advertisement-rcvd") > 0)
            #expect(router.discards.isEmpty)

            // And the other way round: keepalived takes the daemon's password.
            try daemon.reload(file(priority: 200, password: own))
            try await tap.waitForActive(dut.ipv4, for: .seconds(2.5))
            try await peer.waitUntil(holds: false, address)
            expectRunning(keepalived.process, daemon.process)
        }
    }

    @Test("Case 115: with another password on one side both are active, and the authentication failures are counted")
    func otherPasswordSplits() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let keepalived = try await start(on: peer, priority: 150, password: "s3cret")
            let daemon = try await VRRPDaemon.start(on: dut.host, file(priority: 100, password: "secret"))
            try await dut.waitUntilBothHold(address, with: peer)
            let router = try await daemon.status().router("VI")
            #expect(router.state == .active)
            #expect(router.counter("auth-failures") > 0)
            #expect(router.counter("advertisement-rcvd") == 0)
            try await daemon.process.waitForLine(containing: "auth-failures", within: .seconds(15))
            try await keepalived.process.waitForLine(containing: "invalid passwd", within: .seconds(15))
        }
    }

    private func start(on node: LabNode, priority: Int, password: String) async throws -> KeepalivedPeer {
        try await KeepalivedPeer.start(on: node.host, configuration: file(priority: priority, password: password).text)
    }

    private func file(priority: Int, password: String) -> VRRPDaemon.Configuration {
        .keepalived(
            KeepalivedInstance.file(
                KeepalivedInstance(
                    version: 2, priority: priority, lines: KeepalivedInstance.password(password))))
    }
}
