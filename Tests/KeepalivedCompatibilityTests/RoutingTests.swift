import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Routes, rules and static things")
struct RoutingTests {
    private static func route(_ line: String) throws -> VirtualRoute {
        try #require(try router("virtual_routes {\n\(line)\n}").virtualRoutes.first)
    }

    private static func rule(_ line: String) throws -> VirtualRule {
        try #require(try router("virtual_rules {\n\(line)\n}").virtualRules.first)
    }

    private static func prefix(_ text: String) throws -> NetworkPrefix { try #require(NetworkPrefix(text)) }

    @Test("A route has all that its line says")
    func route() throws {
        var wanted = VirtualRoute(
            to: try Self.prefix("198.51.100.0/24"), gateway: IPAddress("192.0.2.9"), interface: "eth1")
        wanted.preferredSource = IPAddress("192.0.2.1")
        wanted.table = 254
        wanted.typeOfService = 16
        wanted.scope = 200
        wanted.metric = 7
        wanted.isOnLink = true
        wanted.realms = 0x0003_0004
        wanted.metrics = [
            .mtu: 1400, .advmss: 1300, .hoplimit: 30, .rtt: 2400, .rttvar: 1200, .rto_min: 1000, .reordering: 5,
            .window: 1000, .cwnd: 20, .ssthresh: 40, .initcwnd: 12, .initrwnd: 13, .features: 1, .quickack: 1,
            .fastopen_no_cookie: 0,
        ]
        wanted.lockedMetrics = [.mtu, .ssthresh]
        wanted.congestionControl = "cubic"
        wanted.placement = .last
        wanted.isTracked = false
        let line =
            "src 192.0.2.1 to 198.51.100.0/24 via 192.0.2.9 dev eth1 table main tos 0x10 scope site metric 7 onlink"
            + " realms 3/4 mtu lock 1400 advmss 1300 hoplimit 30 rtt 2400 rttvar 300ms rto_min 1s reordering 5 window"
            + " 1000 cwnd 20 ssthresh lock 40 initcwnd 12 initrwnd 13 features ecn quickack 1 congctl cubic"
            + " fastopen_no_cookie 0 append no_track"
        #expect(try Self.route(line) == wanted)
        #expect(try sentences("virtual_routes {\n\(line)\n}") == [])
    }

    @Test("A route may have a lifetime, and what MPLS alone has is named")
    func lifetime() throws {
        #expect(try Self.route("2001:db8:1::/48 dev eth0 expires 60 no_track").lifetime == 60)
        #expect(
            try sentences("virtual_routes {\n198.51.100.0/24 dev eth0 ttl-propagate enabled\n}") == [
                "3: ttl-propagate: ignored because the kernel has it for the labels of MPLS alone"
            ])
    }

    @Test(
        "Words for a destination and a family mean the same as with ip route",
        arguments: [
            ("default via 192.0.2.9", "default via 192.0.2.9"), ("any dev eth0", "default dev eth0"),
            ("default via fe80::9 dev eth0", "default via fe80::9 dev eth0"),
            ("inet6 default dev eth0", "default dev eth0"),
            ("blackhole 198.51.100.0/24", "blackhole 198.51.100.0/24"),
            ("2001:db8::/32 gw fe80::1", "2001:db8::/32 via fe80::1"),
            ("198.51.100.7 oif eth1", "198.51.100.7 dev eth1"), ("throw fe80::/64 table 7", "throw fe80::/64 table 7"),
            ("10.0.0.0/8 via inet6 fe80::9 dev eth0", "10.0.0.0/8 via fe80::9 dev eth0"),
            ("10.0.0.0/8 via 192.0.2.9 or 192.0.2.8", "10.0.0.0/8 nexthop via 192.0.2.9 nexthop via 192.0.2.8"),
        ])
    func destinations(_ line: String, _ route: String) throws {
        #expect(try Self.route(line).description == route)
        let isIPv6 =
            line.contains("inet6 default") || line.contains("via fe80") || line.contains(":/") || line.contains("db8")
        #expect(try Self.route(line).destination.family == (isIPv6 ? .ipv6 : .ipv4))
    }

