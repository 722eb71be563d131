import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Routers whose adverts have an authentication header")
struct AuthenticationHeaderTests {
    private static func router(
        _ priority: Priority = 100, key: String = "s3cret", _ change: (inout VirtualRouterDefinition) -> Void = { _ in }
    ) -> VirtualRouterDefinition {
        .example(priority: priority) {
            $0.version = .v2
            $0.authentication = .authenticationHeader(key: SimpleTextPassword(key)!)
            change(&$0)
        }
    }

    private static func lab(
        keys: [String] = ["s3cret", "s3cret"], priorities: [Priority] = [200, 100],
        _ change: (inout VirtualRouterDefinition) -> Void = { _ in }
    ) -> Lab {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.addNode("b", addresses: ["192.0.2.20/24"])
        for (place, name) in ["a", "b"].enumerated() {
            lab.start(name, [router(priorities[place], key: keys[place], change)])
        }
        return lab
    }

    private static func failures(_ lab: Lab, _ name: String) -> UInt64 {
        lab.router(name)?.statistics.discards[.authenticationFailure] ?? 0
    }

    @Test("They elect one, fail over, and take back one that starts anew from 0", arguments: [false, true])
    func election(isUnicast: Bool) {
        var lab = Self.lab { router in
            guard isUnicast else { return }
            router.transport = .unicast(
                peers: ["192.0.2.10", "192.0.2.20"].map { UnicastPeer(address: .literal($0)) })
        }
        lab.run(until: 10.0)
        #expect(lab.activeNodes() == ["a"])
        lab.crash("a")
        lab.run(until: 20.0)
        #expect(lab.activeNodes() == ["b"])
        lab.start("a")
        lab.run(until: 30.0)
        #expect(lab.activeNodes() == ["a"])
        #expect(Self.failures(lab, "a") == 0)
        #expect(Self.failures(lab, "b") == 0)
        #expect(lab.violation == nil)
        let numbers = ["a", "b"].flatMap { lab.adverts(from: $0) }.sorted { $0.moment < $1.moment }
            .compactMap(\.datagram.authenticationHeader?.sequenceNumber)
        #expect(numbers.count >= 20)
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test("An owner that starts anew sends low numbers until it hears those of the others, and is obeyed then")
    func owner() {
        var lab = Self.lab(priorities: [255, 100])
        lab.run(until: 60.0)
        lab.crash("a")
        lab.run(until: 70.0)
        #expect(lab.activeNodes() == ["b"])
        lab.start("a")
        lab.run(until: 75.0)
        #expect(lab.activeNodes() == ["a"])
        #expect(Self.failures(lab, "b") > 0)
    }

    @Test("After a partition in which one has sent far more than the other they agree again", arguments: [true, false])
    func partition(answers: Bool) {
        for (first, second): (Priority, Priority) in [(200, 100), (100, 200), (100, 99)] {
            var lab = Self.lab(priorities: [first, second]) { $0.interoperability.answersLowerPriority = answers }
            lab.run(until: 10.0)
            lab.partition(["a"], from: ["b"])
            lab.at(15.0) { $0.crash("b") }
            lab.at(25.0) { $0.start("b") }
            lab.run(until: 60.0)
            #expect(lab.activeNodes() == ["a", "b"])
            lab.heal()
            lab.run(until: 65.0)
            #expect(lab.activeNodes() == [first > second ? "a" : "b"])
        }
    }

    @Test("Two that have become active at one moment, with the same numbers, do not refuse each other for ever")
    func crossing() {
        var lab = Self.lab(priorities: [100, 100])
        lab.partition(["a"], from: ["b"])
        lab.run(until: 20.0)
        #expect(lab.activeNodes() == ["a", "b"])
        lab.heal()
        lab.run(until: 25.0)
        #expect(lab.activeNodes() == ["b"])
    }

    @Test("With another key on one side both are active, and each counts the other's adverts as failures")
    func otherKey() {
        var lab = Self.lab(keys: ["s3cret", "secret"])
        lab.run(until: 15.0)
        #expect(lab.activeNodes() == ["a", "b"])
        for name in ["a", "b"] {
            #expect(Self.failures(lab, name) >= 5)
            #expect(lab.router(name)?.statistics.advertisementsReceived == 0)
        }
    }

    @Test("An advert without the header, and one that was heard before, have no say")
    func strangers() {
        var bench = Bench(Self.router())
        bench.becomeActive()
        bench.hear(priority: 200) { $0.contents.authentication = .none }
        bench.hear(priority: 200) { $0.contents.authentication = .simpleText(SimpleTextPassword("s3cret")!) }
        #expect(bench.snapshot.statistics.discards[.authenticationMismatch] == 2)
        #expect(bench.state == .active)
        bench.hear(priority: 200) { $0.sequenceNumber = 50 }
        #expect(bench.state == .backup)
        bench.run(until: 60.0)
        #expect(bench.state == .active)
        bench.hear(priority: 200) { $0.sequenceNumber = 50 }
        #expect(bench.state == .active)
        #expect(bench.snapshot.statistics.discards[.authenticationFailure] == 1)
        #expect(bench.adverts.compactMap { $0.datagram.authenticationHeader?.sequenceNumber }.max()! > 50)
    }

    @Test("Both kinds of advert are listened to, and the header only while somebody uses it")
    func subscriptions() {
        var bench = Bench(Self.router())
        func kinds() -> [Bool] {
            bench.lab.node(Bench.name).subscriptions.map(\.hasAuthenticationHeader).sorted { !$0 && $1 }
        }
        #expect(kinds() == [false, true])
        bench.lab.change(Bench.name) { $0[0].authentication = .none }
        #expect(kinds() == [false])
        bench.lab.change(Bench.name) { $0[0].authentication = .authenticationHeader(key: SimpleTextPassword("x")!) }
        #expect(kinds() == [false, true])
    }

    @Test("A reload that changes the group, or leaves it for peers, is listened to")
    func transport() {
        var bench = Bench(Self.router())
        func groups() -> Set<IPAddress?> { Set(bench.lab.node(Bench.name).subscriptions.map(\.group)) }
        #expect(groups() == [AddressFamily.ipv4.vrrpGroup])
        bench.lab.change(Bench.name) { $0[0].transport = .multicast(group: .literal("224.0.0.99")) }
        #expect(groups() == [.literal("224.0.0.99")])
        let peer = UnicastPeer(address: .literal("192.0.2.20"))
        bench.lab.change(Bench.name) { $0[0].transport = .unicast(peers: [peer]) }
        #expect(groups() == [nil])
    }

    @Test("Another key with a reload is used at once, and numbers go on")
    func reload() {
        var lab = Self.lab()
        lab.run(until: 10.0)
        let last = lab.adverts(from: "a").last?.datagram.authenticationHeader?.sequenceNumber
        for name in ["a", "b"] {
            lab.change(name) { $0[0].authentication = .authenticationHeader(key: SimpleTextPassword("other")!) }
        }
        lab.run(until: 20.0)
        #expect(lab.activeNodes() == ["a"])
        #expect(Self.failures(lab, "b") == 0)
        let later = lab.adverts(from: "a", since: 10.0).compactMap(\.datagram.authenticationHeader?.sequenceNumber)
        #expect(later.count >= 9)
        #expect(later.allSatisfy { $0 >= last ?? 0 })
    }

    @Test("What is kept of a sent advert is what was sent")
    func capture() throws {
        var bench = Bench(Self.router())
        bench.becomeActive()
        bench.run(until: 8.0)
        let kept = try #require(bench.lab.node(Bench.name).engine.capture(ofRouter: "vr")).adverts
            .filter { $0.decision == .sent }.map(\.octets)
        let sent = bench.adverts.map { Array($0.frame.dropFirst(14).prefix(96)) }
        #expect(kept.count >= 3)
        #expect(kept == sent.suffix(kept.count))
    }
}
