import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Virtual addresses that somebody else configures")
struct StrayAddressTests {
    private static let ipv4 = IPAddress.literal("192.0.2.100")
    private static let ipv6 = IPAddress.literal("2001:db8:0:1::64")

    private static func bench(_ address: HostAddress) -> Bench {
        Bench(.example("vr", family: address.address.family))
    }

    private static func removals(_ bench: Bench) -> [Nanoseconds] {
        bench.lab.trace.entries.compactMap { entry in
            if case .addressRemoved(_, wasThere: true) = entry.occurrence { entry.moment - .zero } else { nil }
        }
    }

    /// Lets the device hear a better router of its family each second.
    private static func hear(_ bench: inout Bench, from start: Nanoseconds, until end: Nanoseconds) {
        let source = bench.router.family == .ipv4 ? Bench.higher : Bench.higherIPv6
        let advert = ForgedAdvertisement(for: bench.router, from: source, priority: 200)
        var time = start
        while time <= end {
            bench.lab.at(time) { $0.inject(advert, into: Bench.name) }
            time = time + .seconds(1)
        }
    }

    private static func reports(_ bench: Bench) -> Int {
        bench.lab.reports(from: Bench.name).count { if case .strayRemoved = $0.report { true } else { false } }
    }

    @Test(
        "A backup takes away what somebody configures, whatever its prefix length, and says so",
        arguments: ["192.0.2.100/32", "192.0.2.100/24", "2001:db8:0:1::64/128", "2001:db8:0:1::64/64"])
    func backup(text: String) {
        let address = HostAddress(stringLiteral: text)
        var bench = Self.bench(address)
        bench.run(until: 1.0)
        bench.lab.addAddress(address, of: Bench.name)
        bench.run(until: 1.1)
        #expect(bench.state == .backup)
        #expect(bench.lab.holders(of: address.address) == [])
        #expect(Self.reports(bench) == 1)
        bench.becomeActive()
        bench.run(until: 5.0)
        #expect(bench.lab.holders(of: address.address) == [Bench.name])
        #expect(bench.snapshot.statistics.addressesRestored == 0)
    }

    @Test(
        "What stands under another prefix length when a router yields goes as well",
        arguments: ["192.0.2.100/24", "2001:db8:0:1::64/64"], [0, 3])
    func yielding(text: String, noticeDelay: Int64) {
        let address = HostAddress(stringLiteral: text)
        var bench = Self.bench(address)
        bench.lab.configure(Bench.name) { $0.noticeDelay = .milliseconds(noticeDelay) }
        bench.becomeActive()
        bench.run(until: 5.0)
        bench.lab.removeAddress(address.address, of: Bench.name)
        bench.lab.addAddress(address, of: Bench.name)
        bench.run(until: 8.0)
        #expect(bench.state == .active)
        #expect(bench.snapshot.addresses.allSatisfy { $0.isPresent })
        Self.hear(&bench, from: 8.0, until: 14.0)
        bench.run(until: 14.0)
        #expect(bench.state == .backup)
        #expect(bench.lab.holders(of: address.address) == [])
    }

    @Test("Somebody who comes in the moment of yielding is found out", arguments: [0, 20, 3_000], [0, 2])
    func race(noticeMicroseconds: Int64, configurationMilliseconds: Int64) {
        var bench = Self.bench("2001:db8:0:1::64/64")
        bench.lab.configure(Bench.name) {
            $0.noticeDelay = .microseconds(noticeMicroseconds)
            $0.configurationDelay = .milliseconds(configurationMilliseconds)
        }
        bench.becomeActive()
        bench.run(until: 5.0)
        bench.lab.removeAddress(Self.ipv6, of: Bench.name)
        bench.lab.addAddress("2001:db8:0:1::64/64", of: Bench.name)
        Self.hear(&bench, from: 5.0, until: 9.0)
        bench.run(until: 9.0)
        #expect(bench.state == .backup)
        #expect(bench.lab.holders(of: Self.ipv6) == [])
        #expect(bench.snapshot.addresses.allSatisfy { !$0.isPresent })
    }

    @Test("Who insists on an address is not fought faster than once a second, and is reported once in ten")
    func fight() {
        var bench = Self.bench("192.0.2.100/24")
        bench.hear(priority: 200, every: 1.0, from: 0.5, until: 30.0)
        bench.run(until: 1.0)
        for step in 0..<900 {
            bench.lab.at(1.0 + .milliseconds(Int64(step) * 10)) { $0.addAddress("192.0.2.100/24", of: Bench.name) }
        }
        bench.run(until: 12.0)
        let removals = Self.removals(bench)
        #expect((9...11).contains(removals.count), "\(removals)")
        #expect(zip(removals, removals.dropFirst()).allSatisfy { $1 - $0 >= .milliseconds(999) }, "\(removals)")
        #expect(Self.reports(bench) == 1)
        #expect(bench.lab.holders(of: Self.ipv4) == [])
        #expect(bench.state == .backup)
    }

    @Test("What the kernel does not let go is shown, and tried again each second")
    func refusedRemoval() {
        var bench = Bench()
        bench.becomeActive()
        bench.run(until: 5.0)
        bench.lab.configure(Bench.name) { $0.kernel.refusedRemovals = [Self.ipv4] }
        bench.hear(priority: 200, every: 1.0, from: 5.0, until: 14.0)
        bench.run(until: 8.5)
        #expect(bench.state == .backup)
        #expect(bench.snapshot.addresses.map(\.isPresent) == [true, false])
        bench.lab.configure(Bench.name) { $0.kernel.refusedRemovals = [] }
        bench.run(until: 9.6)
        #expect(bench.lab.holders(of: Self.ipv4) == [])
        #expect(bench.snapshot.addresses.map(\.isPresent) == [false, false])
    }

    @Test("The addresses of another engine of the node, and those of no virtual router, stay")
    func others() {
        var bench = Bench()
        bench.run(until: 1.0)
        var foreign: HostAddress = "192.0.2.100/32"
        foreign.originTag = HostAddress.ownTag + 1
        let tag = foreign.originTag
        bench.lab.setOwners(AddressOwners(others: [tag]), of: Bench.name)
        bench.lab.addAddress(foreign, of: Bench.name)
        bench.lab.addAddress("192.0.2.200/24", of: Bench.name)
        bench.run(until: 3.0)
        #expect(bench.lab.holders(of: Self.ipv4) == [Bench.name])
        #expect(bench.lab.holders(of: .literal("192.0.2.200")) == [Bench.name])
        #expect(Self.reports(bench) == 0)
    }
}
