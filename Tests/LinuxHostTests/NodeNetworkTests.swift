import NetworkLab
import Testing
import VRRP
import VRRPEngine

@testable import LinuxHost

@Suite("A look at the node's network", .needs([.root, .iproute2, .networkNamespaces, .veth]))
struct NodeNetworkTests {
    private static let world = IPAddress.v4(IPv4Address(8, 8, 8, 8))
    private static let world6 = IPAddress.v6(IPv6Address(high: 0x2001_4860_4860_0000, low: 0x8888))

    @Test("The interface of a route is found for both families, and nothing where there is no route")
    func routes() async throws {
        let (before, after) = try await Namespace.run {
            try Namespace.makePair()
            let questions = [Self.world, Self.world6, .v4(IPv4Address(127, 0, 0, 1))]
            let before = try questions.map { try NodeNetwork.interface(towards: $0) }
            try shell(
                """
                ip addr add 192.0.2.10/24 dev a; ip route add default via 192.0.2.1
                ip -6 route add default via fe80::1 dev b
                """)
            return (before, try questions.map { try NodeNetwork.interface(towards: $0) })
        }
        #expect(before == [nil, nil, "lo"])
        #expect(after == ["a", "b", "lo"])
    }

    @Test("Addresses with a host prefix are removed from one interface, and all others stay")
    func removal() async throws {
        let (removed, again, rest) = try await Namespace.run {
            try Namespace.makePair()
            try shell(
                """
                ip addr add 192.0.2.10/24 dev a; ip addr add 192.0.2.100/32 dev a; ip addr add 192.0.2.101/32 dev a
                ip addr add 192.0.2.102/24 dev a; ip addr add 2001:db8::1/128 nodad dev a
                ip addr add 192.0.2.100/32 dev b
                for n in $(seq 1 200); do echo addr add 198.51.100.$n/32 dev a; echo addr add 203.0.113.$n/32 dev a; done | \
                    ip -batch -
                """)
            var addresses = try ["192.0.2.100", "192.0.2.102", "192.0.2.103", "2001:db8::1"].map { text in
                guard let address = IPAddress(text) else { throw SetupFailure(description: text) }
                return address
            }
            for octet in UInt8(1)...200 {
                addresses += [.v4(IPv4Address(198, 51, 100, octet)), .v4(IPv4Address(203, 0, 113, octet))]
            }
            let removed = try NodeNetwork.remove(addresses, from: "a")
            let again = try NodeNetwork.remove(addresses, from: "a").count
            let nowhere = try NodeNetwork.remove(addresses, from: "c").count
            let interfaces = try NodeNetwork.interfaces()
            let rest = ["a", "b"].map { name in
                interfaces.first { $0.name == name }?.addresses.map(\.address).filter { !$0.isIPv6LinkLocal } ?? []
            }
            return (removed.map { ("\($0.address)", $0.failure) }, again + nowhere, rest)
        }
        #expect(removed.count == 402)
        #expect(removed.allSatisfy { $0.1 == nil })
        #expect(again == 0)
        #expect(rest[0].map(\.description).sorted() == ["192.0.2.10", "192.0.2.101", "192.0.2.102"])
        #expect(rest[1].map(\.description) == ["192.0.2.100"])
    }
}

@Suite("The table inet keepalived", .needs([.root, .iproute2, .networkNamespaces, .nftables]))
struct MulticastAcceptanceTests {
    @Test("It is made once, has the rule that is expected, and goes as a whole")
    func table() async throws {
        let result = try await Namespace.run {
            let first = try MulticastAcceptance.establish()
            let rules = try shell("nft list ruleset")
            let second = try MulticastAcceptance.establish()
            let same = try shell("nft list ruleset") == rules
            let removed = try MulticastAcceptance.remove()
            let rest = try shell("nft list ruleset")
            return (rules, [first, second, same, removed, try MulticastAcceptance.remove()], rest)
        }
        let words = result.0.split { $0.isWhitespace }.joined(separator: " ")
        #expect(
            words == "table inet keepalived { chain filter { type filter hook input priority filter; policy accept;"
                + " ip daddr 224.0.0.18 accept } }")
        #expect(result.1 == [true, false, true, true, false])
        #expect(result.2.isEmpty)
    }

    @Test("What an administrator has put into the table stays, until the table is removed")
    func foreignRules() async throws {
        let (rules, other) = try await Namespace.run {
            try shell("nft add table inet keepalived; nft add chain inet keepalived mine; nft add table inet other")
            try MulticastAcceptance.establish()
            let rules = try shell("nft list ruleset")
            try MulticastAcceptance.remove()
            return (rules, try shell("nft list ruleset"))
        }
        #expect(rules.contains("chain mine"))
        #expect(rules.contains("ip daddr 224.0.0.18 accept"))
        #expect(other == "table inet other {\n}\n")
    }
}
