import Testing
import VIPPlanning
import VRRP

@Suite("Which Services get routers")
struct SelectionTests {
    @Test("A Service with an address gets a router with that address")
    func simple() throws {
        var cluster = Cluster()
        let name = cluster.add("shop", ["192.0.2.7"])
        let plan = cluster.plan()
        let router = try #require(plan.router("web/shop"))
        #expect(router.addresses == [IPAddress("192.0.2.7")!])
        #expect(router.service == name && router.family == .ipv4 && router.version == .v3)
        #expect(router.members.count == 5)
        #expect(plan.findings.isEmpty)
        #expect(router.objectName == "edge.web.shop.ipv4")
    }

    @Test("externalIPs and ingress addresses are taken together, each once, in numerical order")
    func union() throws {
        var cluster = Cluster()
        cluster.add("shop", ["192.0.2.20", "192.0.2.3"])
        cluster.input.services[0].externalAddresses = ["192.0.2.20", "192.0.2.100", ""]
        let router = try #require(cluster.plan().router("web/shop"))
        #expect(router.addresses.map(\.description) == ["192.0.2.3", "192.0.2.20", "192.0.2.100"])
    }

    @Test("A Service of both families gets one router for each, with one identifier and the same best node")
    func dualStack() {
        var cluster = Cluster()
        cluster.add("shop", ["2001:db8::7", "192.0.2.7"])
        let routers = cluster.plan().routers
        #expect(routers.map(\.family) == [.ipv4, .ipv6])
        #expect(Set(routers.map(\.routerID)).count == 1)
        #expect(Set(routers.map(\.members[0].node)).count == 1)
        #expect(Set(routers.map(\.objectName)).count == 2)
    }

    @Test("A Service that spreads its addresses gets a router for each")
    func spread() {
        var cluster = Cluster()
        cluster.add("shop", ["192.0.2.7", "192.0.2.8", "2001:db8::"], spreads: true)
        let plan = cluster.plan()
        #expect(plan.routers.map(\.key) == ["web/shop/192.0.2.7", "web/shop/192.0.2.8", "web/shop/2001:db8::"])
        #expect(Set(plan.routers.map(\.routerID)).count == 3)
        #expect(plan.routers.map(\.objectName).last == "edge.web.shop.ip2001-db8--x")
    }

    /// A change that spoils a Service, and what is said then.
    struct Mistake: Sendable {
        var problem: Finding.Problem
        var make: @Sendable (inout Service) -> Void

        init(_ problem: Finding.Problem, make: @escaping @Sendable (inout Service) -> Void) {
            self.problem = problem
            self.make = make
        }
    }

    static let mistakes = [
        Mistake(.groupNameMalformed("edge")) { $0.groupAnnotation = "edge" },
        Mistake(.groupNameMalformed("ingress/edge/x")) { $0.groupAnnotation = "ingress/edge/x" },
        Mistake(.groupNameMalformed(" ingress/edge")) { $0.groupAnnotation = " ingress/edge" },
        Mistake(.groupMissing(ObjectName("ingress", "other"))) { $0.groupAnnotation = "ingress/other" },
        Mistake(.noLoadBalancer) { $0.isLoadBalancer = false },
        Mistake(.addressPending) { $0.ingressAddresses = [] },
        Mistake(.addressPending) { $0.ingressAddresses = [""] },
        Mistake(.addressMalformed("192.0.2.7/24")) { $0.ingressAddresses = ["192.0.2.7/24"] },
        Mistake(.addressOfNode(IPAddress("10.0.0.2")!, node: "node1")) { $0.ingressAddresses = ["10.0.0.2"] },
    ]

