import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("What unicast adverts look like")
struct UnicastEnvelopeTests {
    private static func lab(_ change: (inout VirtualRouterDefinition) -> Void) -> Lab {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24", "2001:db8:0:1::10/64"])
        lab.addNode("b", addresses: ["192.0.2.20/24", "2001:db8:0:1::20/64"])
        let peers = ["192.0.2.10", "192.0.2.20"].map { UnicastPeer(address: .literal($0), minimumHopLimit: 1) }
        for (name, priority): (String, Priority) in [("a", 200), ("b", 100)] {
            lab.start(
                name,
                [
                    .example(priority: priority) {
                        $0.transport = .unicast(peers: peers)
                        change(&$0)
                    }
                ])
        }
        return lab
    }

    @Test("The TTL is the one of the definition; without one it is 255", arguments: [nil, 1, 64] as [UInt8?])
    func hopLimit(_ limit: UInt8?) {
        var lab = Self.lab { if let limit { $0.unicastHopLimit = limit } }
        lab.run(until: 8.0)
        #expect(!lab.adverts(from: "a").isEmpty)
        #expect(lab.adverts(from: "a").allSatisfy { $0.datagram.hopLimit == limit ?? 255 })
        #expect(lab.activeNodes() == ["a"])
    }

    @Test("The hop limit of IPv6 follows the definition, that of multicast never")
    func otherHopLimits() {
        var bench = Bench(
            .example("vr", family: .ipv6) {
                $0.transport = .unicast(peers: [UnicastPeer(address: .literal("2001:db8:0:1::20"))])
                $0.unicastHopLimit = 9
            })
        bench.becomeActive()
        #expect(bench.adverts.map(\.datagram.hopLimit) == [9])
        var multicast = Bench { $0.unicastHopLimit = 9 }
        multicast.becomeActive()
        #expect(multicast.adverts.map(\.datagram.hopLimit) == [255])
    }

    @Test("A checksum over the group's pseudo-header is sent where it is asked for, and heard by everybody")
    func oldChecksum() {
        var lab = Self.lab { $0.interoperability.transmittedChecksum = .pseudoHeaderOfGroup }
        lab.run(until: 8.0)
        #expect(lab.activeNodes() == ["a"])
        let counters = lab.router("b")?.statistics.checksumForms
        #expect((counters?.pseudoHeaderOfGroup ?? 0) >= 4)
        #expect(counters?.pseudoHeader == 0)
        lab.change("a") { $0[0].interoperability.transmittedChecksum = .pseudoHeader }
        lab.run(until: 12.0)
        #expect((lab.router("b")?.statistics.checksumForms.pseudoHeader ?? 0) >= 3)
        #expect(lab.router("b")?.statistics.discards.total == 0)
    }

    @Test("Multicast and IPv6 have no such checksum")
    func oldChecksumElsewhere() {
        var multicast = Bench { $0.interoperability.transmittedChecksum = .pseudoHeaderOfGroup }
        multicast.becomeActive()
        var usual = Bench()
        usual.becomeActive()
        #expect(multicast.adverts.map(\.frame) == usual.adverts.map(\.frame))
        func ipv6(_ form: TransmittedChecksumForm) -> [[UInt8]] {
            var bench = Bench(
                .example("vr", family: .ipv6) {
                    $0.transport = .unicast(peers: [UnicastPeer(address: .literal("2001:db8:0:1::20"))])
                    $0.interoperability.transmittedChecksum = form
                })
            bench.becomeActive()
            return bench.adverts.map(\.frame)
        }
        #expect(ipv6(.pseudoHeaderOfGroup) == ipv6(.pseudoHeader))
    }
}
