import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("The addresses of a container for IP failover")
struct FailoverAddressTests {
    @Test(
        "Addresses and ranges in the last part stand for their addresses, in order",
        arguments: [
            ("", ""), ("1.1.1.1", "1.1.1.1"), ("1.1.1.1-2", "1.1.1.1 1.1.1.2"), ("10.1.1.100-100", "10.1.1.100"),
            ("1.1.1.1, 2.2.2.2,3.3.3.3-4  4.4.4.4", "1.1.1.1 2.2.2.2 3.3.3.3 3.3.3.4 4.4.4.4"),
            ("1.1.1.254-255,\n1.1.1.1", "1.1.1.254 1.1.1.255 1.1.1.1"), ("1.1.1.1-1.1.1.3", "1.1.1.1 1.1.1.2 1.1.1.3"),
            ("2001:DB8:1ABC::1F39-1F3B", "2001:db8:1abc::1f39 2001:db8:1abc::1f3a 2001:db8:1abc::1f3b"),
            ("2001:db8::9-a", "2001:db8::9 2001:db8::a"), ("2001:db8::-1", "2001:db8:: 2001:db8::1"),
            ("2001:db8::fffe-2001:db8::ffff", "2001:db8::fffe 2001:db8::ffff"), ("fe80::1", "fe80::1"),
        ])
    func expansion(text: String, addresses: String) throws {
        let plan = try failoverPlan(["OPENSHIFT_HA_VIRTUAL_IPS": text], on: .node("192.0.2.10/24"))
        #expect(plan.addresses.map(\.description).joined(separator: " ") == addresses)
    }

    @Test(
        "What the original would mangle or drop is refused",
        arguments: [
            ("10.9.9.1/24", "\"10.9.9.1/24\" has a prefix length"),
            ("10.9.9.9-3", "\"10.9.9.9-3\" ends before it begins"),
            ("10.9.9.1-256", "\"10.9.9.1-256\" has no end that is allowed"), ("10.9.9.1-", "\"10.9.9.1-\" has no end"),
            ("10.9.9.1-2-3", "\"10.9.9.1-2-3\" has no end"), ("10.9.9.1-10.9.8.3", "has no end that is allowed"),
            ("10.9.9.1-+3", "has no end that is allowed"), ("2001:db8::1-+3", "has no end that is allowed"),
            ("10.9.9", "\"10.9.9\" is not allowed"), ("10.9.9.300", "\"10.9.9.300\" is not allowed"),
            ("010.9.9.1", "\"010.9.9.1\" is not allowed"), ("host", "\"host\" is not allowed"),
            ("-", "\"-\" is not allowed"),
            ("2001:db8::1-10000", "has no end that is allowed; allowed is a last group up to ffff"),
            ("2001:db8::1-0g", "has no end that is allowed; allowed is a last group up to ffff"),
            ("2001:db8::b-a", "ends before it begins"),
            ("224.0.0.18", "\"224.0.0.18\" is no address that a host can hold"),
            ("0.0.0.0", "is no address that a host can hold"), ("127.0.0.1", "is no address that a host can hold"),
            ("ff02::12", "is no address that a host can hold"), ("::", "is no address that a host can hold"),
            ("1.1.1.1-3 1.1.1.2", "1.1.1.2 is there more than once"),
            ("2001:db8::0-ffff", "these are more than 4096 addresses"),
            ("1.1.1.1\u{0}", "is not allowed"),
        ])
    func refusals(text: String, reason: String) throws {
        let problems = try failoverProblems(["OPENSHIFT_HA_VIRTUAL_IPS": text, "OPENSHIFT_HA_VIP_GROUPS": "20"])
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("OPENSHIFT_HA_VIRTUAL_IPS=\"") == true)
        #expect(problems.first?.contains(reason) == true, "\(problems)")
    }

    @Test(
        "The wanted interface is taken, else a usual one, else the one of the default route",
        arguments: [
            ("br-ex", "eth7 ens3 br-ex", "br-ex"), ("", "eth7 eth1 ens3", "eth1"), ("gone", "eth7 ens3", "ens3"),
            ("gone", "eth7 eth8", "eth8"), ("eth7,eth8", "eth8 eth7", "eth7"),
        ])
    func interfaces(wanted: String, present: String, chosen: String) throws {
        let interfaces = try present.split(separator: " ").map {
            try HostInterface.interface(String($0), ["192.0.2.7/24"])
        }
        let plan = try failoverPlan(
            ["OPENSHIFT_HA_NETWORK_INTERFACE": wanted], on: NodeFacts(interfaces: interfaces, outwardInterface: "eth8"))
        #expect(plan.interface == chosen)
        #expect(plan.lines.contains("192.0.2.100 dev \(chosen)"))
        #expect(
            plan.notes.contains { $0.contains("there is no interface gone; \(chosen) is used") } == (wanted == "gone"))
    }

    @Test("Without any interface, and without an address on it, the variable of the interface is named")
    func missing() throws {
        let eth7 = try HostInterface.interface("eth7", [])
        let nowhere = NodeFacts(interfaces: [eth7], outwardInterface: nil)
        #expect(
            try failoverProblems([:], on: nowhere) == [
                "OPENSHIFT_HA_NETWORK_INTERFACE is not set: there is no such interface, none of enp0s3, enp0s8, eth1,"
                    + " ens3, and no route to 8.8.8.8; allowed is one of eth7"
            ])
        #expect(
            try failoverProblems(["OPENSHIFT_HA_NETWORK_INTERFACE": "eth7"], on: nowhere) == [
                "OPENSHIFT_HA_NETWORK_INTERFACE=\"eth7\": the interface eth7 has no address of the node itself"
            ])
    }

    @Test(
        "The node's address is its first of IPv4 that is no virtual one, else its lowest of IPv6",
        arguments: [
            (["192.0.2.10/24", "192.0.2.9/24"], "192.0.2.10"), (["192.0.2.100/32", "192.0.2.10/24"], "192.0.2.10"),
            (["fe80::7/64", "2001:db8::9/64", "2001:db8::8/64"], "2001:db8::8"), (["fe80::7/64"], "fe80::7"),
            (["fe80::7/64", "192.0.2.10/24"], "192.0.2.10"),
        ])
    func ownAddress(addresses: [String], own: String) throws {
        let node = NodeFacts(interfaces: [try .interface("eth0", addresses)], outwardInterface: "eth0")
        #expect(try failoverPlan([:], on: node).lines.contains { $0.contains("</dev/tcp/\(own)/80'") })
    }

    @Test("The removal does with what is right, and tells what is not")
    func removal() throws {
        let node = try NodeFacts.node("192.0.2.10/24")
        let removal = FailoverRemoval(
            environment: [
                "OPENSHIFT_HA_VIRTUAL_IPS": "192.0.2.100-101 x", "OPENSHIFT_HA_IPTABLES_CHAIN": "INPUT",
                "OPENSHIFT_HA_REPLICA_COUNT": "two",
            ], node: node)
        #expect(removal.interface == "eth0")
        #expect(removal.addresses.map(\.description) == ["192.0.2.100", "192.0.2.101"])
        #expect(removal.acceptsMulticast)
        #expect(removal.problems.map(\.variable) == ["OPENSHIFT_HA_VIRTUAL_IPS"])
    }
}
