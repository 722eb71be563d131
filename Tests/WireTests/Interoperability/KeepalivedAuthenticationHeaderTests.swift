import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite(
    "The authentication header beside keepalived", .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites),
    .timeLimit(.minutes(2)))
struct KeepalivedAuthenticationHeaderTests {
    private let address = "192.0.2.100"

    private func file(_ priority: Int, key: String = "s3cret", type: String = "AH", _ lines: [String] = []) -> String {
        KeepalivedInstance.file(
            KeepalivedInstance(
                version: 2, priority: priority, lines: KeepalivedInstance.password(key, type: type) + lines))
    }

    private func tap(_ lab: Lab) async throws -> PacketTap {
        try await lab.tap { $0.isVRRP || $0.packet?.protocolNumber == 51 }
    }

    @Test("A mixed pair elects one, fails over in both directions, and counts no failure", arguments: [false, true])
    func pair(isUnicast: Bool) async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await tap(lab)
            let own = isUnicast ? KeepalivedInstance.unicast(from: "\(dut.ipv4)", to: "\(peer.ipv4)") : []
            let other = isUnicast ? KeepalivedInstance.unicast(from: "\(peer.ipv4)", to: "\(dut.ipv4)") : []
            let keepalived = try await KeepalivedPeer.start(on: peer.host, configuration: file(150, other))
            try await keepalived.waitForState(.master, instance: "VI", within: .seconds(15))
            try await tap.waitForActive(peer.ipv4, for: .seconds(2.5))
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(file(100, own)))
            try await daemon.status(when: "heard adverts") { try $0.router("VI").counter("advertisement-rcvd") > 1 }
            let router = try await daemon.status().router("VI")
            #expect(router.state == .backup)
            #expect(router.discards.isEmpty)

            // keepalived takes the daemon's header.
            try daemon.reload(.keepalived(file(200, own)))
            try await tap.waitForActive(dut.ipv4, for: .seconds(2.5))
            try await peer.waitUntil(holds: false, address)
            #expect(try await dut.holds(address))

            let death = tap.frames.end
            daemon.kill()
            let takeover = try await tap.waitForAdvert(after: death, from: peer.ipv4)
            let last = try #require(tap.adverts(from: dut.ipv4).last)
            #expect(takeover.time - last.time <= .milliseconds(4_200))
            try await peer.waitUntil(holds: true, address)

            // The number that a daemon begins with is low; it hears keepalived's before it takes over.
            let second = try await VRRPDaemon.start(on: dut.host, .keepalived(file(200, own)))
            try await second.waitForState(.active, of: "VI")
            try await tap.waitForActive(dut.ipv4, for: .seconds(2.5))
            try await peer.waitUntil(holds: false, address)
            #expect(try await second.status().router("VI").discards.isEmpty)

            let resignation = tap.frames.end
            try await second.stop()
            _ = try await tap.waitForAdvert(after: resignation, from: dut.ipv4, priority: 0)
            try await peer.waitUntil(holds: true, address)

            let adverts = tap.adverts()
            #expect(adverts.allSatisfy { $0.authenticationHeader?.prefix(4) == [112, 4, 0, 0] })
            let numbers = adverts.compactMap(\.sequenceNumber)
            #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
            expectRunning(keepalived.process)
        }
    }

    @Test("With another key, or none, both are active, and what they hear is counted")
    func otherKey() async throws {
        for (key, type, counter, complaint) in [
            ("secret", "AH", "auth-failures", "invalid IPSEC HMAC-MD5 value"),
            ("s3cret", "PASS", "auth-type-mismatch", ""),
        ] {
            try await Lab.with { lab in
                let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
                let keepalived = try await KeepalivedPeer.start(
                    on: peer.host, configuration: file(150, key: key, type: type))
                let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(file(100)))
                try await dut.waitUntilBothHold(address, with: peer)
                let router = try await daemon.status().router("VI")
                #expect(router.state == .active)
                #expect(router.counter(counter) > 0)
                #expect(router.counter("advertisement-rcvd") == 0)
                try await daemon.process.waitForLine(containing: counter, within: .seconds(15))
                guard !complaint.isEmpty else { return }
                try await keepalived.process.waitForLine(containing: complaint, within: .seconds(15))
            }
        }
    }

    @Test("What else stands behind an authentication header does not reach the daemon")
    func otherTraffic() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let gate = try await lab.injector().tap { $0.packet?.protocolNumber == 51 }
            let keepalived = try await KeepalivedPeer.start(on: peer.host, configuration: file(150))
            try await keepalived.waitForState(.master, instance: "VI", within: .seconds(15))
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(file(100)))
            try await daemon.status(when: "heard adverts") { try $0.router("VI").counter("advertisement-rcvd") > 1 }
            let advert = try await gate.next("advert of keepalived", within: .seconds(15)) { _ in true }

            // Behind the Ethernet header and an IP header without options: the next header, then a length.
            var (encrypted, broken) = (advert.octets, advert.octets)
            encrypted[34] = 50
            broken[35] = 99
            for _ in 0..<3 { try gate.inject(encrypted) }
            try gate.inject(broken)
            let status = try await daemon.status(when: "has counted the broken one") { status in
                status.receivers.contains { $0.counters["ip-header-errors"] != nil }
            }
            #expect(status.receivers.compactMap { $0.counters["ip-header-errors"] } == [1])
        }
    }
}
