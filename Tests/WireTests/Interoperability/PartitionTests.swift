import NetworkLab
import Testing
import VRRP

@Suite(
    "A partition between vrrpd and keepalived",
    .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites + [.ping]), .timeLimit(.minutes(2)))
struct PartitionTests {
    private let address = "192.0.2.100"

    /// The parts come together in two steps, so that the winner hears the loser before the loser hears it. The other way
    /// round the loser would give up unheard, and nobody could know that hosts were led astray.
    @Test(
        "Case 127: a partition makes two active routers, its end leaves the better one, and hosts find that one",
        arguments: [true, false])
    func partitionHeals(daemonIsBetter: Bool) async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let host = try await lab.node("host", 50)
            let tap = try await lab.tap()
            let daemon = try await VRRPDaemon.start(
                on: dut.host, .keepalived(file(priority: daemonIsBetter ? 150 : 100)))
            let keepalived = try await KeepalivedPeer.start(
                on: peer.host, configuration: file(priority: daemonIsBetter ? 100 : 150))
            let (winner, loser) = daemonIsBetter ? (dut, peer) : (peer, dut)
            try await tap.waitForActive(winner.ipv4, for: .seconds(1))
            let pinger = try await Pinger.start(from: host.host, to: address, every: .milliseconds(50))
            try await pinger.waitForAnswer(within: .seconds(10))
            #expect(try await host.hardwareAddress(of: address) == lab.interface(of: winner.host).hardwareAddress)

            // The loser announces the address during the partition, so the host is led astray.
            try await lab.fail(dut.host, .withoutVRRP)
            try await tap.waitForActive(dut.ipv4, peer.ipv4, for: .seconds(1))
            let loserAddress = try await lab.interface(of: loser.host).hardwareAddress
            try await host.waitForHardwareAddress(loserAddress, of: address)
            try await loser.waitUntil(holds: true, address)

            let position = tap.frames.end
            try await lab.fail(dut.host, daemonIsBetter ? .withoutOutgoingVRRP : .withoutIncomingVRRP)
            _ = try await tap.waitForAdvert(after: tap.frames.end, from: loser.ipv4)
            try await lab.heal(dut.host)
            let healed = tap.frames.end
            try await tap.waitForActive(winner.ipv4, for: .milliseconds(600))
            try await loser.waitUntil(holds: false, address)
            let contest = tap.adverts(after: healed)
            let firstOfWinner = try #require(contest.first { $0.source == winner.ipv4 })
            // What was already under way when the winner was heard does not count.
            let late = contest.filter { $0.source == loser.ipv4 && $0.time - firstOfWinner.time > .milliseconds(50) }
            #expect(late.isEmpty)
            let winnerAddress = try await lab.interface(of: winner.host).hardwareAddress
            try await host.waitForHardwareAddress(winnerAddress, of: address)
            try await pinger.waitForAnswer(within: .seconds(10))
            let announcement = tap.frames(after: position) { $0.announces(address) && $0.source == winnerAddress }
            #expect(!announcement.isEmpty)
            expectRunning(daemon.process, keepalived.process)
        }
    }

    private func file(priority: Int) -> String {
        KeepalivedInstance.file(KeepalivedInstance(priority: priority, interval: "0.1"))
    }
}

extension LabNode {
    /// What the ARP cache says about an address.
    fileprivate func hardwareAddress(of address: String) async throws -> MACAddress? {
        let words = try await host.run("ip", ["neigh", "show", address, "dev", "eth0"]).split(separator: " ")
        guard let label = words.firstIndex(of: "lladdr"), label + 1 < words.count else { return nil }
        return MACAddress(words[label + 1])
    }

    fileprivate func waitForHardwareAddress(_ wanted: MACAddress, of address: String) async throws {
        let start = ContinuousClock.now
        while try await hardwareAddress(of: address) != wanted {
            guard ContinuousClock.now - start < .seconds(10) else {
                throw LabError.timedOut(
                    waitingFor: "\(wanted) as the neighbour \(address)", within: .seconds(10),
                    context: try await host.run("ip", ["neigh"]))
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
