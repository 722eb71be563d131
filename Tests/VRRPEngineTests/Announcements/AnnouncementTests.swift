import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Announcements")
struct AnnouncementTests {
    static let first = IPAddress.literal("192.0.2.100")

    private static func moments(_ bench: Bench, of address: IPAddress? = nil) -> [Nanoseconds] {
        bench.lab.announcements(from: Bench.name).filter { address == nil || $0.announcement.address == address }
            .map { $0.moment - .zero }
    }

    @Test("38: A new active router advertises, then announces its addresses in order, all at once")
    func takeoverOrder() {
        var bench = Bench()
        let start = bench.becomeActive()
        let sequence = bench.lab.trace.entries.filter { $0.moment == .zero + start }.compactMap { entry -> String? in
            switch entry.occurrence {
            case .sent: "advert"
            case .announced(let announcement): "\(announcement.address)"
            default: nil
            }
        }
        #expect(sequence == ["advert", "192.0.2.100", "192.0.2.101"])
    }

    @Test("Rounds follow the plan, more than a second apart where it says so, and are refreshed each minute")
    func plan() {
        var bench = Bench()
        let start = bench.becomeActive()
        bench.run(until: start + 130.0)
        let expected: [Nanoseconds] = [0.0, 0.1, 1.2, 2.4, 5.0, 60.0, 120.0]
        #expect(Self.moments(bench, of: Self.first) == expected.map { start + $0 })
    }

    @Test("An IPv6 address is announced when the kernel has told of it, before which it does not work")
    func usability() {
        for (delay, isThere, expected) in [(0.003, false, 0.003), (0.003, true, 0.05), (0.2, false, 0.05)]
            as [(Nanoseconds, Bool, Nanoseconds)]
        {
            var bench = Bench(.example("vr", family: .ipv6))
            bench.lab.configure(Bench.name) { $0.noticeDelay = delay }
            if isThere {
                // The kernel does not tell of an address that it has already: another engine of the node has yet to give it up.
                let tag = HostAddress.ownTag + 1
                bench.lab.setOwners(AddressOwners(others: [tag]), of: Bench.name)
                for var address: HostAddress in ["2001:db8:0:1::64/128", "fe80::64/128"] {
                    address.originTag = tag
                    bench.lab.addAddress(address, of: Bench.name)
                }
            }
            let start = bench.becomeActive()
            bench.run(until: start + 0.06)
            #expect(Self.moments(bench) == [start + expected, start + expected])
        }
        var bench = Bench()
        bench.lab.configure(Bench.name) { $0.noticeDelay = 0.003 }
        let start = bench.becomeActive()
        #expect(Self.moments(bench) == [start, start], "IPv4 addresses work at once")
    }

    @Test("A plan without refresh says nothing after its last round")
    func noRefresh() {
        var bench = Bench {
            $0.announcements.afterBecomingActive = [.zero, .seconds(3)]
            $0.announcements.refreshInterval = nil
        }
        let start = bench.becomeActive()
        bench.run(until: start + 200.0)
        #expect(Self.moments(bench, of: Self.first) == [start, start + 3.0])
    }