    @Test(
        "An address that no host beyond the link can speak to is refused, and its neighbour is not",
        arguments: [
            ("0.0.0.1", "1.0.0.0"), ("127.255.255.255", "128.0.0.1"), ("169.254.0.0", "169.253.255.255"),
            ("169.254.255.255", "169.255.0.0"), ("224.0.0.18", "223.255.255.255"), ("239.255.255.255", "240.0.0.1"),
            ("255.255.255.255", "255.255.255.254"), ("::", "2001:db8::"), ("::1", "::2"), ("fe80::1", "fe00::1"),
            ("febf::1", "fec0::1"), ("ff02::12", "fdff::1"), ("::ffff:192.0.2.1", "::fffe:192.0.2.1"),
        ])
    func unusable(address: String, neighbour: String) {
        var cluster = Cluster()
        let shop = cluster.add("shop", [address, neighbour])
        let plan = cluster.plan()
        #expect(plan.routers.map(\.addresses) == [[IPAddress(neighbour)!]])
        #expect(plan.problems(of: shop) == [.addressUnusable(IPAddress(address)!)])
    }

    @Test("Of more addresses than a router can have the first go in, and how many are left out is said")
    func tooManyAddresses() {
        var cluster = Cluster()
        let addresses = (0..<300).map { "198.51.\($0 / 200).\($0 % 200)" }
        let shop = cluster.add("shop", addresses + ["2001:db8::1"])
        let plan = cluster.plan()
        #expect(plan.routers.map(\.addresses.count) == [255, 1])
        #expect(plan.problems(of: shop) == [.addressesTooMany(surplus: 45)])
        cluster.input.services[0].spreadsAddresses = true
        #expect(!cluster.plan().problems(of: shop).contains(.addressesTooMany(surplus: 45)))
    }

