import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Several virtual routers with one identifier")
struct SharedIdentifierTests {
    private static func unicast(
        _ name: String, _ address: VirtualAddress, priority: Priority, to peers: [String]
    ) -> VirtualRouterDefinition {
        .example(name, priority: priority, addresses: [address]) {
            $0.transport = .unicast(peers: peers.map { UnicastPeer(address: .literal($0)) })
        }
    }

    private static func east(_ priority: Priority, to peer: String) -> VirtualRouterDefinition {
        unicast("east", "192.0.2.101", priority: priority, to: [peer])
    }

    private static func west(_ priority: Priority, to peer: String) -> VirtualRouterDefinition {
        unicast("west", "192.0.2.102", priority: priority, to: [peer])
    }

    /// Node `a` shares one virtual router with `b` and another with `c`.
    private static func pairs() -> Lab {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.addNode("b", addresses: ["192.0.2.20/24"])
        lab.addNode("c", addresses: ["192.0.2.30/24"])
        lab.start("a", [east(200, to: "192.0.2.20"), west(50, to: "192.0.2.30")])
        lab.start("b", [east(100, to: "192.0.2.10")])
        lab.start("c", [west(100, to: "192.0.2.10")])
        return lab
    }

    @Test("Peers tell them apart: each has an election of its own")
    func peers() {
        var lab = Self.pairs()
        lab.at(20.0) { $0.crash("c") }
        lab.at(30.0) { $0.start("c") }
        lab.at(40.0) { $0.crash("a") }
        lab.run(until: 19.0)
        #expect(lab.activeNodes("east") == ["a"] && lab.activeNodes("west") == ["c"])
        lab.run(until: 29.0)
        #expect(lab.activeNodes("east") == ["a"] && lab.activeNodes("west") == ["a"])
        #expect(lab.router("a", "east")?.statistics.becameActive == 1)
        lab.run(until: 39.0)
        #expect(lab.activeNodes("west") == ["c"])
        for name in ["east", "west"] { #expect(lab.router("a", name)?.statistics.discards.total == 0) }
        lab.run(until: 49.0)
        #expect(lab.activeNodes("east") == ["b"] && lab.activeNodes("west") == ["c"])
    }

    @Test("Groups tell them apart, and a group from peers")
    func groups() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.addNode("b", addresses: ["192.0.2.20/24"])
        func routers(_ priorities: (Priority, Priority, Priority), peer: String) -> [VirtualRouterDefinition] {
            [
                .example("usual", priority: priorities.0, addresses: ["192.0.2.101"]),
                .example("other", priority: priorities.1, addresses: ["192.0.2.102"]) {
                    $0.transport = .multicast(group: .literal("224.0.0.118"))
                },
                Self.unicast("direct", "192.0.2.103", priority: priorities.2, to: [peer]),
            ]
        }
        lab.start("a", routers((200, 50, 200), peer: "192.0.2.20"))
        lab.start("b", routers((100, 100, 100), peer: "192.0.2.10"))
        lab.run(until: 20.0)
        #expect(lab.activeNodes("usual") == ["a"])
        #expect(lab.activeNodes("other") == ["b"])
        #expect(lab.activeNodes("direct") == ["a"])
        for name in ["usual", "other", "direct"] {
            #expect(lab.router("a", name)?.statistics.discards.total == 0)
            #expect(lab.router("b", name)?.statistics.discards.total == 0)
        }
    }

    @Test("A second one comes, the order changes, and one goes; what stays keeps its state")
    func reload() {
        var lab = Self.pairs()
        lab.change("a") { $0.removeLast() }
        lab.run(until: 10.0)
        let since = lab.router("a", "east")?.since
        lab.change("a") { $0.insert(Self.west(200, to: "192.0.2.30"), at: 0) }
        lab.run(until: 20.0)
        #expect(lab.router("a", "east")?.since == since)
        #expect(lab.activeNodes("east") == ["a"] && lab.activeNodes("west") == ["a"])
        let sinceLater = lab.router("a", "west")?.since
        // While nobody knew the western pair, its adverts were the eastern one's to discard.
        func discards() -> [UInt64?] { ["east", "west"].map { lab.router("a", $0)?.statistics.discards.total } }
        let before = discards()
        lab.change("a") { $0.reverse() }
        lab.run(until: 21.0)
        #expect(lab.router("a", "east")?.since == since && lab.router("a", "west")?.since == sinceLater)
        #expect(discards() == before)
        lab.change("a") { $0.removeFirst() }
        lab.run(until: 30.0)
        #expect(lab.router("a", "west")?.since == sinceLater)
        #expect(lab.activeNodes("east") == ["b"] && lab.activeNodes("west") == ["a"])
    }

    @Test("What comes from nobody's peer counts as discarded")
    func stranger() throws {
        var lab = Self.pairs()
        lab.run(until: 10.0)
        let router = try #require(lab.node("a").definitions.virtualRouters.first)
        var advert = ForgedAdvertisement(for: router, from: .literal("192.0.2.99"), priority: 250)
        advert.destination = .literal("192.0.2.10")
        lab.inject(advert, into: "a")
        let discards = ["east", "west"].map { lab.router("a", $0)?.statistics.discards[.source] ?? 0 }
        #expect(discards.reduce(0, +) == 1)
        #expect(lab.activeNodes("east") == ["a"] && lab.activeNodes("west") == ["c"])
    }

    @Test("Addresses of the node's own tell them apart; a node in its own list is no peer that they share")
    func sources() throws {
        var (one, two) = (Self.east(100, to: "192.0.2.20"), Self.west(100, to: "192.0.2.20"))
        #expect(!one.isToldApart(from: two))
        one.sourceAddress = .literal("192.0.2.10")
        #expect(!one.isToldApart(from: two))
        two.sourceAddress = .literal("192.0.2.11")
        #expect(one.isToldApart(from: two))
        try Definitions(virtualRouters: [one, two]).validate()
        one = Self.unicast("east", "192.0.2.101", priority: 100, to: ["192.0.2.10", "192.0.2.20"])
        two = Self.unicast("west", "192.0.2.102", priority: 100, to: ["192.0.2.10", "192.0.2.30"])
        #expect(!one.isToldApart(from: two))
        one.sourceAddress = .literal("192.0.2.10")
        #expect(one.isToldApart(from: two))
    }

    @Test("Of three, each is told apart from each; a virtual MAC is on a link once")
    func refused() throws {
        let one = Self.east(100, to: "192.0.2.20")
        let two = Self.west(100, to: "192.0.2.30")
        var three = Self.unicast("third", "192.0.2.103", priority: 100, to: ["192.0.2.40", "192.0.2.30"])
        let error = #expect(throws: DefinitionError.self) {
            try Definitions(virtualRouters: [one, two, three]).validate()
        }
        #expect(error?.field == "virtualRouterID" && error?.position == 2)
        #expect(error?.problem.contains("virtualRouters[1]") == true)
        three.transport = .multicast(group: .literal("224.0.0.18"))
        try Definitions(virtualRouters: [one, two, three]).validate()
        var (first, second) = (one, three)
        first.virtualMAC = .init(name: "vrrp.1")
        second.virtualMAC = .init(name: "vrrp.2")
        #expect(throws: DefinitionError.self) { try Definitions(virtualRouters: [first, second]).validate() }
    }
}
