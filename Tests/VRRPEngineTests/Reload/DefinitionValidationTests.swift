import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Rules for definitions")
struct DefinitionValidationTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var field: String
        var change: @Sendable (inout [VirtualRouterDefinition]) -> Void

        init(
            _ description: String, _ field: String,
            _ change: @escaping @Sendable (inout [VirtualRouterDefinition]) -> Void
        ) {
            testDescription = description
            self.field = field
            self.change = change
        }
    }

    static let mistakes: [Mistake] = [
        Mistake("no name", "name") { $0[1].name = "" },
        Mistake("the same name twice", "name") { $0[1].name = "one" },
        Mistake("no interface", "interface") { $0[1].interface = "" },
        Mistake("an interface name of 16 octets", "interface") { $0[1].interface = "eth0123456789abc" },
        Mistake("an interface name with a slash", "interface") { $0[1].interface = "a/b" },
        Mistake("the same identifier twice", "virtualRouterID") { $0[1].virtualRouterID = 1 },
        Mistake("version 2 over IPv6", "version") { $0[1] = .example("two", family: .ipv6) { $0.version = .v2 } },
        Mistake("version 2 with a fraction of a second", "advertisementIntervalMilliseconds") {
            $0[1].version = .v2
            $0[1].advertisementInterval = .centiseconds(150)
        },
        Mistake("4: version 3 with 40.96 s", "advertisementIntervalMilliseconds") {
            $0[1].advertisementInterval = .centiseconds(4096)
        },
        Mistake("a password in version 3", "authentication") {
            $0[1].authentication = .simpleText(SimpleTextPassword("s3cret")!)
        },
        Mistake("a virtual interface without name", "virtualMAC.name") { $0[1].virtualMAC = .init(name: "") },
        Mistake("a virtual interface named like the one below", "virtualMAC.name") {
            $0[1].virtualMAC = .init(name: "eth0")
        },
        Mistake("a virtual interface of another router", "virtualMAC.name") { routers in
            for place in routers.indices { routers[place].virtualMAC = .init(name: "vrrp.1") }
        },
        Mistake("IPv6 whose first address is not link-local", "addresses") {
            $0[1] = .example("two", family: .ipv6, id: 2, addresses: ["2001:db8::1", "fe80::1"])
        },
        Mistake("a group that is none", "transport.group") {
            $0[1].transport = .multicast(group: .literal("192.0.2.1"))
        },
        Mistake("a group of the other family", "transport.group") {
            $0[1].transport = .multicast(group: .literal("ff02::12"))
        },
        Mistake("256 peers", "transport.peers") {
            $0[1].transport = .unicast(
                peers: (0..<256).map { UnicastPeer(address: .v4(IPv4Address(rawValue: 0x0a00_0001 + UInt32($0)))) })
        },
        Mistake("hop limits that none can have", "transport.peers") {
            var peer = UnicastPeer(address: .literal("192.0.2.20"))
            peer.maximumHopLimit = 254
            $0[1].transport = .unicast(peers: [peer])
        },
        Mistake("no advert that may be missed", "downTimerAdverts") { $0[1].downTimerAdverts = 0 },
        Mistake("a TTL of 0", "unicastHopLimit") { $0[1].unicastHopLimit = 0 },
        Mistake("a MAC address of a group", "virtualMAC.macAddress") {
            $0[1].virtualMAC = VirtualMACInterface(name: "vip")
            $0[1].virtualMAC?.macAddress = .broadcast
        },
        Mistake("extra announcements without end", "announcements.extraInterfaces.intervalMilliseconds") {
            $0[1].announcements.extraInterfaces = ExtraInterfaceAnnouncements(interval: .milliseconds(999))
        },
        Mistake("a peer twice", "transport.peers") {
            $0[1].transport = .unicast(peers: [
                .init(address: .literal("192.0.2.20")), .init(address: .literal("192.0.2.20")),
            ])
        },
        Mistake("a peer that is a group", "transport.peers") {
            $0[1].transport = .unicast(peers: [.init(address: .literal("224.0.0.18"))])
        },
        Mistake("a peer of the other family", "transport.peers") {
            $0[1].transport = .unicast(peers: [.init(address: .literal("fe80::1"))])
        },
        Mistake("a source that is a group", "sourceAddress") { $0[1].sourceAddress = .literal("224.0.0.1") },
        Mistake("a source of the other family", "sourceAddress") { $0[1].sourceAddress = .literal("fe80::1") },
        Mistake("9: 256 addresses", "addresses") {
            $0[1].addresses = (0..<256).map {
                VirtualAddress(stringLiteral: "198.51.\(100 + $0 / 200).\($0 % 200 + 1)")
            }
        },
        Mistake("an address of the other family", "addresses") { $0[1].addresses = ["fe80::64"] },
        Mistake("an address that is a group", "addresses") { $0[1].addresses = ["224.0.0.5"] },
        Mistake("an address that is unspecified", "addresses") { $0[1].addresses = ["0.0.0.0"] },
        Mistake("a prefix of no length", "addresses") { $0[1].addresses = ["192.0.2.199/0"] },
        Mistake("a prefix that is too long", "addresses") { $0[1].addresses = ["192.0.2.199/33"] },
        Mistake("a route with a reserved protocol", "virtualRoutes") {
            var route = VirtualRoute(to: .all(.ipv4), interface: "eth0")
            route.protocolNumber = 113
            $0[1].virtualRoutes = [route]
        },
        Mistake("a rule with a reserved protocol", "virtualRules") {
            var rule = VirtualRule(.lookup(table: 100), priority: 500, family: .ipv4)
            rule.protocolNumber = 127
            $0[1].virtualRules = [rule]
        },
        Mistake("an address of another router", "addresses") { $0[1].addresses = ["192.0.2.101"] },
        Mistake("an address twice", "addresses") { $0[1].unadvertisedAddresses = [$0[1].addresses[0]] },
        Mistake("an address on an interface without name", "addresses") { $0[1].addresses[0].interface = "" },
        Mistake("a label on IPv6", "addresses") {
            $0[1].unadvertisedAddresses = ["2001:db8::1"]
            $0[1].unadvertisedAddresses[0].label = "eth0:1"
        },
        Mistake("a weight of 254", "tracking") {
            $0[1].tracking.conditions = [.init(.interface("eth1"), effect: .weight(254))]
        },
        Mistake("a weight of -254, reversed", "tracking") {
            $0[1].tracking.conditions = [.init(.interface("eth1"), effect: .reversedWeight(-254))]
        },
        Mistake("a refresh of no rounds", "announcements.refreshRounds") { $0[1].announcements.refreshRounds = 0 },
        Mistake("a refresh twice a second", "announcements.refreshIntervalMilliseconds") {
            $0[1].announcements.refreshInterval = .milliseconds(500)
        },
    ]

    @Test("A mistake is refused with its place and its field", arguments: mistakes)
    func mistake(_ mistake: Mistake) {
        var routers: [VirtualRouterDefinition] = [
            .example("one", id: 1, addresses: ["192.0.2.101"]), .example("two", id: 2, addresses: ["192.0.2.102"]),
        ]
        mistake.change(&routers)
        let error = #expect(throws: DefinitionError.self) { try Definitions(virtualRouters: routers).validate() }
        #expect(error?.field == mistake.field)
        #expect(error?.position == 1)
    }

    @Test("The longest lists and intervals that are allowed pass", arguments: AddressFamily.allCases)
    func limits(_ family: AddressFamily) throws {
        let addresses = (1...255).map {
            VirtualAddress(stringLiteral: family == .ipv4 ? "198.51.100.\($0)" : "fe80::\(String($0, radix: 16))")
        }
        let usable = family == .ipv4 ? addresses.dropLast() + ["198.51.101.1"] : addresses
        var router = VirtualRouterDefinition.example(family: family, addresses: Array(usable))
        router.advertisementInterval = .centiseconds(4095)
        try Definitions(virtualRouters: [router]).validate()
        router.advertisementInterval = .centiseconds(1)
        try Definitions(virtualRouters: [router]).validate()
    }
}
