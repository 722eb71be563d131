import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Virtual addresses")
struct AddressTests {
    @Test("An address has the full prefix and the interface of its instance unless it says otherwise")
    func plain() throws {
        let found = try router("", addresses: "192.0.2.1\n192.0.2.2/24\n192.0.2.3/24 dev eth1\n192.0.2.4/32 dev eth0")
        #expect(found.addresses.map(\.description) == ["192.0.2.1", "192.0.2.2/24", "192.0.2.3/24", "192.0.2.4"])
        #expect(found.addresses.map(\.interface) == [nil, nil, "eth1", nil])
    }

    @Test("With a virtual MAC interface an address may stay on the instance's own interface")
    func ownInterface() throws {
        let found = try router("use_vmac", addresses: "192.0.2.1\n192.0.2.2 dev eth0")
        #expect(found.addresses.map(\.interface) == [nil, "eth0"])
    }

    @Test(
        "Labels, scopes and broadcast addresses are kept for IPv4",
        arguments: [
            ("192.0.2.1/24 label eth0:1", "eth0:1", 0, nil), ("192.0.2.1/24 scope global", nil, 0, nil),
            ("192.0.2.1/24 scope link", nil, 253, nil), ("192.0.2.1/24 scope host", nil, 254, nil),
            ("192.0.2.1/24 scope site", nil, 200, nil), ("192.0.2.1/24 scope nowhere", nil, 255, nil),
            ("192.0.2.1/24 scope 7", nil, 7, nil), ("192.0.2.1/24 brd 192.0.2.9", nil, 0, "192.0.2.9"),
            ("192.0.2.1/24 broadcast +", nil, 0, "192.0.2.255"), ("192.0.2.77/26 brd -", nil, 0, "192.0.2.64"),
            ("192.0.2.1/30 brd + label x scope 1", "x", 1, "192.0.2.3"),
        ] as [(String, String?, Int, String?)])
    func options(_ line: String, _ label: String?, _ scope: Int, _ broadcast: String?) throws {
        let found = try #require(try router("", addresses: line).addresses.first)
        #expect(found.label == label)
        #expect(found.scope == UInt8(scope))
        #expect(found.broadcast?.description == broadcast)
    }

