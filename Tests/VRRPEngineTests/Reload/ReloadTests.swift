import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Reload by difference")
struct ReloadTests {
    static let routers: [VirtualRouterDefinition] = [
        .example("one", id: 1, priority: 200, addresses: ["192.0.2.101"]),
        .example("two", id: 2, priority: 150, addresses: ["192.0.2.102"]) {
            $0.advertisementInterval = .centiseconds(30)
        },
        .example("three", id: 3, priority: 50, addresses: ["192.0.2.103", "192.0.2.113"]),
    ]

    /// Three nodes of which `a` is active for two routers and backup for one, at rest after ten seconds.
    static func lab() -> Lab {
        var lab = Lab()
        for (name, address) in [("a", "192.0.2.10/24"), ("b", "192.0.2.20/24"), ("c", "192.0.2.30/24")] {
            lab.addNode(name, addresses: [HostAddress(stringLiteral: address)])
        }
        lab.start("a", routers)
        lab.start("b", routers.map { router in changed(router) { $0.priority = 100 } })
        lab.run(until: 10.05)
        return lab
    }

    static func changed(
        _ router: VirtualRouterDefinition, _ change: (inout VirtualRouterDefinition) -> Void
    ) -> VirtualRouterDefinition {
        var router = router
        change(&router)
        return router
    }

