import NetworkLab
import Testing
import VRRP

@Suite(
    "Fifty virtual routers beside keepalived", .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites),
    .timeLimit(.minutes(2)))
struct ManyRoutersTests {
    private let ids = 1...50
    /// Three intervals of 0.5 s and a skew of 156/256 of one.
    private let activeDownInterval = Duration.milliseconds(1_804)

    @Test("Fifty routers, half of them active on either side, fail over at once each way and are given up at once")
    func fiftyFailOver() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let even = file { $0.isMultiple(of: 2) ? 150 : 100 }
            let odd = file { $0.isMultiple(of: 2) ? 100 : 150 }
            let keepalived = try await KeepalivedPeer.start(on: peer.host, configuration: odd)
            let first = try await VRRPDaemon.start(on: dut.host, .keepalived(even))
            try await waitForShares(dut, peer)

            // keepalived takes all when the daemon is killed, and gives half of them back.
            first.kill()
            try await peer.waitUntil("all addresses", within: .seconds(15)) { held($0).count == ids.count }
            let second = try await VRRPDaemon.start(on: dut.host, .keepalived(even))
            try await waitForShares(dut, peer)

            // The daemon takes all when keepalived is killed, each at its time.
            let death = tap.frames.end
            keepalived.kill()
            try await dut.waitUntil("all addresses", within: .seconds(15)) { held($0).count == ids.count }
            for id in ids where !id.isMultiple(of: 2) {
                let last = try #require(tap.adverts(from: peer.ipv4, id: id).last)
                let takeover = try await tap.waitForAdvert(after: death, from: dut.ipv4, id: id)
                #expect(takeover.time - last.time >= activeDownInterval - .milliseconds(10))
                #expect(takeover.time - last.time <= activeDownInterval + .milliseconds(250))
            }

            let end = tap.frames.end
            #expect(try await second.stop() == .exited(0))
            let last = try await dut.host.addresses().map { String($0.prefix { $0 != "/" }) }
            #expect(held(last).isEmpty)
            for id in ids {
                let resignations = tap.adverts(after: end, from: dut.ipv4, id: id).filter { $0.priority == 0 }
                #expect(resignations.count == 1)
            }
            #expect(try tap.droppedByKernel() == 0)
        }
    }

    private func waitForShares(_ dut: LabNode, _ peer: LabNode) async throws {
        try await dut.waitUntil("the even addresses", within: .seconds(20)) {
            held($0) == ids.filter { $0.isMultiple(of: 2) }
        }
        try await peer.waitUntil("the odd addresses", within: .seconds(20)) {
            held($0) == ids.filter { !$0.isMultiple(of: 2) }
        }
    }

    /// The routers whose addresses are among `addresses`.
    private func held(_ addresses: [String]) -> [Int] {
        let addresses = Set(addresses)
        return ids.filter { addresses.contains("192.0.2.\(100 + $0)") }
    }

    private func file(priority: (Int) -> Int) -> String {
        KeepalivedInstance.file(
            ids.map { id in
                KeepalivedInstance(
                    name: "VI_\(id)", id: id, priority: priority(id), interval: "0.5",
                    addresses: ["192.0.2.\(100 + id)"])
            })
    }
}
