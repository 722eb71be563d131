import Glibc
import NetworkLab
import Testing
import VRRP

/// SIGTERM to the active daemon while somebody takes a thousand pings a second for granted.
@Suite("The planned stop", .needs(VRRPDaemon.prerequisites + [.ping]), .timeLimit(.minutes(2)))
struct PlannedStopTests {
    /// Who else takes part.
    enum Peer: Sendable {
        case vrrpd, keepalived
    }

    /// A virtual router, active on a vrrpd that is stopped, and backed by a peer of priority 100.
    struct Situation: Sendable, CustomTestStringConvertible {
        var peer: Peer
        var version = 3
        var family = AddressFamily.ipv4
        var interval = "1"
        /// What the peer does when it hears a lower priority: it takes over unless these lines say otherwise.
        var peerLines: [String] = []

        var testDescription: String {
            "\(peer), VRRPv\(version), \(family), \(interval) s" + peerLines.map { ", \($0)" }.joined()
        }

        /// The last ping may be under way at the end. keepalived announces an IPv6 address before Linux has made the route to
        /// it, which costs a few pings now and then, planned or not.
        var mostLost: Int { peer == .keepalived && family == .ipv6 ? 10 : 1 }
        var preempts: Bool { peerLines.isEmpty }
        var address: String { family == .ipv4 ? "192.0.2.100" : "2001:db8:0:1::64" }

        func file(priority: Int, _ lines: [String] = []) -> String {
            var instance = KeepalivedInstance(
                version: version, priority: priority, interval: interval, lines: lines)
            if family == .ipv6 { instance.addresses = ["fe80::64", address] }
            return KeepalivedInstance.file(instance)
        }
    }

    @Test(
        "SIGTERM loses no ping of a vrrpd's clients",
        arguments: [
            Situation(peer: .vrrpd), Situation(peer: .vrrpd, version: 2),
            Situation(peer: .vrrpd, family: .ipv6, interval: "0.1"),
            Situation(peer: .vrrpd, interval: "0.1", peerLines: ["nopreempt"]),
        ])
    func besideVRRPD(_ situation: Situation) async throws { try await losesNothing(situation) }

    @Test(
        "SIGTERM loses no ping where keepalived takes over, be it that keepalived preempts or not",
        .needs(KeepalivedPeer.prerequisites),
        arguments: [
            Situation(peer: .keepalived), Situation(peer: .keepalived, version: 2),
            Situation(peer: .keepalived, family: .ipv6, interval: "0.1"),
            Situation(peer: .keepalived, peerLines: ["nopreempt"]),
            Situation(peer: .keepalived, version: 2, peerLines: ["nopreempt"]),
            Situation(peer: .keepalived, interval: "0.1", peerLines: ["preempt_delay 600"]),
        ])
    func besideKeepalived(_ situation: Situation) async throws { try await losesNothing(situation) }

    private func losesNothing(_ situation: Situation) async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let client = try await lab.node("client", 50)
            let tap = try await lab.tap(keeping: \.isVRRP)
            let own = situation.family == .ipv4 ? dut.ipv4 : dut.linkLocal
            let daemon = try await VRRPDaemon.start(
                on: dut.host, .keepalived(situation.file(priority: 150)), handsOver: true)
            try await daemon.waitForState(.active, of: "VI")
            let backup = try await startPeer(of: situation, on: peer)
            try await dut.waitUntil(holds: true, situation.address)
            let pinger = try await Pinger.start(from: client.host, to: situation.address, every: .milliseconds(1))
            try await pinger.waitForAnswer(within: .seconds(15))
            try await Task.sleep(for: .milliseconds(300))

            let position = tap.frames.end
            #expect(try await daemon.stop(within: .seconds(15)) == .exited(0))
            #expect(try await !dut.holds(situation.address))
            try await Task.sleep(for: .milliseconds(500))
            let report = try await pinger.stop()
            #expect(report.lost <= situation.mostLost, "\(report.lost) of \(report.sent) lost")
            #expect(report.sent > 500)
            #expect(try await peer.holds(situation.address))

