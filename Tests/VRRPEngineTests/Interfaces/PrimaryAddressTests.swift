import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("The source of adverts")
struct PrimaryAddressTests {
    @Test("10: The source is the primary address, neither a secondary nor a virtual one")
    func primaryAddress() {
        var lab = Lab()
        var secondary: HostAddress = "192.0.2.3/24"
        secondary.isSecondary = true
        lab.addNode("a", addresses: ["192.0.2.1/32", "192.0.2.10/24"].map { $0 } + [secondary])
        lab.start("a", [.example(addresses: ["192.0.2.1"])])
        lab.run(until: 4.0)
        #expect(lab.adverts(from: "a").map(\.datagram.source) == [.literal("192.0.2.10")])
    }

    @Test("10: After a change of the primary address the next advert comes from the new one")
    func primaryAddressChanges() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24", "192.0.2.11/24"])
        lab.start("a", [.example()])
        lab.run(until: 4.0)
        lab.removeAddress(.literal("192.0.2.10"), of: "a")
        lab.run(until: 5.0)
        #expect(lab.adverts(from: "a").map(\.datagram.source) == [.literal("192.0.2.10"), .literal("192.0.2.11")])
        #expect(lab.transitions(of: "a").count == 2, "the router stays active")
    }

    @Test("A configured source wins over the primary address")
    func configuredSource() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24", "192.0.2.11/24"])
        lab.start("a", [.example { $0.sourceAddress = .literal("192.0.2.11") }])
        lab.run(until: 4.0)
        #expect(lab.adverts(from: "a").map(\.datagram.source) == [.literal("192.0.2.11")])
    }

    @Test("A tentative address is not used until it is confirmed")
    func tentativeAddress() {
        var lab = Lab()
        var address: HostAddress = "fe80::a/64"
        address.isTentative = true
        lab.addNode("a", addresses: [address])
        lab.start("a", [.example(family: .ipv6)])
        lab.run(until: 1.0)
        #expect(lab.state("a") == .initialize)
        lab.removeAddress(.literal("fe80::a"), of: "a")
        lab.addAddress("fe80::a/64", of: "a")
        lab.run(until: 2.0)
        #expect(lab.state("a") == .backup)
    }

    @Test("A changed hardware address goes into the next advert and the next announcement")
    func renamedInterface() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.start("a", [.example { $0.interface = "lan0" }])
        lab.run(until: 1.0)
        #expect(lab.router("a")?.faults == [.interfaceMissing("lan0")])
        lab.addInterface("lan0", to: "a", addresses: ["192.0.2.11/24"])
        lab.run(until: 6.0)
        #expect(lab.state("a") == .active)
        #expect(lab.adverts(from: "a").first?.datagram.source == .literal("192.0.2.11"))
    }
}

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
        lab.configure("b") { $0.timerLateness = .zero }
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