    @Test("Several next hops have gateways, interfaces and weights of their own")
    func nextHops() throws {
        let line = "198.51.100.0/24 metric 5 nexthop via 192.0.2.8 dev eth0 weight 2 onlink nexthop via 192.0.2.9"
        let found = try Self.route(line)
        var first = NextHop(gateway: IPAddress("192.0.2.8"), interface: "eth0")
        first.weight = 2
        first.isOnLink = true
        #expect(found.nextHops == [first, NextHop(gateway: IPAddress("192.0.2.9"))])
        #expect(found.gateway == nil && found.interface == nil && found.metric == 5)
    }

    @Test("Only with no_track a route keeps a protocol number of its own; times below 200 ms become that")
    func changedValues() throws {
        #expect(try Self.route("10.0.0.0/8 dev eth0 protocol static no_track").protocolNumber == 4)
        #expect(try Self.route("10.0.0.0/8 dev eth0 protocol static").protocolNumber == 18)
        #expect(
            try sentences("virtual_routes {\n10.0.0.0/8 dev eth0 protocol static rto_min 50ms\n}") == [
                "3: rto_min: 50 is changed to 200 because it is the nearest value that is allowed",
                "3: protocol: 4 is changed to 18 because what is put back when it is removed is known by its protocol"
                    + " number",
            ])
    }

    @Test("An encapsulation before alternatives is that of each of them")
    func encapsulationOfAlternatives() throws {
        let route = try Self.route("10.0.0.0/8 encap ip id 1 via 192.0.2.9 or 192.0.2.8")
        #expect(route.encapsulation == nil && route.nextHops.count == 2)
        #expect(route.nextHops.allSatisfy { $0.encapsulation != nil })
    }

    @Test(
        "A wrong route is an error",
        arguments: [
            ("dev eth0", "\"a route without a destination\" is not allowed"),
            ("10.0.0.0/8 bogus", "virtual_routes: bogus is not allowed; allowed is [TYPE] PREFIX"),
            ("10.0.0.0/33 dev eth0", "virtual_routes: 10.0.0.0/33 is not allowed"),
            ("10.0.0.1/8 dev eth0", "10.0.0.1/8 is not allowed; allowed is a prefix without bits of a host"),
            ("10.0.0.0/8 via 2001:db8::1/64", "via: 2001:db8::1/64 is not allowed"),
            ("10.0.0.0/8 via inet 2001:db8::1", "via: 2001:db8::1 is not allowed; allowed is an address of the family"),
            ("2001:db8::/32 via 192.0.2.1", "\"via 192.0.2.1\" is not allowed; allowed is IPv6 gateways with IPv6"),
            ("10.0.0.0/8 src 2001:db8::1", "2001:db8::1 is not allowed; allowed is IPv4 addresses"),
            ("10.0.0.0/8 from 192.0.2.0/24", "\"from 192.0.2.0/24\" is not allowed; allowed is from with IPv6 alone"),
            ("10.0.0.0/8 pref high", "pref is not allowed; allowed is pref with IPv6 alone"),
            ("10.0.0.0/8 dev", "dev: a value is missing"), ("10.0.0.0/8 dev a/b", "dev: a/b is not allowed"),
            ("10.0.0.0/8 table 0", "table: 0 is not allowed; allowed is 1 to 4294967295, or the name of a table"),
            ("10.0.0.0/8 table nosuch", "table: nosuch is not allowed"),
            ("10.0.0.0/8 tos 256", "tos: 256 is not allowed"),
            ("10.0.0.0/8 protocol 256", "protocol: 256 is not allowed"),
            ("10.0.0.0/8 protocol 113", "protocol: 113 is not allowed; allowed is 0 to 255, or the name of a protocol"),
            ("10.0.0.0/8 protocol 127 no_track", "and not 113 to 127, which mark what vrrpd configures by itself"),
            ("10.0.0.0/8 scope x", "scope: x is not allowed"), ("10.0.0.0/8 metric -1", "metric: -1 is not allowed"),
            ("10.0.0.0/8 realms 1/2/3", "realms: 1/2/3 is not allowed"),
            ("10.0.0.0/8 mtu x", "mtu: x is not allowed"), ("10.0.0.0/8 rtt 5h", "rtt: 5h is not allowed"),
            ("10.0.0.0/8 quickack 2", "quickack: 2 is not allowed"),
            ("10.0.0.0/8 features x", "features: x is not allowed"),
            ("10.0.0.0/8 congctl a-name-of-16-octe", "congctl: a-name-of-16-octe is not allowed"),
            ("10.0.0.0/8 nexthop via 192.0.2.1 weight 257", "weight: 257 is not allowed; allowed is 1 to 256"),
            ("10.0.0.0/8 weight 2", "virtual_routes: weight is not allowed"),
            (
                "10.0.0.0/8 via 192.0.2.3 nexthop via 192.0.2.1",
                "via is not allowed; allowed is via behind each nexthop"
            ),
            ("10.0.0.0/8 dev eth0 nexthop via 192.0.2.1", "dev is not allowed; allowed is dev behind each nexthop"),
            (
                "10.0.0.0/8 encap ip id 1 nexthop via 192.0.2.1 nexthop via 192.0.2.2",
                "encap is not allowed; allowed is encap behind each nexthop where there are any"
            ),
            ("10.0.0.0/8 track_group x", "virtual_routes: track_group is not allowed"),
            ("10.0.0.0/8 encap", "encap: a value is missing; allowed is"),
            ("10.0.0.0/8 encap seg6", "encap: seg6 is not allowed; allowed is"),
            ("10.0.0.0/8 encap ip ttl 3", "encap: a value is missing; allowed is dst or id"),
            ("10.0.0.0/8 encap ip dst 2001:db8::1", "dst: 2001:db8::1 is not allowed; allowed is an IPv4 address"),
            ("10.0.0.0/8 encap ip6 dst 192.0.2.1", "dst: 192.0.2.1 is not allowed; allowed is an IPv6 address"),
            ("10.0.0.0/8 encap ip id -1", "encap id: -1 is not allowed; allowed is 0 to 9223372036854775807"),
            ("10.0.0.0/8 encap ip id 1 tos 256", "encap tos: 256 is not allowed"),
            ("10.0.0.0/8 encap ip id 1 ttl 256", "encap ttl: 256 is not allowed; allowed is 0 to 255"),
            ("10.0.0.0/8 encap ip id 1 flags 65536", "encap flags: 65536 is not allowed; allowed is 0 to 65535"),
            ("10.0.0.0/8 encap ip id 1 tc 1", "virtual_routes: tc is not allowed"),
            ("10.0.0.0/8 encap mpls 1048576", "encap mpls: 1048576 is not allowed; allowed is 1 to 30 labels"),
            ("10.0.0.0/8 encap mpls 1//2", "encap mpls: 1//2 is not allowed"),
            ("2001:db8::/32 encap ila 1:2:3", "encap ila: 1:2:3 is not allowed; allowed is four groups"),
            ("10.0.0.0/8 vrf x", "vrf: not supported"),
            ("10.0.0.0/8 expires 5", "expires with IPv6 alone"),
            ("2001:db8:1::/48 expires 0", "expires: 0 is not allowed; allowed is 1 to 4294967295"),
            ("10.0.0.0/8 ttl-propagate on", "ttl-propagate: on is not allowed; allowed is enabled or disabled"),
            ("nat 10.0.0.0/8", "nat: not supported"), ("10.0.0.0/8 {\n}", "10.0.0.0/8: takes no block in braces"),
        ])
    func wrongRoutes(_ line: String, _ sentence: String) throws {
        let configuration = try load(instance("virtual_routes {\n\(line)\n}"))
        #expect(configuration.hasErrors)
        let found = configuration.diagnostics.map(\.description)
        #expect(found.contains { $0.contains(sentence) }, "\(found)")
    }

    @Test(
        "What packets are put into is read, dumped, and kept in definitions",
        arguments: [
            (
                "198.51.100.0/24 encap ip id 5 dst 192.0.2.9 src 192.0.2.1 tos 0x10 ttl 9 flags 4 via 192.0.2.8 dev eth0",
                "encap ip id 5 dst 192.0.2.9 src 192.0.2.1 tos 16 ttl 9 flags 0x4 via inet 192.0.2.8 dev eth0"
            ),
            (
                "2001:db8:1::/48 encap ip6 dst 2001:db8::9 tc 4 hoplimit 8 dev eth0",
                "encap ip6 dst 2001:db8::9 tc 4 hoplimit 8 dev eth0"
            ),
            ("198.51.100.0/24 encap mpls 100/0x10 via 192.0.2.8", "encap mpls 64000/10100 via inet 192.0.2.8"),
            ("2001:db8:1::/48 encap ila 1:2:3:4 dev eth0", "encap ila 288233674720149760 dev eth0"),
            ("2001:db8:5::/48 dev eth0 expires 500", "2001:db8:5::/48 dev eth0 proto 18 expires 500sec"),
            (
                "198.51.100.0/24 nexthop via 192.0.2.8 encap ip id 7 weight 2 nexthop via 192.0.2.9",
                "nexthop via inet 192.0.2.8 weight 2 encap ip id 7 nexthop via inet 192.0.2.9"
            ),
        ])
    func encapsulation(_ line: String, _ dump: String) throws {
        let configuration = try load(instance("virtual_routes {\n\(line)\n}"))
        #expect(configuration.diagnostics == [])
        let route = try #require(configuration.definitions.virtualRouters.first?.virtualRoutes.first)
        #expect(DumpText.route(route).contains(dump), "\(DumpText.route(route))")
        #expect(throws: Never.self) { try configuration.definitions.validate() }
        let again = try Definitions(json: configuration.definitions.json(pretty: false))
        #expect(again == configuration.definitions)
    }

    @Test("A rule has all that its line says")
    func rule() throws {
        var wanted = VirtualRule(.lookup(table: 1000), priority: 39, family: .ipv4)
        wanted.isInverted = true
        wanted.source = try Self.prefix("192.0.2.0/24")
        wanted.destination = try Self.prefix("198.51.100.0/26")
        wanted.inputInterface = "eth0"
        wanted.outputInterface = "eth1"
        wanted.typeOfService = 22
        wanted.firewallMark = 24
        wanted.firewallMask = 12
        wanted.realms = 0x001e_0014
        wanted.suppressedPrefixLength = 0
        wanted.suppressedInterfaceGroup = 7
        wanted.tunnelID = 9
        wanted.userIDs = 10000...19999
        wanted.ipProtocol = 17
        wanted.sourcePorts = 10...20
        wanted.destinationPorts = 53...53
        wanted.isTracked = false
        let line =
            "not from 192.0.2.0/24 to 198.51.100.0/26 table 1000 iif eth0 oif eth1 tos 22 fwmark 24/12 preference 39"
            + " realms 30/20 suppress_prefixlength 0 sup_group 7 tunnel-id 9 uidrange 10000-19999 ipproto UDP sport 10-20"
            + " dport 53 no_track"
        #expect(try Self.rule(line) == wanted)
        #expect(try sentences("virtual_rules {\n\(line)\n}") == [])
    }

    @Test(
        "Actions and families are those of ip rule",
        arguments: [
            ("from 10.0.0.0/8 lookup main priority 5", "5: from 10.0.0.0/8 lookup 254", AddressFamily.ipv4),
            ("to 2001:db8::/32 table 7 priority 5", "5: from all to 2001:db8::/32 lookup 7", .ipv6),
            ("inet6 table 7 priority 5", "5: from all lookup 7", .ipv6),
            ("from all nop priority 5", "5: from ::/0 nop", .ipv4),
            ("from 10.0.0.1 goto 9 priority 5", "5: from 10.0.0.1 goto 9", .ipv4),
            ("type prohibit priority 5", "5: from all prohibit", .ipv4),
            ("unreachable order 5", "5: from all unreachable", .ipv4),
            ("blackhole priority 0x5", "5: from all blackhole", .ipv4),
            ("l3mdev priority 5", "5: from all lookup 0", .ipv4),
        ])
    func actions(_ line: String, _ rule: String, _ family: AddressFamily) throws {
        let found = try Self.rule(line)
        #expect(found.description == rule.replacing("::/0", with: "0.0.0.0/0"))
        #expect(found.family == family)
        #expect(found.usesTableOfVRF == line.hasPrefix("l3mdev"))
    }

    @Test("A rule without a priority gets one, counted down for each family and said with a warning")
    func priorities() throws {
        let text = "virtual_rules {\nfrom 10.0.0.1 table 5\nfrom 10.0.0.2 table 5\nfrom fe80::1 table 5\n}"
        #expect(try router(text).virtualRules.map(\.priority) == [16384, 16383, 16384])
        #expect(
            try sentences(text).first
                == "3: virtual_rules: a rule without a priority gets 16384, which depends on the other rules")
    }

    @Test(
        "A wrong rule is an error",
        arguments: [
            ("from 10.0.0.0/8 priority 5", "\"a rule without an action\" is not allowed"),
            ("table 5 prohibit", "prohibit is not allowed; allowed is one of table"),
            ("table 0", "table: 0 is not allowed"), ("table 5 bogus", "virtual_rules: bogus is not allowed"),
            ("from 10.0.0.0/8 to fe80::/64 table 5", "virtual_rules: 10.0.0.0/8 is not allowed"),
            ("goto 5 priority 5", "\"goto 5\" is not allowed; allowed is a priority beyond 5"),
            ("nop realms 3", "\"realms or suppress_...\" is not allowed"),
            ("from fe80::/64 table 5 realms 3", "realms: ignored because only IPv4 addresses have it"),
            ("table 5 fwmark x", "fwmark: x is not allowed"), ("table 5 uidrange 9-3", "uidrange: 9-3 is not allowed"),
            ("table 5 dport 70000", "dport: 70000 is not allowed"),
            ("table 5 ipproto nosuch", "ipproto: nosuch is not allowed"),
            ("table 5 tunnel-id 0", "tunnel-id: 0 is not allowed"), ("table 5 iif", "iif: a value is missing"),
            ("table 5 type nat", "type: nat is not allowed"), ("table 5 track_group x", "track_group is not allowed"),
            ("table 5 suppress_prefixlength 129", "suppress_prefixlength: 129 is not allowed"),
        ])
    func wrongRules(_ line: String, _ sentence: String) throws {
        let configuration = try load(instance("virtual_rules {\n\(line)\n}"))
        #expect(configuration.hasErrors)
        let found = configuration.diagnostics.map(\.description)
        #expect(found.contains { $0.contains(sentence) }, "\(found)")
    }

    @Test("Tables and the like may be named as in the files of iproute2, the node's own first")
    func names() throws {
        let files = [
            "/usr/share/iproute2/rt_tables": "100 isp\n", "/usr/share/iproute2/rt_scopes": "77 mine",
            "/etc/iproute2/rt_tables": "200\tisp # a comment\n0x65 other\n7 seven\n\n# 9 no\nx y\n8\n",
            "/etc/iproute2/rt_tables.d/a.conf": "300 extra\n301 isp",
            "/etc/iproute2/rt_protos.d/x.conf": "99 tool",
            "/etc/iproute2/rt_realms": "5 red\n6 blue", "/etc/iproute2/rt_dsfield": "0x28 AF11\n0x1000 wide",
            "/etc/iproute2/group": "4 uplinks",
        ]
        let text = instance(
            """
            virtual_routes {
            10.1.0.0/16 dev eth0 table isp scope mine realms red/blue tos AF11 no_track proto tool
            10.2.0.0/16 dev eth0 table extra
            10.3.0.0/16 dev eth0 table other
            }
            virtual_rules {
            table isp priority 5 suppress_ifgroup uplinks
            }
            """)
        let found = try load(text, including: files)
        #expect(found.diagnostics == [])
        let router = try #require(found.definitions.virtualRouters.first)
        #expect(router.virtualRoutes.map(\.table) == [200, 300, 101])
        #expect(router.virtualRoutes[0].scope == 77)
        #expect(router.virtualRoutes[0].realms == 0x0005_0006)
        #expect(router.virtualRoutes[0].typeOfService == 0x28)
        #expect(router.virtualRoutes[0].protocolNumber == 99)
        #expect(router.virtualRules[0].action == .lookup(table: 200))
        #expect(router.virtualRules[0].suppressedInterfaceGroup == 4)

        let elsewhere = try load(
            "global_defs {\niproute_usr_dir /a\niproute_etc_dir /b\n}\n"
                + instance("virtual_routes {\n10.1.0.0/16 dev eth0 table two scope one\n}"),
            including: ["/a/rt_scopes": "1 one", "/a/rt_tables": "1 two", "/b/rt_tables": "2 two"])
        let route = try #require(elsewhere.definitions.virtualRouters.first?.virtualRoutes.first)
        #expect(route.table == 2 && route.scope == 1)
        #expect(try load("global_defs {\niproute_etc_dir relative\n}").hasErrors)
        #expect(try load("global_defs {\niproute_usr_dir relative\n}").hasErrors)
    }

    @Test("Names of hostile files are no harm")
    func hostileNames() throws {
        let large = String(repeating: "1 x\n", count: 300_000)
        let files = [
            "/etc/iproute2/rt_tables": large, "/etc/iproute2/rt_scopes": "\u{0}\u{1} \u{2}\n99999999999 big\n-1 minus",
        ]
        for name in ["table x", "scope big", "scope minus"] {
            let text = instance("virtual_routes {\n10.1.0.0/16 dev eth0 \(name)\n}")
            #expect(try load(text, including: files).hasErrors)
        }
    }

    @Test("Static things are read with their track groups, and addresses stand on the default interface")
    func statics() throws {
        let text =
            """
            static_ipaddress {
                192.0.2.200/24 track_group group
                192.0.2.201/24 dev eth1 no_track
            }
            static_routes {
                10.0.0.0/8 via 192.0.2.9 dev eth0 track_group group
            }
            static_rules {
                from 10.0.0.0/8 table 5 priority 5 track_group group
            }
            track_group group {
                group {
                    A
                }
            }
            global_defs {
                default_interface eth7
            }

            """ + instance("")
        let configuration = try load(text)
        #expect(configuration.diagnostics == [])
        let statics = configuration.definitions.statics
        #expect(throws: Never.self) { try configuration.definitions.validate() }
        #expect(statics.addresses.map(\.value.interface) == ["eth7", "eth1"])
        #expect(statics.addresses.map(\.trackGroup) == ["group", nil])
        #expect(statics.addresses.map(\.value.isTracked) == [true, false])
        #expect(statics.routes.map(\.trackGroup) == ["group"])
        #expect(statics.rules.map(\.trackGroup) == ["group"])
        #expect(statics.trackGroups == [TrackGroupDefinition(name: "group", virtualRouters: ["A"])])
        let plain = try load("static_ipaddress {\n192.0.2.200\n}\n" + instance(""))
        #expect(plain.definitions.statics.addresses.first?.value.interface == "eth0")
    }

    @Test(
        "Static things that are wrong are errors",
        arguments: [
            ("static_ipaddress {\n192.0.2.200 use_vmac\n}", "2", "static_ipaddress: use_vmac is not allowed"),
            ("static_ipaddress {\n192.0.2.200 track_group x\n}", "2", "track_group: x is not allowed"),
            ("static_ipaddress {\n192.0.2.200\n192.0.2.200\n}", "3", "an address that nothing else has"),
            ("static_ipaddress {\n192.0.2.1\n}", "2", "an address that nothing else has"),
            (
                "track_group g {\ngroup {\nX\n}\n}", "3",
                "group: X is not allowed; allowed is the name of a vrrp_instance"
            ),
            ("track_group g {\n}\ntrack_group g {\n}", "3", "the name g stands"),
            ("track_group {\n}", "1", "track_group"),
            ("global_defs {\ndefault_interface a/b\n}", "2", "default_interface: a/b is not allowed"),
        ])
    func wrongStatics(_ text: String, _ line: String, _ sentence: String) throws {
        let configuration = try load(text + "\n" + instance(""))
        #expect(configuration.hasErrors)
        let found = configuration.diagnostics.filter { $0.severity == .error }.map(\.description)
        #expect(found.contains { $0.hasPrefix("k.conf:\(line): ") && $0.contains(sentence) }, "\(found)")
    }

    @Test("What is written twice is there once")
    func duplicates() throws {
        let text =
            "virtual_routes {\n10.0.0.0/8 dev eth0\n10.0.0.0/8 oif eth0\n}\nvirtual_rules {\ntable 5 priority 5\nlookup 5 order 5\n}"
        let found = try router(text)
        #expect(found.virtualRoutes.count == 1 && found.virtualRules.count == 1)
        #expect(
            try sentences(text) == [
                "4: virtual_routes: the route stands at k.conf:3 already",
                "8: virtual_rules: the rule stands at k.conf:7 already",
            ])
    }
}