    struct Difference: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var change: @Sendable (inout [VirtualRouterDefinition]) -> Void
    }

    @Test(
        "What did not change sends the same octets at the same times as without the reload",
        arguments: [
            Difference(testDescription: "nothing changes") { _ in },
            Difference(testDescription: "another order") { $0.reverse() },
            Difference(testDescription: "another router's priority") { $0[0].priority = 120 },
            Difference(testDescription: "another router's addresses") { $0[0].addresses.append("192.0.2.199") },
            Difference(testDescription: "another router's version") { $0[0].version = .v2 },
            Difference(testDescription: "another router goes") { $0.removeFirst() },
            Difference(testDescription: "a router comes") {
                $0.append(.example("new", id: 9, addresses: ["192.0.2.109"]))
            },
            Difference(testDescription: "a router goes and another one comes") {
                $0[0] = .example("new", id: 9, addresses: ["192.0.2.109"])
            },
        ])
    func unchangedRoutersAreLeftAlone(_ difference: Difference) throws {
        var without = Self.lab()
        var with = without
        with.change("a", difference.change)
        without.run(until: 25.0)
        with.run(until: 25.0)
        for lab in [without, with] { try #require(lab.violation == nil, "\(lab.failureReport())") }
        for name in ["two", "three"] {
            for node in ["a", "b"] {
                #expect(Self.adverts(of: name, from: node, in: with) == Self.adverts(of: name, from: node, in: without))
            }
            #expect(with.router("a", name)?.since == without.router("a", name)?.since)
            #expect(with.router("a", name)?.statistics == without.router("a", name)?.statistics)
        }
    }

    @Test("A router that goes gives up under its own identifier although another one takes its place")
    func lastAdvertIsItsOwn() {
        var lab = Self.lab()
        lab.change("a") { $0[0] = .example("new", id: 9, addresses: ["192.0.2.109"]) }
        let last = lab.adverts(from: "a", since: 10.05).filter { $0.message.priority == 0 }
        #expect(last.map(\.message.virtualRouterID) == [1])
        #expect(last.map(\.addresses) == [[.literal("192.0.2.101")]])
    }

    @Test("62: An address added while active is announced alone and listed by the next advert")
    func addressAdded() {
        var lab = Self.lab()
        lab.change("a") { $0[0].addresses.append("192.0.2.199") }
        lab.run(until: 20.0)
        let announced = lab.announcements(from: "a", since: 10.05).map(\.announcement.address)
        #expect(Set(announced) == [.literal("192.0.2.199")])
        #expect(announced.count == AnnouncementPlan().afterBecomingActive.count)
        let next = lab.adverts(from: "a", since: 10.05).first { $0.message.virtualRouterID == 1 }
        #expect(next?.addresses == [.literal("192.0.2.101"), .literal("192.0.2.199")])
        #expect(lab.holders(of: .literal("192.0.2.199")) == ["a"])
        #expect(lab.router("a", "one")?.statistics.becameActive == 1)
    }

    @Test("62: An address removed while active goes, the others stay, and the next advert lists one less")
    func addressRemoved() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.start("a", [.example()])
        lab.run(until: 10.0)
        lab.change("a") { $0[0].addresses.removeFirst() }
        lab.run(until: 12.0)
        #expect(lab.holders(of: .literal("192.0.2.100")) == [])
        #expect(lab.holders(of: .literal("192.0.2.101")) == ["a"])
        #expect(lab.adverts(from: "a").last?.addresses == [.literal("192.0.2.101")])
        #expect(lab.announcements(from: "a", since: 10.0).isEmpty)
    }

    @Test("An address may move from one router to another in one reload")
    func addressMoves() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.start(
            "a",
            [
                .example("one", id: 1, addresses: ["192.0.2.101", "192.0.2.109"]),
                .example("two", id: 2, addresses: ["192.0.2.102"]),
            ])
        lab.run(until: 5.0)
        lab.change("a") { routers in
            routers[0].addresses.removeLast()
            routers[1].addresses.append("192.0.2.109")
        }
        lab.run(until: 6.5)
        #expect(lab.holders(of: .literal("192.0.2.109")) == ["a"])
        #expect(lab.router("a", "two")?.addresses.map(\.isPresent) == [true, true])
        #expect(
            !lab.reports(from: "a", since: 5.0).contains {
                if case .addressRestored = $0.report { true } else { false }
            })
    }

    @Test("An address whose prefix changes is configured anew and not taken for a stranger's removal")
    func prefixChanges() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.start("a", [.example()])
        lab.run(until: 5.0)
        lab.change("a") { $0[0].addresses[0] = "192.0.2.100/24" }
        lab.run(until: 7.0)
        let address = lab.node("a").kernel.dump[0].addresses.first { $0.address == .literal("192.0.2.100") }
        #expect(address?.prefixLength == 24)
        #expect(lab.router("a")?.statistics.addressesRestored == 0)
    }

    @Test("Definitions that are wrong change nothing")
    func wrongDefinitionsChangeNothing() {
        var engine = Engine()
        var effects: [Effect] = []
        #expect(throws: Never.self) {
            try engine.apply(Definitions(generation: 1, virtualRouters: Self.routers), at: .zero, effects: &effects)
        }
        effects.removeAll()
        var wrong = Self.routers
        wrong[2].addresses = ["224.0.0.1"]
        #expect(throws: DefinitionError.self) {
            try engine.apply(Definitions(generation: 2, virtualRouters: wrong), at: .zero, effects: &effects)
        }
        #expect(effects.isEmpty)
        #expect(engine.definitions == Definitions(generation: 1, virtualRouters: Self.routers))
    }

    @Test("A name is no part of what a router is: renaming keeps its state")
    func renaming() {
        var lab = Self.lab()
        let since = lab.router("a", "one")?.since
        lab.change("a") { $0[0].name = "uno" }
        lab.run(until: 12.0)
        #expect(lab.router("a", "uno")?.since == since)
        #expect(lab.state("a", "uno") == .active)
    }

    @Test("A longer interval takes effect after the running period, a shorter one within its own")
    func intervalWhileActive() {
        var bench = Bench()
        let start = bench.becomeActive()
        bench.run(until: start + 0.1)
        bench.lab.change(Bench.name) { $0[0].advertisementInterval = .centiseconds(200) }
        #expect(bench.deadline == start + 1.0)
        bench.run(until: start + 1.5)
        bench.lab.change(Bench.name) { $0[0].advertisementInterval = .centiseconds(10) }
        #expect(bench.deadline == start + 1.6)
    }

    private static func adverts(of router: String, from node: String, in lab: Lab) -> [SentAdvertisement] {
        let id = routers.first { $0.name == router }!.virtualRouterID.rawValue
        return lab.adverts(from: node).filter { $0.message.virtualRouterID == id }
    }
}