    @Test("What only IPv4 addresses have is left out of IPv6 ones with a warning")
    func ipv6Options() throws {
        let line = "fe80::1/64 label x scope link brd +"
        let found = try #require(try router("", addresses: line).addresses.first)
        #expect(found == VirtualAddress(try address("fe80::1"), prefixLength: 64))
        #expect(
            try sentences("", addresses: line) == [
                "6: label: ignored because only IPv4 addresses have it",
                "6: scope: ignored because only IPv4 addresses have it",
                "6: brd: ignored because only IPv4 addresses have it",
            ])
    }

    @Test(
        "A wrong address is an error",
        arguments: [
            ("192.0.2.256", "virtual_ipaddress: 192.0.2.256 is not allowed; allowed is ADDRESS or ADDRESS/LENGTH"),
            ("192.0.2.1/33", "virtual_ipaddress: 192.0.2.1/33 is not allowed"),
            ("192.0.2.1/0", "virtual_ipaddress: 192.0.2.1/0 is not allowed"),
            ("192.0.2.1/", "virtual_ipaddress: 192.0.2.1/ is not allowed"),
            ("192.0.2.1/24/1", "virtual_ipaddress: 192.0.2.1/24/1 is not allowed"),
            ("224.0.0.1", "virtual_ipaddress: 224.0.0.1 is not allowed"),
            ("127.0.0.1", "virtual_ipaddress: 127.0.0.1 is not allowed"),
            ("fe80::1%eth0", "virtual_ipaddress: fe80::1%eth0 is not allowed"),
            ("192.0.2.1 device eth1", "virtual_ipaddress: device is not allowed; allowed is dev, scope"),
            ("192.0.2.1 dev", "dev: a value is missing; allowed is an interface name of 1 to 15 octets"),
            ("192.0.2.1 dev a/b", "dev: a/b is not allowed"),
            (
                "192.0.2.1 scope 256",
                "scope: 256 is not allowed; allowed is global, site, link, host, nowhere or 0 to 255"
            ),
            (
                "192.0.2.1 label a-label-too-long",
                "label: a-label-too-long is not allowed; allowed is a name of 1 to 15"
            ),
            (
                "192.0.2.1 brd +",
                "brd: + is not allowed; allowed is an IPv4 address; + and - need a prefix of at most 30"
            ),
            ("192.0.2.1 peer fe80::1", "peer: fe80::1 is not allowed; allowed is an IPv4 address"),
            ("fe80::1 preferred_lft -1", "preferred_lft: -1 is not allowed; allowed is forever or 0 to 4294967294"),
            ("192.0.2.1 track_group g", "virtual_ipaddress: track_group is not allowed"),
            ("192.0.2.1/24 brd x", "brd: x is not allowed; allowed is +, - or an IPv4 address"),
            ("192.0.2.1 {\n}", "192.0.2.1: takes no block in braces"),
        ])
    func wrong(_ line: String, _ sentence: String) throws {
        let configuration = try load(instance("", addresses: line))
        #expect(configuration.hasErrors)
        let found = configuration.diagnostics.map(\.description)
        #expect(found.contains { $0.contains(sentence) }, "\(found)")
    }

    @Test("The options of an IPv6 address are those of the kernel")
    func ipv6Flags() throws {
        let line = "fe80::1/64 -nodad home mngtmpaddr noprefixroute no_track preferred_lft 60 dev eth1"
        let found = try #require(try router("", addresses: line).addresses.first)
        #expect(found.options == [.duplicateDetection, .home, .temporaryAddresses, .noPrefixRoute])
        #expect(found.preferredLifetime == 60)
        #expect(!found.isTracked)
        #expect(found.interface == "eth1")
        #expect(try sentences("", addresses: line) == [])
    }

    @Test(
        "An IPv6 address is never a source with a full prefix, unless its lifetime is given",
        arguments: [
            ("fe80::1", 0), ("fe80::1/64", .max), ("fe80::1 preferred_lft forever", .max),
            ("fe80::1/64 preferred_lft 0", 0), ("fe80::1/64 preferred_lft 4294967294", 4_294_967_294),
        ] as [(String, UInt32)])
    func lifetimes(_ line: String, _ lifetime: UInt32) throws {
        #expect(try router("", addresses: line).addresses.first?.effectivePreferredLifetime == lifetime)
    }

    @Test("With a peer the prefix is the peer's")
    func peers() throws {
        let lines = "192.0.2.1/24 peer 198.51.100.1\n192.0.2.2 peer 198.51.100.0/28"
        let found = try router("", addresses: lines).addresses
        #expect(found.map(\.peer?.description) == ["198.51.100.1", "198.51.100.0"])
        #expect(found.map(\.prefixLength) == [32, 28])
        #expect(found.map(\.description) == ["192.0.2.1 peer 198.51.100.1", "192.0.2.2 peer 198.51.100.0/28"])
    }

    @Test("What an address cannot have is left out of it with a warning")
    func leftOut() throws {
        #expect(
            try sentences("", addresses: "192.0.2.1 preferred_lft 5 home -nodad mngtmpaddr autojoin") == [
                "6: preferred_lft: ignored because only IPv6 addresses have it",
                "6: home: ignored because only IPv6 addresses have it",
                "6: -nodad: ignored because only IPv6 addresses have it",
                "6: mngtmpaddr: ignored because only IPv6 addresses have it",
                "6: autojoin: ignored because only multicast addresses have it",
            ])
        #expect(
            try sentences("", addresses: "192.0.2.1 use_vmac") == [
                "6: use_vmac of 192.0.2.1: ignored because addresses on other interfaces answer with the MAC address of their interface"
            ])
        #expect(try sentences("use_vmac", addresses: "192.0.2.1 use_vmac") == [])
    }

    @Test("Excluded addresses may be of either family and do not decide it")
    func excluded() throws {
        let found = try router("virtual_ipaddress_excluded {\nfe80::1\n192.0.2.7 dev eth0\n}")
        #expect(found.family == .ipv4)
        #expect(found.unadvertisedAddresses.map(\.description) == ["fe80::1", "192.0.2.7"])
        #expect(found.unadvertisedAddresses.map(\.interface) == [nil, nil])
    }

    @Test("255 addresses fit into an advert, the 256th is held without being advertised")
    func count() throws {
        let most = (1...255).map { "198.51.\($0 / 100).\($0 % 100 + 1)" }
        #expect(try router("", addresses: most.joined(separator: "\n")).addresses.count == 255)
        let text = (most + ["203.0.113.1"]).joined(separator: "\n")
        let found = try router("virtual_ipaddress_excluded {\n203.0.113.2\n}", addresses: text)
        #expect(found.addresses.count == 255)
        #expect(found.unadvertisedAddresses.map(\.description) == ["203.0.113.1", "203.0.113.2"])
        #expect(
            try sentences("", addresses: text) == [
                "261: virtual_ipaddress: more than 255 addresses do not fit into an advert; the others count as"
                    + " virtual_ipaddress_excluded"
            ])
    }

    @Test(
        "Addresses and peers of the other family than the first address are left out with a warning each",
        arguments: [
            (
                "", "192.0.2.1\n2001:db8::1\n192.0.2.2", ["192.0.2.1", "192.0.2.2"],
                ["7: virtual_ipaddress: 2001:db8::1"]
            ),
            ("", "fe80::1\n192.0.2.1", ["fe80::1"], ["7: virtual_ipaddress: 192.0.2.1"]),
            (
                "unicast_peer {\n192.0.2.8\n2001:db8::8\n}", "192.0.2.1\n2001:db8::1", ["192.0.2.1"],
                ["4: unicast_peer: 2001:db8::8", "10: virtual_ipaddress: 2001:db8::1"]
            ),
            ("vrrp_strict", "192.0.2.1\n2001:db8::1", ["192.0.2.1"], ["7: virtual_ipaddress: 2001:db8::1"]),
        ])
    func foreignAddresses(_ body: String, _ addresses: String, _ kept: [String], _ said: [String]) throws {
        let isStrict = body == "vrrp_strict"
        let (own, global) = isStrict ? ("", "vrrp_strict") : (body, "")
        let router = try router(own, addresses: addresses, global: global)
        #expect(router.addresses.map(\.description) == kept)
        let found = try sentences(own, addresses: addresses, global: global)
        #expect(found.map { String($0.prefix { $0 != ";" }) } == said.map { "\($0) is left out" })
    }

    @Test("The link-local address comes first, and only where it is written first must others send it first")
    func linkLocalFirst() throws {
        let first = try router("", addresses: "fe80::1\n2001:db8::1")
        #expect(first.interoperability.requiresLinkLocalFirst)
        #expect(first.addresses.map(\.description) == ["fe80::1", "2001:db8::1"])
        #expect(try sentences("", addresses: "fe80::1\n2001:db8::1") == [])

        let moved = try router("", addresses: "2001:db8::1\n2001:db8::2\nfe80::1")
        #expect(!moved.interoperability.requiresLinkLocalFirst)
        #expect(moved.addresses.map(\.description) == ["fe80::1", "2001:db8::1", "2001:db8::2"])
        #expect(try sentences("", addresses: "2001:db8::1\nfe80::1").count == 1)

        let absent = try router("", addresses: "2001:db8::1")
        #expect(!absent.interoperability.requiresLinkLocalFirst)
        #expect(
            try sentences("", addresses: "2001:db8::1") == [
                "6: virtual_ipaddress: no address is link-local although the standard wants the first one to be; adverts"
                    + " without one are accepted"
            ])
    }
}
