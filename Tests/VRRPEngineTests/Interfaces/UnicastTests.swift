import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Unicast")
struct UnicastTests {
    /// Every node has the same list of all nodes.
    private static let peers: [UnicastPeer] = ["192.0.2.10", "192.0.2.20", "192.0.2.30"].map {
        UnicastPeer(address: .literal($0))
    }

    private static func lab() -> Lab {
        var lab = Lab()
        for (name, address, priority): (String, HostAddress, Priority) in [
            ("a", "192.0.2.10/24", 200), ("b", "192.0.2.20/24", 100), ("c", "192.0.2.30/24", 50),
        ] {
            lab.addNode(name, addresses: [address])
            lab.start(name, [.example(priority: priority) { $0.transport = .unicast(peers: peers) }])
        }
        return lab
    }

    @Test("A list of all nodes may name the node itself, which sends only to the others")
    func skipsSelf() {
        var lab = Self.lab()
        lab.run(until: 4.0)
        #expect(lab.activeNodes() == ["a"])
        let destinations = Set(lab.adverts(from: "a").map(\.datagram.destination))
        #expect(destinations == [.literal("192.0.2.20"), .literal("192.0.2.30")])
        #expect(lab.router("a")?.statistics.advertisementsSent == UInt64(lab.adverts(from: "a").count))
        for name in ["a", "b", "c"] { #expect(lab.router(name)?.statistics.discards.total == 0) }
    }

    @Test("The best of the others takes over, and gives back")
    func takeover() {
        var lab = Self.lab()
        lab.at(10.0) { $0.crash("a") }
        lab.at(20.0) { $0.start("a") }
        lab.run(until: 19.0)
        #expect(lab.activeNodes() == ["b"])
        lab.run(until: 30.0)
        #expect(lab.activeNodes() == ["a"])
    }

    @Test("A packet from none of the peers is discarded, and one from further away where it is not allowed")
    func foreignPackets() {
        var lab = Self.lab()
        lab.change("b") { routers in
            routers[0].transport = .unicast(peers: [.init(address: .literal("192.0.2.10"), minimumHopLimit: 64)])
        }
        let router = lab.node("b").definitions.virtualRouters[0]
        func advert(from source: String, hopLimit: UInt8) -> ForgedAdvertisement {
            var advert = ForgedAdvertisement(for: router, from: .literal(source), priority: 200)
            advert.destination = .literal("192.0.2.20")
            advert.mutation = { $0[14 + 8] = hopLimit }
            return advert
        }
        lab.inject(advert(from: "192.0.2.99", hopLimit: 255), into: "b")
        #expect(lab.router("b")?.statistics.discards[.source] == 1)
        lab.inject(advert(from: "192.0.2.10", hopLimit: 63), into: "b")
        #expect(lab.router("b")?.statistics.discards[.hopLimit] == 1)
        lab.inject(advert(from: "192.0.2.10", hopLimit: 64), into: "b")
        #expect(lab.router("b")?.statistics.advertisementsReceived == 1)
    }
}