    @Test(
        "A Service may ask for fewer adverts than its group sends, not for more", arguments: [ProtocolVersion.v2, .v3])
    func interval(version: ProtocolVersion) throws {
        var cluster = Cluster()
        cluster.group.version = version
        cluster.group.advertisementInterval = .default
        let fast = cluster.add("fast", ["192.0.2.7"])
        let slow = cluster.add("slow", ["192.0.2.8"])
        cluster.input.services[0].advertisementInterval = AdvertisementInterval(centiseconds: 1)
        cluster.input.services[1].advertisementInterval = AdvertisementInterval(centiseconds: 150)
        let plan = cluster.plan()
        #expect(plan.router("web/fast")?.advertisementInterval == .default)
        #expect(plan.router("web/slow")?.advertisementInterval.centiseconds == (version == .v2 ? 200 : 150))
        #expect(
            plan.problems(of: fast)
                == [.intervalTooShort(try #require(AdvertisementInterval(centiseconds: 1)), least: .default)])
        #expect(plan.problems(of: slow).isEmpty)
    }

    @Test("What is wrong with a Service is said of that Service, and no other one suffers", arguments: mistakes)
    func bad(mistake: Mistake) {
        var cluster = Cluster()
        let bad = cluster.add("bad", ["192.0.2.7"])
        cluster.add("good", ["192.0.2.8"])
        mistake.make(&cluster.input.services[0])
        let plan = cluster.plan()
        #expect(plan.routers.map(\.key) == ["web/good"])
        #expect(plan.problems(of: bad) == [mistake.problem])
        #expect(!"\(mistake.problem)".isEmpty && !"\(mistake.problem)".hasSuffix("."))
    }

    @Test("An address that a Service has stays with it when a node reports it, as the one that holds it may well do")
    func reported() {
        var cluster = Cluster()
        let shop = cluster.add("shop", ["192.0.2.7"])
        let before = cluster.plan().routers
        cluster.input.nodes[1].addresses.append(IPAddress("192.0.2.7")!)
        let rival = cluster.add("rival", ["192.0.2.7"])
        let plan = cluster.plan()
        #expect(plan.routers == before)
        #expect(plan.problems(of: shop) == [.addressAlsoOfNode(IPAddress("192.0.2.7")!, node: "node1")])
        #expect(plan.problems(of: rival) == [.addressOfNode(IPAddress("192.0.2.7")!, node: "node1")])
        // Whoever comes to it afterwards is told to take another one.
        cluster.remove(shop)
        #expect(cluster.plan().routers.isEmpty)
    }

    @Test("A Service that is being deleted, or that names no group, costs nothing")
    func ignored() {
        var cluster = Cluster()
        cluster.add("leaving", ["192.0.2.7"])
        cluster.input.services[0].isTerminating = true
        cluster.add("other", ["192.0.2.8"])
        cluster.input.services[1].groupAnnotation = nil
        let plan = cluster.plan()
        #expect(plan.routers.isEmpty && plan.findings.isEmpty)
    }

    @Test("A bad address does not keep the others of its Service from their router")
    func partlyBad() throws {
        var cluster = Cluster()
        let name = cluster.add("shop", ["nonsense", "192.0.2.7"])
        let plan = cluster.plan()
        #expect(try #require(plan.router("web/shop")).addresses.count == 1)
        #expect(plan.problems(of: name) == [.addressMalformed("nonsense")])
    }

    @Test("A group admits only the namespaces and networks that it lists")
    func admission() {
        var cluster = Cluster()
        cluster.group.admittedNamespaces = ["web"]
        cluster.group.admittedNetworks = [AddressRange("192.0.2.0/28")!, AddressRange("2001:db8::/64")!]
        let inside = cluster.add("inside", ["192.0.2.15", "2001:db8::1"])
        let outside = cluster.add("outside", ["192.0.2.16"])
        var foreign = Service(ObjectName("other", "shop"))
        foreign.groupAnnotation = "ingress/edge"
        foreign.externalAddresses = ["192.0.2.1"]
        cluster.input.services.append(foreign)
        let plan = cluster.plan()
        #expect(plan.routers.allSatisfy { $0.service == inside })
        #expect(
            plan.problems(of: outside) == [.addressNotAdmitted(IPAddress("192.0.2.16")!, group: cluster.group.name)])
        #expect(plan.problems(of: foreign.name) == [.namespaceNotAdmitted(cluster.group.name)])
    }

    @Test("An address that two Services want stays with the one that has it, and both are told")
    func shared() {
        var cluster = Cluster()
        let first = cluster.add("first", ["192.0.2.7"], createdAt: 100)
        _ = cluster.plan()
        // Older, but later to want it.
        let second = cluster.add("second", ["192.0.2.7", "192.0.2.8"], createdAt: 50)
        let plan = cluster.plan()
        let address = IPAddress("192.0.2.7")!
        #expect(plan.router("web/first")?.addresses == [address])
        #expect(plan.router("web/second")?.addresses == [IPAddress("192.0.2.8")!])
        #expect(plan.problems(of: first) == [.addressWanted(address, by: second)])
        #expect(plan.problems(of: second) == [.addressHeld(address, by: first)])
        cluster.remove(first)
        #expect(cluster.plan().router("web/second")?.addresses.count == 2)
    }

    @Test("An address that two groups want gets one router")
    func sharedByGroups() {
        var cluster = Cluster()
        cluster.input.groups.append(AddressGroup(ObjectName("ingress", "other"), interface: .named("eth1")))
        cluster.add("young", ["192.0.2.7"], createdAt: 2)
        let old = cluster.add("old", ["192.0.2.7"], createdAt: 1, group: ObjectName("ingress", "other"))
        #expect(cluster.plan().routers.map(\.service) == [old])
    }

    @Test("A port that tells of endpoints goes along with the router; a missing one is said")
    func health() {
        var cluster = Cluster()
        cluster.add("local", ["192.0.2.7"])
        cluster.input.services[0].health = .port(31_000)
        let unknown = cluster.add("unknown", ["192.0.2.8"])
        cluster.input.services[1].health = .unavailable
        let plan = cluster.plan()
        #expect(plan.router("web/local")?.health == .port(31_000))
        #expect(plan.router("web/unknown")?.health == .unavailable)
        #expect(plan.problems(of: unknown) == [.healthUnknown])
    }

    @Test(
        "The text of a network has no bits behind its prefix",
        arguments: [
            ("192.0.2.0/24", true), ("192.0.2.1/24", false), ("0.0.0.0/0", true), ("192.0.2.0/33", false),
            ("2001:db8::/32", true), ("2001:db8::1/128", true), ("::/0", true), ("192.0.2.0", false),
            ("192.0.2.0/+8", false),
        ])
    func ranges(text: String, isValid: Bool) {
        #expect((AddressRange(text) != nil) == isValid)
        if isValid { #expect(AddressRange(text)?.description == text) }
    }
}
