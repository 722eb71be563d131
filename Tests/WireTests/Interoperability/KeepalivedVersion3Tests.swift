import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite(
    "VRRPv3 over IPv4 beside keepalived", .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites),
    .timeLimit(.minutes(2)))
struct KeepalivedVersion3Tests {
    private let address = "192.0.2.100"

    @Test("Case 116: with a pseudo-header in the checksum vrrpd and keepalived v3 elect, either way round")
    func pseudoHeaderElects() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let keepalived = try await KeepalivedPeer.start(on: peer.host, configuration: file(priority: 100))
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(file(priority: 150)))
            try await daemon.waitForState(.active, of: "VI")
            try await tap.waitForActive(dut.ipv4, for: .seconds(1))
            try await peer.waitUntil(holds: false, address)

            try daemon.reload(.keepalived(file(priority: 50)))
            try await keepalived.waitForState(.master, instance: "VI", within: .seconds(15))
            try await tap.waitForActive(peer.ipv4, for: .seconds(1))
            try await dut.waitUntil(holds: false, address)
            let router = try await daemon.status().router("VI")
            #expect(router.counter("checksum-pseudo-header") > 0)
            #expect(router.counter("checksum-message-only") == 0)
            #expect(router.discards.isEmpty)
        }
    }

    @Test("Case 116: a checksum over the message alone is one that keepalived 2.2.7 refuses, so both are active")
    func messageOnlySplits() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let daemon = try await VRRPDaemon.start(
                on: dut.host, .keepalived(file(priority: 150, "v3_checksum_as_v2")))
            try await daemon.waitForState(.active, of: "VI")
            let keepalived = try await KeepalivedPeer.start(on: peer.host, configuration: file(priority: 100))
            try await keepalived.process.waitForLine(containing: "Invalid VRRPv3 checksum", within: .seconds(15))
            try await dut.waitUntilBothHold(address, with: peer)
            // The daemon itself takes both forms.
            let router = try await daemon.status().router("VI")
            #expect(router.counter("checksum-pseudo-header") > 0)
            #expect(router.counter("checksum-errors") == 0)
            expectRunning(keepalived.process)
        }
    }

    @Test(
        "Case 117: by unicast the checksum has the peer's address, or as with old keepalived the group's: vrrpd follows",
        arguments: [false, true])
    func unicastChecksums(isOld: Bool) async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let unicast =
                KeepalivedInstance.unicast(from: "\(peer.ipv4)", to: "\(dut.ipv4)")
                + (isOld ? ["old_unicast_checksum"] : [])
            let keepalived = try await KeepalivedPeer.start(
                on: peer.host,
                configuration: KeepalivedInstance.file(
                    KeepalivedInstance(priority: 150, interval: "0.1", lines: unicast)))
            try await keepalived.waitForState(.master, instance: "VI", within: .seconds(15))
            func configuration(priority: Int64) -> VRRPDaemon.Configuration {
                .routers([
                    RouterText.router(
                        "VI", addresses: [address],
                        with: [
                            "priority": .integer(priority), "advertisementIntervalMilliseconds": 100,
                            "transport": ["mode": "unicast", "peers": [.string("\(peer.ipv4)")]],
                            "interoperability": ["transmittedChecksum": "follow-peer"],
                        ])
                ])
            }
            let daemon = try await VRRPDaemon.start(on: dut.host, configuration(priority: 100))
            let form = isOld ? "checksum-pseudo-header-of-group" : "checksum-pseudo-header"
            let status = try await daemon.status(when: "ten adverts in the expected form") {
                try $0.router("VI").counter(form) >= 10
            }
            try #expect(status.router("VI").state == .backup)
            try #expect(status.router("VI").counter("advertisement-rcvd") == status.router("VI").counter(form))
            try #expect(status.router("VI").discards.isEmpty)
            #expect(tap.adverts(from: dut.ipv4).isEmpty)

            // keepalived in its turn takes the daemon's form.
            let position = keepalived.process.lines.end
            try daemon.reload(configuration(priority: 200))
            try await keepalived.waitForState(.backup, instance: "VI", after: position, within: .seconds(15))
            try await tap.waitForActive(dut.ipv4, for: .seconds(1))
            expectRunning(daemon.process)
        }
    }

    @Test("Case 119: a backup with an interval of 1 s learns keepalived's 0.25 s and takes over after 0.902 s")
    func learnsInterval() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let keepalived = try await KeepalivedPeer.start(
                on: peer.host,
                configuration: KeepalivedInstance.file(KeepalivedInstance(priority: 150, interval: "0.25")))
            try await keepalived.waitForState(.master, instance: "VI", within: .seconds(15))
            let daemon = try await VRRPDaemon.start(
                on: dut.host, .keepalived(KeepalivedInstance.file(KeepalivedInstance(priority: 100))))
            let status = try await daemon.status(when: "interval learned") {
                try $0.router("VI").learnedInterval == 250
            }
            try #expect(status.router("VI").counter("interval-mismatches") > 0)

            let death = tap.frames.end
            keepalived.kill()
            let takeover = try await tap.waitForAdvert(after: death, from: dut.ipv4)
            let last = try #require(tap.adverts(from: peer.ipv4).last)
            #expect(takeover.time - last.time >= .milliseconds(900))
            #expect(takeover.time - last.time <= .milliseconds(1_150))
            // Its own adverts keep its own interval.
            let next = await tap.frames.first(after: tap.frames.end, within: .seconds(15)) { frame in
                HeardAdvert(frame)?.source == dut.ipv4
            }
            let advert = try #require(next.flatMap { HeardAdvert($0.entry) })
            #expect(advert.packet.payload[4...5] == [0, 100])
            expectRunning(daemon.process)
        }
    }

    @Test(
        "Case 120: keepalived 2.2.7 refuses adverts with another number of addresses: both active, and vrrpd says why")
    func otherAddressesSplit() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            var instance = KeepalivedInstance(priority: 150, interval: "0.1")
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(KeepalivedInstance.file(instance)))
            instance.priority = 100
            instance.addresses.append("192.0.2.101")
            let keepalived = try await KeepalivedPeer.start(
                on: peer.host, configuration: KeepalivedInstance.file(instance))
            try await keepalived.process.waitForLine(containing: "ip number count", within: .seconds(15))
            try await dut.waitUntilBothHold(address, with: peer)
            try await daemon.process.waitForLine(containing: "lists other addresses", within: .seconds(15))
            let router = try await daemon.status().router("VI")
            #expect(router.state == .active)
            #expect(router.counter("address-list-mismatches") > 0)
            expectRunning(keepalived.process)
        }
    }

    private func file(priority: Int, _ lines: String...) -> String {
        KeepalivedInstance.file(KeepalivedInstance(priority: priority, interval: "0.1", lines: lines))
    }
}
