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

    @Test(
        "Adverts of a peer are accepted between its lowest and its highest TTL",
        arguments: [(59, 1), (60, 0), (64, 0), (65, 1)] as [(UInt8, UInt64)])
    func hopLimitRange(_ limit: UInt8, _ discards: UInt64) {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        var peer = UnicastPeer(address: .literal("192.0.2.20"), minimumHopLimit: 60)
        peer.maximumHopLimit = 64
        let router = VirtualRouterDefinition.example { $0.transport = .unicast(peers: [peer]) }
        lab.start("a", [router])
        var advert = ForgedAdvertisement(for: router, from: peer.address, priority: 200)
        advert.destination = .literal("192.0.2.10")
        advert.mutation = { $0[14 + 8] = limit }
        lab.inject(advert, into: "a")
        #expect(lab.router("a")?.statistics.discards[.hopLimit] == discards)
        #expect(lab.router("a")?.statistics.advertisementsReceived == 1 - discards)
    }
}
