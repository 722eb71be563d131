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
        lab.addNode("a", addresses: ["192.0.2.1/32", secondary, "192.0.2.10/24"])
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

    @Test("A router whose interface does not exist yet waits for it")
    func interfaceComesLater() {
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