            // One of the ordinary priority may have been on its way before the signal.
            let adverts = Array(tap.adverts(after: position).drop { $0.priority == 150 })
            let last = try #require(adverts.last { $0.source == own })
            let first = try #require(adverts.first { $0.source != own })
            #expect(adverts.first?.source == own)
            #expect(adverts.first?.priority == 1)
            #expect(last.priority == (situation.preempts ? 1 : 0))
            // Both have the address from the peer's first advert on; the daemon is silent from then on.
            #expect(first.priority == 100)
            #expect(last.time <= first.time)
            #expect(adverts.count { $0.priority == 0 } == (situation.preempts ? 0 : 1))
            expectRunning(backup)
        }
    }

    @Test("Without a peer it offers itself, gives up with one advert of priority 0, and removes its addresses later")
    func alone() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let tap = try await lab.tap(keeping: \.isVRRP)
            let file = KeepalivedInstance.file(KeepalivedInstance(priority: 150))
            let daemon = try await VRRPDaemon.start(
                on: dut.host, .keepalived(file), handsOver: true, arguments: ["--hand-over-timeout=0.5"])
            try await daemon.waitForState(.active, of: "VI")
            try await dut.waitUntil(holds: true, "192.0.2.100")
            let position = tap.frames.end
            daemon.process.signal(SIGTERM)
            let resignation = try await tap.waitForAdvert(after: position, from: dut.ipv4, priority: 0)
            let isHeld = try await dut.holds("192.0.2.100")
            // A busy machine may have looked after the 1.25 s; the time of the log line below tells all the same.
            if Timestamp.now - resignation.time < .milliseconds(1_200) { #expect(isHeld) }
            let farewell = try await daemon.process.waitForLine(containing: "VI: has left", within: .seconds(10))
            #expect(farewell.time - resignation.time >= .milliseconds(1_200))
            #expect(try await daemon.process.waitForExit() == .exited(0))
            #expect(try await !dut.holds("192.0.2.100"))
            let adverts = tap.adverts(after: position).drop { $0.priority == 150 }
            #expect(adverts.dropLast().allSatisfy { $0.priority == 1 })
            #expect(adverts.last?.time == resignation.time)
            let first = try #require(adverts.first)
            #expect(resignation.time - first.time >= .milliseconds(490))
            #expect(resignation.time - first.time <= .milliseconds(1_500))
            for line in [
                "VI: hands over: advertises priority 1 instead of 150 for at most 500 ms",
                "VI: nobody has taken over within ",
                ": gives up with priority 0, and keeps the addresses for at most 1.25 s",
                "VI: has left, its addresses are removed although nobody has taken over",
            ] {
                #expect(daemon.process.output.contains(line), "\(daemon.process.output)")
            }
        }
    }

    @Test("A second SIGTERM or SIGINT leaves at once, with priority 0", arguments: [SIGTERM, SIGINT])
    func secondSignal(_ signal: Int32) async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let tap = try await lab.tap(keeping: \.isVRRP)
            let daemon = try await VRRPDaemon.start(
                on: dut.host, .keepalived(Self.quick), handsOver: true, arguments: ["--hand-over-timeout=60"])
            try await daemon.waitForState(.active, of: "VI")
            try await dut.waitUntil(holds: true, "192.0.2.100")
            let position = tap.frames.end
            daemon.process.signal(SIGTERM)
            _ = try await tap.waitForAdvert(after: position, from: dut.ipv4, priority: 1)
            try await Task.sleep(for: .seconds(1))
            let router = try await daemon.status().router("VI")
            #expect(router.state == .active)
            #expect(router.handOverPhase == "offering")
            #expect(try await dut.holds("192.0.2.100"))

            daemon.process.signal(signal)
            #expect(try await daemon.process.waitForExit(within: .seconds(1)) == .exited(0))
            #expect(try await !dut.holds("192.0.2.100"))
            let adverts = tap.adverts(after: position)
            #expect(adverts.last?.priority == 0)
            #expect(adverts.drop { $0.priority == 150 }.dropLast().allSatisfy { $0.priority == 1 })
        }
    }

    @Test("SIGHUP during a planned stop changes nothing, and the log says so")
    func reload() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await VRRPDaemon.start(
                on: dut.host, .keepalived(Self.quick), handsOver: true, arguments: ["--hand-over-timeout=60"])
            try await daemon.waitForState(.active, of: "VI")
            daemon.process.signal(SIGTERM)
            try await daemon.process.waitForLine(containing: "VI: hands over", within: .seconds(15))
            try daemon.reload(.routers([]))
            try await daemon.process.waitForLine(containing: "the daemon is stopping", within: .seconds(15))
            #expect(try await daemon.status().router("VI").state == .active)
            #expect(try await daemon.stop() == .exited(0))
        }
    }

    /// A virtual router that is active soon.
    private static let quick = KeepalivedInstance.file(KeepalivedInstance(priority: 150, interval: "0.1"))

    /// Starts the peer and waits until it is a backup that has heard the daemon.
    private func startPeer(of situation: Situation, on node: LabNode) async throws -> LabProcess {
        let file = situation.file(priority: 100, situation.peerLines)
        switch situation.peer {
        case .vrrpd:
            let daemon = try await VRRPDaemon.start(on: node.host, .keepalived(file))
            try await daemon.waitUntilListening("VI")
            try await daemon.status(when: "an advert heard") { try $0.router("VI").counter("advertisement-rcvd") > 0 }
            return daemon.process
        case .keepalived:
            let keepalived = try await KeepalivedPeer.start(on: node.host, configuration: file)
            try await keepalived.waitForState(.backup, instance: "VI", within: .seconds(15))
            try await Task.sleep(for: .seconds(1.2))
            return keepalived.process
        }
    }
}
