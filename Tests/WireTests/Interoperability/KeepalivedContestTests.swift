import NetworkLab
import Testing
import VRRP

@Suite(
    "Contests between vrrpd and keepalived", .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites),
    .timeLimit(.minutes(2)))
struct KeepalivedContestTests {
    private let address = "192.0.2.100"
    /// Far less than the interval of 1 s, far more than an answer takes.
    private let atOnce = Duration.milliseconds(250)

    @Test("Case 121: keepalived answers a worse vrrpd's adverts at once, which steps down when it hears the first")
    func keepalivedAnswersWorseDaemon() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap()
            // The daemon is deaf, so it becomes active beside keepalived.
            try await lab.fail(dut.host, .withoutIncomingVRRP)
            let keepalived = try await KeepalivedPeer.start(on: peer.host, configuration: file(priority: 150))
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(file(priority: 100)))
            try await keepalived.waitForState(.master, instance: "VI", within: .seconds(15))
            try await daemon.waitForState(.active, of: "VI")
            try await tap.waitForActive(dut.ipv4, peer.ipv4, for: .seconds(3))
            let unanswered = tap.adverts(from: dut.ipv4).dropLast().filter { advert in
                let interval = advert.time..<advert.time.advanced(by: atOnce)
                let announced = tap.frames { frame in
                    interval.contains(frame.time) && frame.announces(address)
                        && frame.packet == nil
                }
                let answers = tap.adverts(from: peer.ipv4).filter { interval.contains($0.time) }
                return answers.isEmpty || announced.isEmpty
            }
            // The first of them may have come before keepalived was master.
            #expect(unanswered.count <= 1)

            try await lab.heal(dut.host)
            let position = tap.frames.end
            try await daemon.waitForState(.backup, of: "VI")
            try await dut.waitUntil(holds: false, address)
            #expect(tap.adverts(after: position, from: dut.ipv4).count <= 1)
            expectRunning(daemon.process, keepalived.process)
        }
    }

    @Test("Case 121: vrrpd answers a worse keepalived's adverts at once, which steps down when it hears the first")
    func daemonAnswersWorseKeepalived() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap()
            try await lab.fail(peer.host, .withoutIncomingVRRP)
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(file(priority: 150)))
            let keepalived = try await KeepalivedPeer.start(on: peer.host, configuration: file(priority: 100))
            try await daemon.waitForState(.active, of: "VI")
            try await keepalived.waitForState(.master, instance: "VI", within: .seconds(15))
            try await tap.waitForActive(dut.ipv4, peer.ipv4, for: .seconds(3))
            let unanswered = tap.adverts(from: peer.ipv4).dropLast().filter { advert in
                let interval = advert.time..<advert.time.advanced(by: atOnce)
                let announced = tap.frames { interval.contains($0.time) && $0.announces(address) }
                return announced.isEmpty || !tap.adverts(from: dut.ipv4).contains { interval.contains($0.time) }
            }
            #expect(unanswered.count <= 1)
            #expect(try await daemon.status().router("VI").counter("contests-won") > 0)

            let log = keepalived.process.lines.end
            try await lab.heal(peer.host)
            let position = tap.frames.end
            try await keepalived.waitForState(.backup, instance: "VI", after: log, within: .seconds(15))
            #expect(tap.adverts(after: position, from: peer.ipv4).count <= 1)
            try await peer.waitUntil(holds: false, address)
            expectRunning(daemon.process, keepalived.process)
        }
    }

    private func file(priority: Int) -> String { KeepalivedInstance.file(KeepalivedInstance(priority: priority)) }
}

extension Timestamp {
    /// The point in time `duration` later.
    fileprivate func advanced(by duration: Duration) -> Timestamp {
        Timestamp(nanoseconds: nanoseconds + Int64(duration.inSeconds * 1e9))
    }
}
