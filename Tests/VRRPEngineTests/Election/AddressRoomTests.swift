import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("How many addresses an advert has room for")
struct AddressRoomTests {
    private static func addresses(_ family: AddressFamily, _ count: Int) -> [VirtualAddress] {
        (0..<count).map { place in
            switch family {
            case .ipv4: VirtualAddress(.v4(IPv4Address(198, 51, 100, UInt8(place + 1))))
            case .ipv6:
                VirtualAddress(
                    .v6(IPv6Address(high: place == 0 ? 0xfe80 << 48 : 0x2001_0db8 << 32, low: UInt64(place + 1))))
            }
        }
    }

    /// The figures that keepalived 2.2.7 gives on interfaces of these MTUs.
    @Test(
        "With a limit it is what keepalived finds room for, and the others are held all the same",
        arguments: [
            (AddressFamily.ipv6, ProtocolVersion.v3, 1308, 77), (.ipv6, .v3, 1310, 78), (.ipv6, .v3, 1500, 89),
            (.ipv4, .v2, 601, 137), (.ipv4, .v2, 602, 138), (.ipv4, .v3, 601, 139), (.ipv4, .v3, 602, 140),
            (.ipv4, .v3, 1500, 200),
        ])
    func limited(_ family: AddressFamily, _ version: ProtocolVersion, _ mtu: Int, _ room: Int) {
        let all = Self.addresses(family, 200)
        var bench = Bench(
            .example("vr", family: family, addresses: all) {
                $0.version = version
                $0.interoperability.fitsAdvertsToMTU = true
            })
        bench.lab.setMTU(mtu, of: Bench.name)
        bench.run(until: 1.0)
        bench.becomeActive()
        #expect(bench.adverts.map(\.addresses) == [all.prefix(room).map(\.address)])
        #expect(bench.snapshot.addresses.count { $0.isAdvertised } == room)
        #expect(bench.snapshot.addresses.count { $0.isPresent } == 200)
    }

    @Test("Without a limit all are listed")
    func unlimited() {
        var bench = Bench(.example("vr", family: .ipv6, addresses: Self.addresses(.ipv6, 200)))
        bench.becomeActive()
        #expect(bench.adverts.map(\.addresses.count) == [200])
    }

    @Test("A neighbour with the same file finds the same list, also after a reload and another MTU")
    func neighbours() {
        var lab = Lab()
        for (name, address, priority): (String, HostAddress, Priority) in [
            ("a", "fe80::a/64", 200), ("b", "fe80::b/64", 100),
        ] {
            lab.addNode(name, addresses: [address])
            lab.start(
                name,
                [
                    .example(family: .ipv6, priority: priority, addresses: Self.addresses(.ipv6, 100)) {
                        $0.interoperability.fitsAdvertsToMTU = true
                        $0.interoperability.addressListMismatch = .discard
                    }
                ])
        }
        lab.run(until: 10.0)
        for name in ["a", "b"] { lab.setMTU(1280, of: name) }
        lab.run(until: 20.0)
        for name in ["a", "b"] { lab.change(name) { $0[0].addresses.removeLast() } }
        lab.run(until: 30.0)
        #expect(lab.activeNodes() == ["a"])
        #expect(lab.router("b")?.statistics.discards.total == 0)
        #expect(lab.adverts(from: "a").last?.addresses.count == 76)
        #expect(lab.router("a")?.addresses.count { $0.isAdvertised } == 76)
    }
}