    @Test("Frames on an interface keep their spacing, across routers")
    func spacing() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.start(
            "a",
            (0..<3).map { place in
                .example(
                    "vr\(place)", id: VirtualRouterID(integerLiteral: UInt8(place + 1)),
                    addresses: (0..<5).map {
                        VirtualAddress(stringLiteral: "192.0.2.\(100 + place * 10 + $0)")
                    }
                ) {
                    $0.announcements.gratuitousARPSpacing = .milliseconds(30)
                    $0.announcements.afterBecomingActive = [.zero, .milliseconds(50)]
                    $0.announcements.refreshInterval = nil
                }
            })
        lab.run(until: 10.0)
        let moments = lab.announcements(from: "a").map(\.moment)
        #expect(moments.count == 30)
        #expect(zip(moments, moments.dropFirst()).allSatisfy { $1 - $0 == .milliseconds(30) })
    }

    @Test("One turn sends at most 64 frames, so that no advert waits for hundreds of addresses")
    func budget() throws {
        var engine = Engine()
        var effects: [Effect] = []
        let router = VirtualRouterDefinition.example(
            priority: .addressOwner, addresses: (1...200).map { VirtualAddress(stringLiteral: "198.51.100.\($0)") })
        try engine.apply(Definitions(virtualRouters: [router]), at: .zero, effects: &effects)
        engine.interfacesResynchronized(
            [
                HostInterface(
                    index: 2, name: "eth0", isRunning: true, macAddress: MACAddress(rawValue: 0x0200_0000_0001),
                    addresses: ["192.0.2.10/24"])
            ], at: .zero, effects: &effects)
        let additions = effects.compactMap { if case .addAddress(let assignment) = $0 { assignment } else { nil } }
        #expect(additions.count == 200)
        for assignment in additions {
            engine.addressOperationEnded(assignment, isAdded: true, .done, at: .zero, effects: &effects)
        }
        var turns: [Int] = []
        while engine.nextDeadline <= .zero {
            effects.removeAll()
            engine.advance(to: .zero, effects: &effects)
            turns.append(effects.count { if case .announce = $0 { true } else { false } })
        }
        #expect(turns == [64, 64, 64, 8])
    }

    @Test("No address is announced again before every other one was announced once")
    func repetitionsWait() throws {
        var engine = Engine()
        var effects: [Effect] = []
        let routers = (1...2).map { number in
            VirtualRouterDefinition.example(
                "vr\(number)", id: VirtualRouterID(integerLiteral: UInt8(number)), priority: .addressOwner,
                addresses: [VirtualAddress(stringLiteral: "198.51.100.\(number)")]
            ) {
                $0.announcements.afterBecomingActive = [.zero, .zero, .zero]
                $0.announcements.refreshInterval = nil
            }
        }
        try engine.apply(Definitions(virtualRouters: routers), at: .zero, effects: &effects)
        engine.interfacesResynchronized(
            [
                HostInterface(
                    index: 2, name: "eth0", isRunning: true, macAddress: MACAddress(rawValue: 0x0200_0000_0001),
                    addresses: ["192.0.2.10/24"])
            ], at: .zero, effects: &effects)
        var announced: [String] = []
        for effect in effects {
            guard case .addAddress(let assignment) = effect else { continue }
            var more: [Effect] = []
            engine.addressOperationEnded(assignment, isAdded: true, .done, at: .zero, effects: &more)
            engine.advance(to: .zero, effects: &more)
            announced += more.compactMap { if case .announce(let frame) = $0 { "\(frame.address)" } else { nil } }
        }
        #expect(announced == ["198.51.100.1", "198.51.100.2"])
        #expect(engine.nextDeadline == .zero)
        effects.removeAll()
        engine.advance(to: .zero, effects: &effects)
        let repeated = effects.compactMap { if case .announce(let frame) = $0 { "\(frame.address)" } else { nil } }
        #expect(repeated == ["198.51.100.1", "198.51.100.1", "198.51.100.2", "198.51.100.2"])
    }

    @Test("An address is announced as soon as it stands and not before")
    func waitsForTheKernel() {
        var bench = Bench()
        bench.lab.configure(Bench.name) { $0.configurationDelay = .milliseconds(40) }
        let start = bench.becomeActive()
        #expect(Self.moments(bench).isEmpty)
        bench.run(until: start + 0.05)
        #expect(Self.moments(bench) == [start + 0.04, start + 0.04])
    }

    @Test("A reload that takes an address away before it stands does not hold up the others")
    func reloadWhileAdding() {
        var bench = Bench()
        bench.lab.configure(Bench.name) { $0.configurationDelay = .milliseconds(40) }
        let start = bench.becomeActive()
        bench.lab.change(Bench.name) { $0[0].addresses.removeFirst() }
        bench.run(until: start + 0.05)
        #expect(Self.moments(bench, of: .literal("192.0.2.101")).first == start + 0.04)
        #expect(Self.moments(bench, of: Self.first).isEmpty)
    }

    @Test("64: A router that yields announces nothing afterwards")
    func nothingAfterYielding() {
        var bench = Bench()
        let start = bench.becomeActive()
        bench.run(until: start + 0.05)
        let before = Self.moments(bench).count
        bench.hear(priority: 200)
        bench.run(until: start + 3.0)
        #expect(Self.moments(bench).count == before)
    }

    @Test("The winner of a contest announces its addresses again, at most once a second")
    func afterContest() {
        var bench = Bench { $0.announcements.refreshInterval = nil }
        let start = bench.becomeActive()
        bench.run(until: start + 10.0)
        bench.hear(priority: 50)
        bench.run(until: start + 13.0)
        #expect(Self.moments(bench, of: Self.first).suffix(2) == [start + 10.0, start + 11.2])

        let count = Self.moments(bench).count
        bench.hear(priority: 50, every: .milliseconds(10), from: start + 20.0, until: start + 25.0)
        bench.run(until: start + 30.0)
        let more = Self.moments(bench, of: Self.first).filter { $0 >= start + 20.0 }
        #expect(more.prefix(6) == (0...5).map { start + 20.0 + .seconds($0) }[...])
        #expect(Self.moments(bench).count - count <= 16)
    }

    @Test("When a split network heals the winner, which never changed its state, announces itself again")
    func healedSplit() {
        // The loser's advert comes first: the winner hears it and knows.
        var lab = Self.splitNetwork(healsAt: 30.5)
        lab.run(until: 33.0)
        #expect(lab.activeNodes() == ["a"])
        #expect(lab.transitions(of: "a").count == 2)
        #expect(lab.host.node(reachedAt: Self.first) == "a")
    }

    @Test("Where the loser of a healed split yields without a word the next refresh repairs what the host believes")
    func silentLoser() {
        var lab = Self.splitNetwork(healsAt: 30.0)
        lab.run(until: 31.0)
        #expect(lab.activeNodes() == ["a"])
        lab.run(until: 64.0)
        #expect(lab.host.node(reachedAt: Self.first) == "a")
    }

    @Test("Where the loser of a healed split advertises before it yields the winner announces itself at once")
    func loserThatAdvertises() {
        var lab = Self.splitNetwork(healsAt: 30.0, advertisesBeforeYielding: true)
        lab.run(until: 31.0)
        #expect(lab.activeNodes() == ["a"])
        #expect(lab.host.node(reachedAt: Self.first) == "a")
    }

    /// `a` with priority 200 is cut off from `b` and from the host after ten seconds.
    private static func splitNetwork(healsAt healing: Nanoseconds, advertisesBeforeYielding: Bool = false) -> Lab {
        var lab = Lab()
        for (name, address, priority): (String, HostAddress, Priority) in [
            ("a", "192.0.2.10/24", 200), ("b", "192.0.2.20/24", 100),
        ] {
            lab.addNode(name, addresses: [address])
            let router = VirtualRouterDefinition.example(priority: priority) {
                $0.interoperability.advertisesBeforeYielding = advertisesBeforeYielding
            }
            lab.start(name, [router])
        }
        lab.at(10.0) { $0.partition(["a"], from: ["b", Lab.hostName]) }
        lab.at(healing) { $0.heal() }
        lab.run(until: 29.0)
        #expect(lab.activeNodes() == ["a", "b"])
        #expect(lab.host.node(reachedAt: first) == "b")
        return lab
    }

    @Test("IPv6 addresses are announced by neighbour advertisements that the host learns from")
    func neighborAdvertisements() {
        var lab = Lab()
        lab.addNode("a", addresses: ["fe80::a/64"])
        lab.start("a", [.example(family: .ipv6)])
        lab.run(until: 5.0)
        #expect(lab.host.node(reachedAt: .literal("2001:db8:0:1::64")) == "a")
        #expect(lab.host.node(reachedAt: .literal("fe80::64")) == "a")
    }

    @Test("With a virtual MAC interface frames leave by the interface below and carry the virtual router MAC address")
    func virtualMAC() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.start("a", [.example { $0.virtualMAC = .init(name: "vrrp.77") }])
        lab.run(until: 5.0)
        let mac = MACAddress.virtualRouter(77, .ipv4)
        #expect(lab.state("a") == .active)
        #expect(lab.host.macAddress(of: Self.first) == mac)
        let kernel = lab.node("a").kernel
        #expect(lab.announcements(from: "a").allSatisfy { $0.announcement.interfaceIndex == kernel.index(of: "eth0") })
        #expect(kernel.interfaces[kernel.index(of: "vrrp.77")!]!.addresses.map(\.address).contains(Self.first))
        lab.shutDown("a")
        #expect(lab.node("a").kernel.index(of: "vrrp.77") == nil)
    }

    @Test("A virtual MAC interface that a dead process left up is set down at the next start")
    func leftVirtualMAC() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.start("a", [.example { $0.virtualMAC = .init(name: "vrrp.77") }])
        lab.run(until: 5.0)
        lab.crash("a")
        lab.start("a")
        lab.run(until: 6.0)
        let kernel = lab.node("a").kernel
        #expect(lab.state("a") == .backup)
        #expect(kernel.interfaces[kernel.index(of: "vrrp.77")!]!.description.isRunning == false)
        #expect(lab.holders(of: Self.first) == [])
        lab.run(until: 10.0)
        #expect(lab.state("a") == .active)
        #expect(lab.holders(of: Self.first) == ["a"])
    }
}
