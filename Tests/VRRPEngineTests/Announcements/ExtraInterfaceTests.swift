import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Announcements on interfaces without adverts")
struct ExtraInterfaceTests {
    /// `a` with addresses on `eth0` and on `eth1`, active from 3.609375 s on.
    private static func lab(_ wish: ExtraInterfaceAnnouncements?) -> Lab {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.addInterface("eth1", to: "a", segment: "other")
        var onOther: [VirtualAddress] = ["198.51.100.1", "198.51.100.2"]
        for place in onOther.indices { onOther[place].interface = "eth1" }
        lab.start(
            "a",
            [
                .example(addresses: ["192.0.2.100"] + onOther) {
                    $0.announcements.afterBecomingActive = [.zero]
                    $0.announcements.refreshInterval = nil
                    $0.announcements.extraInterfaces = wish
                }
            ])
        return lab
    }

    @Test("With all, one address of each other interface is announced in each interval, while active")
    func physical() {
        var lab = Self.lab(ExtraInterfaceAnnouncements(interval: 10.0, includesPhysicalInterfaces: true))
        lab.run(until: 24.0)
        let announcements = lab.announcements(from: "a", since: 4.0)
        #expect(announcements.map { $0.moment - .zero } == [13.609_375, 23.609_375])
        #expect(announcements.allSatisfy { $0.announcement.address == .literal("198.51.100.1") })
        lab.inject(ForgedAdvertisement(for: .example(), from: .literal("192.0.2.20"), priority: 200), into: "a")
        lab.run(until: 26.0)
        #expect(lab.announcements(from: "a", since: 24.0).isEmpty)
    }

    @Test("Without all, other interfaces are left alone, and so is everything without the wish")
    func virtualOnly() {
        for wish in [ExtraInterfaceAnnouncements(interval: 10.0), nil] {
            var lab = Self.lab(wish)
            lab.run(until: 60.0)
            #expect(lab.announcements(from: "a", since: 4.0).isEmpty)
        }
    }

    @Test(
        "A virtual MAC interface is announced where its adverts come from the interface below",
        arguments: [true, false])
    func virtualInterface(advertisesFromParent: Bool) {
        var bench = Bench {
            $0.virtualMAC = VirtualMACInterface(name: "vrrp.77")
            $0.virtualMAC?.advertisesFromParent = advertisesFromParent
            $0.announcements.afterBecomingActive = [.zero]
            $0.announcements.refreshInterval = nil
            $0.announcements.extraInterfaces = ExtraInterfaceAnnouncements(interval: 10.0)
        }
        // The kernel has to tell of the interface first.
        bench.run(until: 0.001)
        let start = bench.becomeActive()
        bench.run(until: start + 15.0)
        let late = bench.lab.announcements(from: Bench.name, since: start + 1.0)
        #expect(late.map { $0.moment - .zero } == (advertisesFromParent ? [start + 10.0] : []))
        let virtual = MACAddress.virtualRouter(77, .ipv4)
        #expect(bench.lab.announcements(from: Bench.name).allSatisfy { $0.announcement.macAddress == virtual })
        let sources = Set(bench.adverts.map { MACAddress(in: $0.frame.span, at: 6) })
        #expect(sources.count == 1)
        #expect(sources.contains(virtual) == !advertisesFromParent)
    }

    @Test("A virtual MAC interface may have a MAC address of its own, from which adverts and announcements come")
    func ownMACAddress() throws {
        let own = try #require(MACAddress("02:00:5e:00:01:4d"))
        var bench = Bench {
            $0.virtualMAC = VirtualMACInterface(name: "vrrp.77")
            $0.virtualMAC?.macAddress = own
        }
        bench.run(until: 0.001)
        bench.becomeActive()
        #expect(bench.adverts.allSatisfy { MACAddress(in: $0.frame.span, at: 6) == own })
        #expect(bench.lab.announcements(from: Bench.name).allSatisfy { $0.announcement.macAddress == own })
        #expect(!bench.lab.announcements(from: Bench.name).isEmpty)
    }

    @Test("The interfaces of a group share their pace, others keep their own")
    func groups() {
        var policy = NodePolicy()
        var group = AnnouncementGroup(interfaces: ["eth0", "eth1"])
        group.gratuitousARPSpacing = .milliseconds(100)
        policy.announcementGroups = [group]
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        for (name, segment) in [("eth1", "one"), ("eth2", "two")] { lab.addInterface(name, to: "a", segment: segment) }
        func address(_ text: VirtualAddress, _ interface: String) -> VirtualAddress {
            var address = text
            address.interface = interface
            return address
        }
        lab.start(
            "a",
            [
                .example(
                    addresses: [
                        address("198.51.100.4", "eth2"), "192.0.2.100", address("198.51.100.1", "eth1"),
                        "192.0.2.101", address("198.51.100.2", "eth1"), address("198.51.100.5", "eth2"),
                    ]
                ) {
                    $0.announcements.afterBecomingActive = [.zero]
                    $0.announcements.refreshInterval = nil
                }
            ], policy: policy)
        lab.run(until: 10.0)
        let moments = lab.announcements(from: "a").map { $0.moment - Instant.zero - 3.609_375 }
        #expect(moments == [0.0, 0.0, 0.1, 0.2, 0.3, 0.3])
    }
}
