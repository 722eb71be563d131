import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Virtual addresses")
struct AddressTests {
    static let first = IPAddress.literal("192.0.2.100")
    static let second = IPAddress.literal("192.0.2.101")

    private static func tagged(_ text: String, tag: UInt8 = HostAddress.ownTag) -> HostAddress {
        var address = HostAddress(stringLiteral: text)
        address.originTag = tag
        return address
    }

    private static func restorations(_ bench: Bench) -> [Nanoseconds] {
        bench.lab.reports(from: Bench.name).compactMap { moment, report in
            if case .addressRestored = report { moment - .zero } else { nil }
        }
    }

    @Test("The owner adopts an address that its node has, and never removes it")
    func adoption() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.100/24"])
        lab.start("a", [.example(priority: .addressOwner)])
        lab.run(until: 2.0)
        #expect(lab.state("a") == .active)
        #expect(lab.router("a")?.primaryAddress == Self.first, "its only address is the source of its adverts")
        #expect(lab.adverts(from: "a").first?.datagram.source == Self.first)
        lab.shutDown("a")
        #expect(lab.holders(of: Self.first) == ["a"])
        #expect(lab.holders(of: Self.second) == [])
    }

    @Test("An owner whose address somebody takes away puts it back")
    func adoptedAddressIsRemoved() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24", "192.0.2.100/24"])
        lab.start("a", [.example(priority: .addressOwner)])
        lab.run(until: 2.0)
        lab.removeAddress(Self.first, of: "a")
        lab.run(until: 3.0)
        #expect(lab.holders(of: Self.first) == ["a"])
        #expect(lab.state("a") == .active)
    }

    @Test("Leftovers of a dead process go at the start, those that nobody configured any more included")
    func leftovers() {
        var lab = Lab()
        lab.addNode(
            "a",
            addresses: [
                "192.0.2.10/24", Self.tagged("192.0.2.100/32"), Self.tagged("192.0.2.77/32"),
                Self.tagged("192.0.2.55/32", tag: 0),
            ])
        lab.start("a", [.example()])
        #expect(lab.holders(of: Self.first) == [])
        #expect(lab.holders(of: .literal("192.0.2.77")) == [])
        #expect(lab.holders(of: .literal("192.0.2.55")) == ["a"], "what has no tag and no router is not ours")
        #expect(
            Set(lab.reports(from: "a").map(\.report)).isSuperset(of: [
                .leftoverRemoved(Self.first, interface: "eth0"),
                .leftoverRemoved(.literal("192.0.2.77"), interface: "eth0"),
            ]))
        #expect(lab.router("a")?.primaryAddress == .literal("192.0.2.10"))
    }

    @Test("A configured address without tag that stands at the start goes as well", arguments: [true, false])
    func leftoverWithoutTag(isReload: Bool) {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24", "192.0.2.100/24"])
        lab.start("a", isReload ? [] : [.example()])
        if isReload { lab.apply([.example()], to: "a") }
        #expect(lab.holders(of: Self.first) == [])
        #expect(lab.state("a") == .backup)
        lab.run(until: 5.0)
        #expect(lab.holders(of: Self.first) == ["a"])
    }

    @Test("19: After a crash the backup takes over, and the node that comes back gives its leftovers up at once")
    func crashAndRestart() {
        var lab = Lab()
        for (name, address, priority): (String, HostAddress, Priority) in [
            ("a", "192.0.2.10/24", 200), ("b", "192.0.2.20/24", 100),
        ] {
            lab.addNode(name, addresses: [address])
            lab.start(name, [.example(priority: priority) { $0.preemption = .never }])
        }
        lab.run(until: 10.0)
        let last = lab.adverts(from: "a").last!.moment
        lab.crash("a")
        lab.run(until: 20.0)
        #expect(lab.adverts(from: "a").last?.moment == last)
        #expect(lab.transitions(of: "b").last?.moment == last + .microseconds(50) + 3.609_375)
        #expect(lab.holders(of: Self.first) == ["a", "b"])
        lab.start("a")
        #expect(lab.holders(of: Self.first) == ["b"])
        lab.run(until: 30.0)
        #expect(lab.activeNodes() == ["b"])
    }

    @Test("An address that somebody removes is put back and announced")
    func removedAddressIsRestored() {
        var bench = Bench()
        bench.becomeActive()
        bench.run(until: 20.0)
        bench.lab.removeAddress(Self.first, of: Bench.name)
        bench.run(until: 22.0)
        #expect(bench.lab.holders(of: Self.first) == [Bench.name])
        #expect(bench.snapshot.statistics.addressesRestored == 1)
        #expect(Self.restorations(bench).count == 1)
        let announced = bench.lab.announcements(from: Bench.name, since: 20.0).map(\.announcement.address)
        #expect(announced == [Self.first, Self.first])
    }

    @Test("A fight about an address is fought once a second")
    func fightIsLimited() {
        var bench = Bench()
        bench.becomeActive()
        bench.run(until: 10.0)
        for step in 0..<500 {
            bench.lab.at(10.0 + .milliseconds(Int64(step) * 10)) { $0.removeAddress(Self.first, of: Bench.name) }
        }
        bench.run(until: 16.0)
        let moments = Self.restorations(bench)
        #expect(moments.count == 6)
        #expect(zip(moments, moments.dropFirst()).allSatisfy { $1 - $0 >= .seconds(1) })
        #expect(bench.lab.holders(of: Self.first) == [Bench.name])
    }

    @Test("An address that is removed while the router is a backup is nobody's business")
    func removalWhileBackup() {
        var bench = Bench()
        bench.lab.addAddress("192.0.2.100/24", of: Bench.name)
        bench.run(until: 1.0)
        bench.lab.removeAddress(Self.first, of: Bench.name)
        bench.run(until: 2.0)
        #expect(Self.restorations(bench).isEmpty)
        #expect(bench.lab.holders(of: Self.first) == [])
    }

    @Test("An address that the kernel refuses is tried each second, reported once, and announced when it stands")
    func refusedAddress() {
        var bench = Bench()
        bench.lab.configure(Bench.name) { $0.kernel.refusedAddresses = [Self.first] }
        let start = bench.becomeActive()
        bench.run(until: start + 10.5)
        let refusals = bench.lab.reports(from: Bench.name).filter {
            $0.report == .addressRefused(router: "vr", Self.first)
        }
        #expect(refusals.count == 1)
        #expect(bench.snapshot.addresses.map(\.isPresent) == [false, true])
        let before = bench.lab.announcements(from: Bench.name).map(\.announcement.address)
        #expect(!before.contains(Self.first))
        bench.lab.configure(Bench.name) { $0.kernel.refusedAddresses = [] }
        bench.run(until: start + 20.0)
        #expect(bench.snapshot.addresses.map(\.isPresent) == [true, true])
        #expect(bench.snapshot.statistics.addressesRestored == 0)
        let after = bench.lab.announcements(from: Bench.name, since: start + 10.5)
        #expect(after.map(\.announcement.address) == Array(repeating: Self.first, count: 5))
    }

    @Test(
        "What the engine itself removed is not put back by a notice that comes late",
        arguments: [0, 1, 20, 200], [0, 2])
    func lateNotice(delay: Int64, configurationDelay: Int64) {
        var bench = Bench()
        bench.lab.configure(Bench.name) {
            $0.noticeDelay = .milliseconds(delay)
            $0.configurationDelay = .milliseconds(configurationDelay)
        }
        bench.becomeActive()
        bench.run(until: 4.0)
        bench.hear(priority: 200, interval: .centiseconds(1))
        bench.run(until: 10.0)
        #expect(bench.state == .active)
        #expect(Self.restorations(bench).isEmpty)
        #expect(bench.lab.holders(of: Self.first) == [Bench.name])
        #expect(bench.snapshot.addresses.map(\.isPresent) == [true, true])
    }

    @Test(
        "57: Traffic to an address is refused while active where the router does not accept it, and never at an owner")
    func acceptMode() {
        var bench = Bench { $0.acceptMode = false }
        bench.becomeActive()
        #expect(bench.lab.node(Bench.name).kernel.refusedTraffic == [Self.first, Self.second])
        bench.lab.change(Bench.name) { $0[0].acceptMode = true }
        #expect(bench.lab.node(Bench.name).kernel.refusedTraffic == [])
        bench.lab.change(Bench.name) { $0[0].acceptMode = false }
        #expect(bench.lab.node(Bench.name).kernel.refusedTraffic == [Self.first, Self.second])
        bench.hear(priority: 200)
        #expect(bench.lab.node(Bench.name).kernel.refusedTraffic == [])

        var owner = Bench {
            $0.priority = .addressOwner
            $0.acceptMode = false
        }
        owner.run(until: 1.0)
        #expect(owner.lab.node(Bench.name).kernel.refusedTraffic == [])
    }

    @Test("Unadvertised addresses come and go with the others and stand in no advert")
    func unadvertisedAddresses() {
        var bench = Bench { $0.unadvertisedAddresses = ["198.51.100.1", "2001:db8::5"] }
        bench.becomeActive()
        bench.run(until: 4.0)
        #expect(bench.lab.holders(of: .literal("198.51.100.1")) == [Bench.name])
        #expect(bench.lab.holders(of: .literal("2001:db8::5")) == [Bench.name])
        #expect(bench.adverts.allSatisfy { $0.addresses == [Self.first, Self.second] })
        #expect(bench.lab.announcements(from: Bench.name).map(\.announcement.address).contains(.literal("2001:db8::5")))
        bench.hear(priority: 200)
        #expect(bench.lab.holders(of: .literal("198.51.100.1")) == [])
    }
}
