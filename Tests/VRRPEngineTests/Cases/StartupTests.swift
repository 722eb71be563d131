import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("5.2 Startup and shutdown")
struct StartupTests {
    @Test("14: Priority 100 starts as a backup, says nothing and waits exactly 3.609375 s")
    func startsAsBackup() {
        var bench = Bench()
        #expect(bench.state == .backup)
        #expect(bench.deadline == 3.609_375)
        bench.run(until: 3.609_374_999)
        #expect(bench.adverts.isEmpty)
        bench.run(until: 3.609_375)
        #expect(bench.state == .active)
        #expect(bench.advertMoments == [3.609_375])
    }

    @Test("15: The address owner advertises and announces every address at once, then once an interval")
    func ownerStartsActive() {
        var bench = Bench { $0.priority = .addressOwner }
        bench.run(until: 2.0)
        #expect(bench.advertMoments == [0.0, 1.0, 2.0])
        let first = bench.lab.announcements(from: Bench.name).filter { $0.moment == .zero }
        #expect(first.map(\.announcement.address) == [.literal("192.0.2.100"), .literal("192.0.2.101")])
    }

    @Test("17: A shutdown while active sends one advert of priority 0 with the addresses, then removes them")
    func shutdownWhileActive() {
        var bench = Bench()
        bench.becomeActive()
        bench.run(until: 4.0)
        bench.lab.shutDown(Bench.name)
        let last = bench.adverts.last!
        #expect(bench.adverts.filter { $0.message.priority == 0 }.count == 1)
        #expect(last.message.priority == 0)
        #expect(last.addresses == [.literal("192.0.2.100"), .literal("192.0.2.101")])
        #expect(last.message.intervalCentiseconds == 100)
        #expect(bench.lab.holders(of: .literal("192.0.2.100")) == [])
        #expect(Self.position(of: last, in: bench) < Self.firstRemoval(in: bench))
    }

    @Test("18: A shutdown while backup sends nothing")
    func shutdownWhileBackup() {
        var bench = Bench()
        bench.run(until: 1.0)
        bench.lab.shutDown(Bench.name)
        bench.run(until: 10.0)
        #expect(bench.adverts.isEmpty)
    }

    @Test("20: A shutdown without effect in Initialize may be repeated")
    func repeatedShutdown() {
        var router = VirtualRouter(.init(), primaryAddress: .literal("192.0.2.10"))
        #expect(router.handle(.shutdown, at: .zero) == VirtualRouterOutcome())
        _ = router.handle(.startup, at: .zero)
        _ = router.handle(.shutdown, at: .zero)
        #expect(router.handle(.shutdown, at: .zero) == VirtualRouterOutcome())
        #expect(router.state == .initialize)
    }

    @Test("21: A link that comes back starts a backup that waits its whole time, formerly active or not")
    func linkDownAndUp() {
        var bench = Bench()
        bench.lab.configure(Bench.name) { $0.noticeDelay = .zero }
        bench.becomeActive()
        bench.lab.at(5.0) { $0.setInterface(of: Bench.name, isRunning: false) }
        bench.lab.at(7.0) { $0.setInterface(of: Bench.name, isRunning: true) }
        bench.run(until: 6.0)
        #expect(bench.state == .initialize)
        #expect(bench.snapshot.faults == [.interfaceDown("eth0")])
        #expect(bench.lab.holders(of: .literal("192.0.2.100")) == [])
        bench.run(until: 7.0)
        #expect(bench.deadline == 10.609_375)
        #expect(bench.snapshot.faults.isEmpty)
    }

    @Test("11: Without an address to send from the router stays in Initialize and says nothing")
    func withoutPrimaryAddress() {
        var lab = Lab()
        lab.addNode("a", addresses: ["2001:db8:0:1::10/64"])
        lab.start("a", [.example("four"), .example("six", family: .ipv6)])
        lab.run(until: 20.0)
        #expect(lab.state("a", "four") == .initialize)
        #expect(lab.router("a", "six")?.faults == [.noPrimaryAddress("eth0")])
        #expect(lab.adverts(from: "a").isEmpty)
        lab.addAddress("fe80::a/64", of: "a")
        lab.run(for: 1.0)
        #expect(lab.state("a", "six") == .backup)
        #expect(lab.state("a", "four") == .initialize)
    }

    @Test("12: IPv4 and IPv6 routers of the same identifier on an interface are independent")
    func familiesAreIndependent() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24", "fe80::a/64"])
        let four = VirtualRouterDefinition.example("four")
        lab.start("a", [four, .example("six", family: .ipv6)])
        lab.at(1.0) { $0.inject(.init(for: four, from: Bench.higher, priority: 200), into: "a") }
        lab.run(until: 4.0)
        #expect(lab.state("a", "four") == .backup)
        #expect(lab.state("a", "six") == .active)
    }

    @Test("22: An interface that is removed and made again is used again, and receives")
    func interfaceIsRecreated() {
        var bench = Bench()
        bench.becomeActive()
        bench.lab.removeInterface(of: Bench.name)
        bench.lab.run(for: 1.0)
        #expect(bench.state == .initialize)
        #expect(bench.snapshot.faults == [.interfaceMissing("eth0")])
        bench.lab.addInterface("eth0", to: Bench.name, addresses: ["192.0.2.10/24"])
        bench.lab.run(for: 0.1)
        #expect(bench.state == .backup)
        bench.hear(priority: 200)
        #expect(bench.snapshot.statistics.advertisementsReceived == 1)
        bench.lab.run(for: 4.0)
        #expect(bench.state == .active)
        #expect(bench.lab.holders(of: .literal("192.0.2.100")) == [Bench.name])
    }

    private static func position(of advert: SentAdvertisement, in bench: Bench) -> Int {
        bench.lab.trace.entries.firstIndex { $0.occurrence == .sent(advert) }!
    }

    private static func firstRemoval(in bench: Bench) -> Int {
        bench.lab.trace.entries.firstIndex {
            if case .addressRemoved = $0.occurrence { true } else { false }
        }!
    }
}
