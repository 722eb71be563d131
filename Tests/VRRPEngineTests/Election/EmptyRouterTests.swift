import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Routers that lack something by intent")
struct EmptyRouterTests {
    @Test("Routers without addresses elect, and their adverts list none", arguments: [ProtocolVersion.v2, .v3])
    func noAddresses(_ version: ProtocolVersion) {
        var lab = Lab()
        for (name, address, priority): (String, HostAddress, Priority) in [
            ("a", "192.0.2.10/24", 200), ("b", "192.0.2.20/24", 100),
        ] {
            lab.addNode(name, addresses: [address])
            lab.start(name, [.example(priority: priority, addresses: []) { $0.version = version }])
        }
        lab.at(10.0) { $0.crash("a") }
        lab.run(until: 9.0)
        #expect(lab.activeNodes() == ["a"])
        #expect(lab.adverts(from: "a").allSatisfy { $0.addresses.isEmpty })
        #expect(lab.router("b")?.statistics.discards.total == 0)
        lab.run(until: 20.0)
        #expect(lab.activeNodes() == ["b"])
        #expect(lab.announcements(from: "b").isEmpty)
    }

    @Test("Over IPv6 too, where no first address can be link-local")
    func noAddressesIPv6() {
        var bench = Bench(.example("vr", family: .ipv6, addresses: []))
        bench.hear(priority: 200)
        #expect(bench.snapshot.statistics.advertisementsReceived == 1)
        bench.becomeActive()
        #expect(bench.adverts.count == 1)
    }

    @Test("A router without addresses counts adverts that list some")
    func listIsCounted() {
        var bench = Bench(.example(addresses: []))
        bench.hear(priority: 200) { $0.contents.addresses = [.literal("192.0.2.100")] }
        #expect(bench.snapshot.statistics.addressListMismatches == 1)
        bench.hear(priority: 200)
        #expect(bench.snapshot.statistics.addressListMismatches == 1)
    }

    @Test("A router with addresses still discards adverts that list none")
    func emptyListIsDiscarded() {
        var bench = Bench()
        bench.hear(priority: 200) { $0.contents.addresses = [] }
        #expect(bench.snapshot.statistics.discards[.addressList] == 1)
    }

    @Test("A unicast router without peers stays out, and takes part when it gets one")
    func noPeers() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.start("a", [.example { $0.transport = .unicast(peers: []) }])
        lab.run(until: 10.0)
        #expect(lab.state("a") == .initialize)
        #expect(lab.router("a")?.faults == [.noPeers])
        #expect(lab.adverts(from: "a").isEmpty)
        lab.change("a") { $0[0].transport = .unicast(peers: [UnicastPeer(address: .literal("192.0.2.20"))]) }
        lab.run(until: 20.0)
        #expect(lab.activeNodes() == ["a"])
    }
}
