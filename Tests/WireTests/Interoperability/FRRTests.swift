import Glibc
import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("Beside FRR's vrrpd", .needs(VRRPDaemon.prerequisites + FRRPeer.prerequisites), .timeLimit(.minutes(2)))
struct FRRTests {
    /// How long after a resignation its successor may take: a skew below 0.61 s, and what a busy machine adds.
    private let handover = Duration.milliseconds(700)

    @Test("Case 122: FRR v3 and vrrpd elect, and the worse one takes over 0.6 s after priority 0, each way")
    func electsBothWays() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let frr = try await start(on: peer, ["192.0.2.100"], priority: 100)
            let better = try await VRRPDaemon.start(on: dut.host, file(priority: 200))
            try await better.waitForState(.active, of: "VI")
            try await tap.waitForActive(dut.ipv4, for: .seconds(2.5))

            let own = tap.frames.end
            #expect(try await better.stop() == .exited(0))
            let resigned = try await tap.waitForAdvert(after: own, from: dut.ipv4, priority: 0)
            let followed = try await tap.waitForAdvert(after: own, from: peer.ipv4)
            #expect(followed.time - resigned.time <= handover)

            // The other way round: a worse daemon follows FRR.
            let worse = try await VRRPDaemon.start(on: dut.host, file(priority: 50))
            try await worse.waitForState(.backup, of: "VI")
            try await worse.status(when: "adverts of FRR") { try $0.router("VI").counter("advertisement-rcvd") >= 2 }
            let others = tap.frames.end
            try await frr.stop()
            let given = try await tap.waitForAdvert(after: others, from: peer.ipv4, priority: 0)
            let taken = try await tap.waitForAdvert(after: others, from: dut.ipv4)
            // A priority of 50 has a skew of 206/256 s.
            #expect(taken.time - given.time >= .milliseconds(800))
            #expect(taken.time - given.time <= .milliseconds(800) + handover)
            try await dut.waitUntil(holds: true, "192.0.2.100")
            expectRunning(worse.process)
        }
    }

    @Test("FRR takes over from a daemon that is stopped while that still has the addresses", arguments: [2, 3])
    func followsPlannedStop(version: Int) async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let frr = try await start(on: peer, ["192.0.2.100"], priority: 100, version: version)
            let daemon = try await VRRPDaemon.start(
                on: dut.host, file(priority: 200, version: version), handsOver: true,
                arguments: ["--linger-time=2000"])
            try await daemon.waitForState(.active, of: "VI")
            try await tap.waitForActive(dut.ipv4, for: .seconds(2.5))
            let position = tap.frames.end
            daemon.process.signal(SIGTERM)
            let first = try await tap.waitForAdvert(after: position, from: peer.ipv4)
            #expect(first.priority == 100)
            #expect(try await dut.holds("192.0.2.100"))
            #expect(try await daemon.process.waitForExit() == .exited(0))
            #expect(try await !dut.holds("192.0.2.100"))
            let own = tap.adverts(after: position, from: dut.ipv4)
            #expect(!own.isEmpty && own.allSatisfy { $0.priority == 1 })
            expectRunning(frr.process)
        }
    }

    @Test(
        "Case 123: an IPv6 list of FRR's without a link-local address first is discarded, unless the definition allows it"
    )
    func globalAddressFirst() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let frr = try await start(on: peer, ["2001:db8:0:1::64"], priority: 200, interval: 100)
            try await frr.waitForState(.master, within: .seconds(15))
            let source = try await tap.waitForAdvert().source
            func configuration(requiresLinkLocalFirst: Bool) -> VRRPDaemon.Configuration {
                .routers([
                    RouterText.router(
                        "VI", family: .ipv6,
                        with: [
                            "advertisementIntervalMilliseconds": 100,
                            "interoperability": ["requiresLinkLocalFirst": .bool(requiresLinkLocalFirst)],
                        ])
                ])
            }
            let daemon = try await VRRPDaemon.start(on: dut.host, configuration(requiresLinkLocalFirst: true))
            try await tap.waitForActive(dut.linkLocal, source, for: .seconds(1))
            #expect(try await daemon.status().router("VI").counter("address-list-errors") > 0)

            try daemon.reload(configuration(requiresLinkLocalFirst: false))
            try await tap.waitForActive(source, for: .seconds(1))
            #expect(try await daemon.status().router("VI").state == .backup)
            expectRunning(frr.process)
        }
    }

    @Test("Case 123: with a link-local address first FRR and vrrpd elect over IPv6, either way round")
    func linkLocalAddressFirst() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let frr = try await start(on: peer, RouterText.addresses(.ipv6), priority: 100, interval: 100)
            func file(priority: Int) -> VRRPDaemon.Configuration {
                .keepalived(
                    KeepalivedInstance.file(
                        KeepalivedInstance(
                            priority: priority, interval: "0.1", addresses: RouterText.addresses(.ipv6))))
            }
            try await frr.waitForState(.master, within: .seconds(15))
            let source = try await tap.waitForAdvert().source
            let daemon = try await VRRPDaemon.start(on: dut.host, file(priority: 50))
            try await daemon.waitForState(.backup, of: "VI")
            try await tap.waitForActive(source, for: .seconds(1))
            #expect(try await daemon.status().router("VI").discards.isEmpty)

            try daemon.reload(file(priority: 200))
            try await tap.waitForActive(dut.linkLocal, for: .seconds(1))
            try await dut.waitUntil(holds: true, "2001:db8:0:1::64")
            expectRunning(frr.process, daemon.process)
        }
    }

    @Test("Case 124: FRR v2 and vrrpd v2 elect, and vrrpd follows when FRR gives up")
    func version2Elects() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let frr = try await start(on: peer, ["192.0.2.100"], priority: 200, version: 2)
            let daemon = try await VRRPDaemon.start(on: dut.host, file(priority: 100, version: 2))
            try await frr.waitForState(.master, within: .seconds(15))
            try await tap.waitForActive(peer.ipv4, for: .seconds(2.5))
            #expect(try await daemon.status().router("VI").discards.isEmpty)
            #expect(tap.adverts(from: peer.ipv4).allSatisfy { $0.version == 2 })

            let position = tap.frames.end
            try await frr.stop()
            let resigned = try await tap.waitForAdvert(after: position, from: peer.ipv4, priority: 0)
            let followed = try await tap.waitForAdvert(after: position, from: dut.ipv4)
            #expect(followed.version == 2)
            #expect(followed.time - resigned.time >= .milliseconds(600))
            #expect(followed.time - resigned.time <= .milliseconds(600) + handover)
            expectRunning(daemon.process)
        }
    }

    @Test("Case 124: FRR v2 with 1500 ms says 1 s and sends each 1.5 s, which vrrpd with 1 s bears")
    func version2CutsInterval() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let frr = try await start(on: peer, ["192.0.2.100"], priority: 200, version: 2, interval: 1_500)
            let daemon = try await VRRPDaemon.start(on: dut.host, file(priority: 100, version: 2))
            // The daemon is the quicker one to find nobody there; FRR then takes over from it.
            try await frr.waitForState(.master, within: .seconds(15))
            try await tap.waitForActive(peer.ipv4, for: .seconds(5.5), within: .seconds(25))
            let adverts = tap.adverts(from: peer.ipv4).suffix(3)
            #expect(adverts.allSatisfy { $0.intervalSeconds == 1 })
            for (earlier, later) in zip(adverts, adverts.dropFirst()) {
                #expect(later.time - earlier.time >= .milliseconds(1_300))
                #expect(later.time - earlier.time <= .milliseconds(1_900))
            }
            let router = try await daemon.status().router("VI")
            #expect(router.state == .backup)
            #expect(router.counter("interval-errors") == 0)
            expectRunning(frr.process)
        }
    }

    @Test("Case 125: vrrpd's reserved bits are 0, so FRR learns the interval as it is and takes over in time")
    func reservedBitsAreZero() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let daemon = try await VRRPDaemon.start(on: dut.host, file(priority: 200, interval: "0.1"))
            try await daemon.waitForState(.active, of: "VI")
            // FRR's own interval is another one, so what it does shows what it has learned.
            let frr = try await start(on: peer, ["192.0.2.100"], priority: 100, interval: 1_000)
            try await frr.waitForState(.backup, within: .seconds(15))
            try await Task.sleep(for: .seconds(1))
            try await tap.waitForActive(dut.ipv4, for: .seconds(1))
            let position = tap.frames.end
            daemon.kill()
            let takeover = try await tap.waitForAdvert(after: position, from: peer.ipv4)
            let last = try #require(tap.adverts(from: dut.ipv4).last)
            #expect(takeover.time - last.time >= .milliseconds(300))
            #expect(takeover.time - last.time <= .milliseconds(800))
            #expect(tap.adverts(from: dut.ipv4).allSatisfy { $0.reservedBits == 0 })
            expectRunning(frr.process)
        }
    }

    private func start(
        on node: LabNode, _ addresses: [String], priority: Int, version: Int = 3, interval: Int = 1_000
    ) async throws -> FRRPeer {
        let id = try #require(VirtualRouterID(rawValue: 77))
        return try await FRRPeer.start(
            on: node.host,
            routers: [
                FRRVirtualRouter(
                    id: id, addresses: addresses.compactMap { IPAddress($0) }, priority: priority, version: version,
                    advertisementInterval: interval)
            ])
    }

    private func file(priority: Int, version: Int = 3, interval: String = "1") -> VRRPDaemon.Configuration {
        .keepalived(
            KeepalivedInstance.file(KeepalivedInstance(version: version, priority: priority, interval: interval)))
    }
}
