import Glibc
import NetworkLab
import Testing
import VRRP

@testable import LinuxHost
@testable import VRRPEngine

private let ipv4 = IPAddress.v4(IPv4Address(192, 0, 2, 1))
private let ipv6 = IPAddress.v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: 1))

/// Whether the node answers itself under an address.
private func answers(_ address: IPAddress) throws -> Bool {
    try shell("ping -n -c 1 -W 1 \(address) > /dev/null 2>&1 && echo yes || echo no") == "yes\n"
}

@Suite("The packet filter", .needs([.root, .iproute2, .networkNamespaces, .veth, .nftables, .ping]))
struct FilterTests {
    @Test("A refused address does not answer, others do, and all is as before once it is allowed or the filter is gone")
    func refusing() async throws {
        let result = try await Namespace.run {
            try Namespace.makePair()
            try shell(
                """
                ip addr add 192.0.2.1/32 dev a; ip addr add 192.0.2.2/32 dev a
                ip addr add 2001:db8::1/128 nodad dev a; ip addr add 2001:db8::2/128 nodad dev a
                """)
            var filter = TrafficFilter()
            let untouched = try shell("nft list ruleset")
            try filter.refuse(ipv4)
            try filter.refuse(ipv6)
            let rules = try shell("nft list ruleset")
            let refused = [try answers(ipv4), try answers(ipv6)]
            let others = [
                try answers(.v4(IPv4Address(192, 0, 2, 2))),
                try answers(.v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: 2))),
            ]
            try filter.allow(ipv4)
            let allowed = [try answers(ipv4), try answers(ipv6)]
            try filter.remove()
            return (untouched, rules, refused, others, allowed, try shell("nft list ruleset"))
        }
        let (untouched, rules, refused, others, allowed, after) = result
        #expect(untouched.isEmpty)
        #expect(rules.contains("table inet vrrpd"))
        #expect(rules.contains("type filter hook input priority filter - 1; policy accept;"))
        #expect(rules.contains("type filter hook output priority filter - 1; policy accept;"))
        #expect(rules.contains("icmpv6 type nd-neighbor-solicit accept"))
        #expect(rules.contains("ip daddr @ipv4 drop"))
        #expect(rules.contains("ip saddr @ipv4 drop"))
        #expect(rules.contains("ip6 daddr @ipv6 drop"))
        #expect(rules.contains("ip6 saddr @ipv6 drop"))
        #expect(rules.contains("elements = { 192.0.2.1 }"))
        #expect(rules.contains("elements = { 2001:db8::1 }"))
        #expect(refused == [false, false])
        #expect(others == [true, true])
        #expect(allowed == [true, false])
        #expect(after.isEmpty)
    }

    @Test("A table that a dead process left is replaced, and one that somebody flushed is made again")
    func staleAndFlushed() async throws {
        let (replaced, again, removed) = try await Namespace.run {
            try shell("nft add table inet vrrpd; nft add chain inet vrrpd leftover; nft add table inet other")
            var filter = TrafficFilter()
            try filter.refuse(ipv4)
            let replaced = try shell("nft list ruleset")
            try shell("nft flush ruleset")
            try filter.refuse(ipv6)
            let again = try shell("nft list ruleset")
            try shell("nft flush ruleset")
            try filter.remove()
            return (replaced, again, try shell("nft list ruleset"))
        }
        #expect(!replaced.contains("leftover"))
        #expect(replaced.contains("table inet other"))
        #expect(replaced.contains("192.0.2.1"))
        #expect(again.contains("192.0.2.1") && again.contains("2001:db8::1"))
        #expect(removed.isEmpty)
    }

    /// A table of another name, which comes first and counts.
    private static var policy: FilterPolicy {
        var policy = FilterPolicy()
        policy.table = "vips"
        policy.priority = -300
        policy.countsPackets = true
        return policy
    }

    @Test(
        "Name, priority and counters are those of the policy, and another policy replaces the table with all it holds")
    func policies() async throws {
        let (named, renamed, reordered, removed) = try await Namespace.run {
            var filter = TrafficFilter()
            try filter.adopt(Self.policy)
            try filter.refuse(ipv4)
            let named = try shell("nft list ruleset")
            try filter.adopt(FilterPolicy())
            let renamed = try shell("nft list ruleset")
            var last = FilterPolicy()
            last.priority = 5
            try filter.adopt(last)
            let reordered = try shell("nft list ruleset")
            try filter.remove()
            return (named, renamed, reordered, try shell("nft list ruleset"))
        }
        #expect(named.contains("table inet vips"))
        #expect(named.contains("hook input priority raw;") || named.contains("hook input priority -300;"))
        #expect(named.contains("ip daddr @ipv4 counter packets 0 bytes 0 drop"))
        #expect(!renamed.contains("vips") && renamed.contains("table inet vrrpd") && renamed.contains("192.0.2.1"))
        #expect(!renamed.contains("counter"))
        #expect(reordered.contains("priority filter + 5;") && reordered.contains("192.0.2.1"))
        #expect(removed.isEmpty)
    }

    @Test("Tables of dead processes go, whatever they refused; others' stay, and where there are none nothing happens")
    func leftovers() async throws {
        let (untouched, before, after) = try await Namespace.run {
            var next = TrafficFilter()
            try next.removeLeftovers(suffixes: ["", "-113", "-114"])
            let untouched = try shell("nft list tables")
            for suffix in ["", "-113", "-115"] {
                var dead = TrafficFilter(tableSuffix: suffix)
                try dead.refuse(ipv4)
            }
            try shell("nft add table inet vrrpd-114; nft add table inet other; nft add table ip vrrpd-116")
            let before = try shell("nft list tables")
            try next.removeLeftovers(suffixes: ["", "-113", "-114", "-116"])
            return (untouched, before, try shell("nft list tables"))
        }
        func names(_ tables: String) -> Set<Substring> { Set(tables.split(separator: "\n")) }
        let foreign: Set<Substring> = [
            "table inet vrrpd-114", "table inet vrrpd-115", "table inet other", "table ip vrrpd-116",
        ]
        #expect(untouched.isEmpty)
        #expect(names(before) == foreign.union(["table inet vrrpd", "table inet vrrpd-113"]))
        #expect(names(after) == foreign)
    }

    @Test(
        "A kernel without tables has none, and other failures are told",
        arguments: [EPROTONOSUPPORT, EINVAL, EOPNOTSUPP, EPERM])
    func noTables(errorNumber: Int32) {
        #expect(
            TrafficFilter.meansNoTables(SystemCallError("netlink dump", errorNumber: errorNumber))
                == (errorNumber != EPERM))
    }

    @Test("A table of somebody else is left alone, one that a dead process left is replaced")
    func foreignTable() async throws {
        let (error, foreign, unchanged, leftover) = try await Namespace.run {
            try shell("nft add table inet vips; nft add chain inet vips mine")
            var filter = TrafficFilter()
            try filter.adopt(Self.policy)
            var error: NetlinkError?
            do throws(NetlinkError) { try filter.refuse(ipv4) } catch let refusal { error = refusal }
            let foreign = try shell("nft list ruleset")
            var other = TrafficFilter()
            try other.refuse(ipv6)
            #expect(throws: NetlinkError.self) { try other.adopt(Self.policy) }
            try other.allow(ipv6)
            let unchanged = try shell("nft list table inet vrrpd")
            try shell("nft flush ruleset")
            var dead = TrafficFilter()
            try dead.adopt(Self.policy)
            try dead.refuse(ipv6)
            var next = TrafficFilter()
            try next.adopt(Self.policy)
            try next.refuse(ipv4)
            return (error, foreign, unchanged, try shell("nft list ruleset"))
        }
        #expect(error.map { "\($0)" }?.contains("the table vips belongs to somebody else") == true)
        #expect(foreign.contains("chain mine") && !foreign.contains("192.0.2.1"))
        #expect(!unchanged.contains("2001:db8::1"))
        #expect(leftover.contains("192.0.2.1") && !leftover.contains("2001:db8::1"))
    }
}
