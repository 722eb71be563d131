import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("The variables of OpenShift's image for IP failover")
struct FailoverVariableTests {
    /// A value and the line of the configuration that it gives.
    struct Accepted: Sendable, CustomTestStringConvertible {
        let variable: String
        let value: String
        let line: String

        init(_ variable: String, _ value: String, _ line: String) {
            (self.variable, self.value, self.line) = (variable, value, line)
        }

        var testDescription: String { "\(variable)=\(value)" }
    }

    static let accepted: [Accepted] = [
        .init("OPENSHIFT_HA_CONFIG_NAME", "", "vrrp_instance OpenShift_IPFailover_VIP_1 {"),
        .init("OPENSHIFT_HA_CONFIG_NAME", "", "router_id OpenShift_IPFailover"),
        .init("OPENSHIFT_HA_CONFIG_NAME", "", "auth_pass OpenShif"),
        .init("OPENSHIFT_HA_CONFIG_NAME", "a", "vrrp_instance a_VIP_1 {"),
        .init("OPENSHIFT_HA_CONFIG_NAME", "ha-1.web", "vrrp_instance ha_1web_VIP_1 {"),
        .init("OPENSHIFT_HA_CONFIG_NAME", "ha-1.web", "vrrp_script chk_ha_1.web {"),
        .init("OPENSHIFT_HA_CONFIG_NAME", "ha-1.web", "auth_pass ha-1.web"),
        .init("OPENSHIFT_HA_CONFIG_NAME", "ha-1.web.example", "auth_pass ha-1.web"),
        .init(
            "OPENSHIFT_HA_CONFIG_NAME", String(repeating: "x", count: 128),
            "router_id \(String(repeating: "x", count: 128))"),
        .init("OPENSHIFT_HA_VIRTUAL_IPS", "198.51.100.7", "198.51.100.7 dev eth0"),
        .init("OPENSHIFT_HA_NETWORK_INTERFACE", "", "interface eth0"),
        .init("OPENSHIFT_HA_NETWORK_INTERFACE", "eth0", "interface eth0"),
        .init("OPENSHIFT_HA_NETWORK_INTERFACE", "gone0 eth0", "interface eth0"),
        .init("OPENSHIFT_HA_MONITOR_PORT", "", "script \"/bin/bash -c '</dev/tcp/192.0.2.10/80'\""),
        .init("OPENSHIFT_HA_MONITOR_PORT", "30060", "script \"/bin/bash -c '</dev/tcp/192.0.2.10/30060'\""),
        .init("OPENSHIFT_HA_MONITOR_PORT", "65535", "script \"/bin/bash -c '</dev/tcp/192.0.2.10/65535'\""),
        .init("OPENSHIFT_HA_MONITOR_PORT", "0", "script \"true\""),
        .init("OPENSHIFT_HA_REPLICA_COUNT", "", "priority 245"),
        .init("OPENSHIFT_HA_REPLICA_COUNT", "0", "priority 245"),
        .init("OPENSHIFT_HA_REPLICA_COUNT", "3", "priority 12"),
        .init("OPENSHIFT_HA_REPLICA_COUNT", "65535", "priority 12"),
        .init("OPENSHIFT_HA_VRRP_ID_OFFSET", "", "virtual_router_id 11"),
        .init("OPENSHIFT_HA_VRRP_ID_OFFSET", "0", "virtual_router_id 1"),
        .init("OPENSHIFT_HA_VRRP_ID_OFFSET", "254", "virtual_router_id 255"),
        .init("HA_EXCLUDED_VRRP_IDS", "11", "virtual_router_id 12"),
        .init("HA_EXCLUDED_VRRP_IDS", "1 255 11,12", "virtual_router_id 13"),
        .init("OPENSHIFT_HA_CHECK_SCRIPT", "/etc/keepalive/check.sh", "script \"/etc/keepalive/check.sh\""),
        .init(
            "OPENSHIFT_HA_CHECK_SCRIPT", "/bin/bash -c 'curl -s localhost # !'",
            "script \"/bin/bash -c 'curl -s localhost # !'\""),
        .init("OPENSHIFT_HA_CHECK_INTERVAL", "", "interval 2"),
        .init("OPENSHIFT_HA_CHECK_INTERVAL", "0.01", "interval 0.01"),
        .init("OPENSHIFT_HA_CHECK_INTERVAL", "86400", "interval 86400"),
        .init("OPENSHIFT_HA_NOTIFY_SCRIPT", "/etc/keepalive/notify.sh", "notify \"/etc/keepalive/notify.sh\""),
        .init("OPENSHIFT_HA_PREEMPTION", "nopreempt", "nopreempt"),
        .init("OPENSHIFT_HA_UNICAST_PEERS", "192.0.2.11, 192.0.2.12", "192.0.2.12"),
        .init(
            "OPENSHIFT_HA_UNICAST_PEERS", String(repeating: "192.0.2.11,", count: 300), "192.0.2.11"),
        .init("MULTICAST_SOURCE_IPADDRESS", "192.0.2.10", "mcast_src_ip 192.0.2.10"),
        .init("UNICAST_SOURCE_IPADDRESS", "192.0.2.10", "unicast_src_ip 192.0.2.10"),
        .init("OPENSHIFT_HA_ADMIN_EMAILS", "", "root@localhost"),
        .init("OPENSHIFT_HA_ADMIN_EMAILS", "a@example.com b@example.com", "b@example.com"),
        .init("OPENSHIFT_HA_SMTP_SERVER", "", "smtp_server 127.0.0.1"),
        .init("OPENSHIFT_HA_SMTP_SERVER", "mail.example.com 65535", "smtp_server mail.example.com 65535"),
        .init("OPENSHIFT_HA_SMTP_SERVER", "2001:db8::25", "smtp_server 2001:db8::25"),
    ]

    @Test(
        "Each value gives its line, an empty one that of the default, and blanks around it do not count",
        arguments: accepted)
    func accepts(_ example: Accepted) throws {
        for value in [example.value, " \(example.value)\n"] {
            let plan = try failoverPlan([example.variable: value])
            #expect(plan.lines.contains(example.line), "\(plan.configuration)")
        }
    }

    /// A value that is refused, and the end of the sentence that says so.
    static let refused: [(variable: String, value: String, reason: String)] = [
        ("OPENSHIFT_HA_CONFIG_NAME", "two words", "with at least one of the first four kinds"),
        ("OPENSHIFT_HA_CONFIG_NAME", "a{", "with at least one of the first four kinds"),
        ("OPENSHIFT_HA_CONFIG_NAME", "a\nb", "with at least one of the first four kinds"),
        ("OPENSHIFT_HA_CONFIG_NAME", "ä", "with at least one of the first four kinds"),
        ("OPENSHIFT_HA_CONFIG_NAME", "..", "with at least one of the first four kinds"),
        (
            "OPENSHIFT_HA_CONFIG_NAME", String(repeating: "x", count: 129),
            "with at least one of the first four kinds"
        ),
        ("OPENSHIFT_HA_VIP_GROUPS", "two", "allowed is 0 to 65535"),
        ("OPENSHIFT_HA_VIP_GROUPS", "-1", "allowed is 0 to 65535"),
        ("OPENSHIFT_HA_VIP_GROUPS", "99999999999999999999", "allowed is 0 to 65535"),
        (
            "OPENSHIFT_HA_NETWORK_INTERFACE", "a/b",
            "\"a/b\" is not allowed; allowed is an interface name of 1 to 15 octets"
        ),
        ("OPENSHIFT_HA_MONITOR_PORT", "65536", "allowed is a port from 1 to 65535, or 0 for no check"),
        ("OPENSHIFT_HA_MONITOR_PORT", "80/tcp", "allowed is a port from 1 to 65535, or 0 for no check"),
        ("OPENSHIFT_HA_REPLICA_COUNT", "2.5", "allowed is 0 to 65535"),
        ("OPENSHIFT_HA_VRRP_ID_OFFSET", "255", "allowed is 0 to 254"),
        ("OPENSHIFT_HA_VRRP_ID_OFFSET", "0x10", "allowed is 0 to 254"),
        ("HA_EXCLUDED_VRRP_IDS", "12 0", "\"0\" is not allowed; allowed is 1 to 255"),
        ("HA_EXCLUDED_VRRP_IDS", "12-14", "\"12-14\" is not allowed; allowed is 1 to 255"),
        ("OPENSHIFT_HA_CHECK_SCRIPT", "check.sh \"a b\"", "up to 900 octets without double quotes"),
        ("OPENSHIFT_HA_CHECK_SCRIPT", "etc/check.sh", "up to 900 octets without double quotes"),
        ("OPENSHIFT_HA_CHECK_SCRIPT", "/bin/sh -c 'a", "up to 900 octets without double quotes"),
        ("OPENSHIFT_HA_CHECK_SCRIPT", "/a\n}", "up to 900 octets without double quotes"),
        (
            "OPENSHIFT_HA_CHECK_SCRIPT", "/" + String(repeating: "x", count: 900),
            "up to 900 octets without double quotes"
        ),
        ("OPENSHIFT_HA_NOTIFY_SCRIPT", "\"/a\"", "up to 900 octets without double quotes"),
        ("OPENSHIFT_HA_CHECK_INTERVAL", "2s", "allowed is 0.01 to 86400 seconds"),
        ("OPENSHIFT_HA_CHECK_INTERVAL", "0", "allowed is 0.01 to 86400 seconds"),
        (
            "OPENSHIFT_HA_PREEMPTION", "preempt_delay",
            "allowed is nopreempt, preempt, or preempt_delay and 0 to 1000 seconds"
        ),
        (
            "OPENSHIFT_HA_PREEMPTION", "preempt_delay 1001",
            "allowed is nopreempt, preempt, or preempt_delay and 0 to 1000 seconds"
        ),
        (
            "OPENSHIFT_HA_PREEMPTION", "state MASTER",
            "allowed is nopreempt, preempt, or preempt_delay and 0 to 1000 seconds"
        ),
        (
            "OPENSHIFT_HA_UNICAST_PEERS", "192.0.2.11,node2",
            "\"node2\" is not allowed; allowed is an IPv4 or IPv6 address of a host"
        ),
        (
            "OPENSHIFT_HA_UNICAST_PEERS", (0...255).map { "10.0.0.\($0)" }.joined(separator: ","),
            "these are 256 addresses; allowed are 255"
        ),
        ("MULTICAST_SOURCE_IPADDRESS", "192.0.2.10/24", "allowed is an IPv4 or IPv6 address of a host"),
        ("UNICAST_SOURCE_IPADDRESS", "224.0.0.18", "allowed is an IPv4 or IPv6 address of a host"),
        (
            "OPENSHIFT_HA_ADMIN_EMAILS", "ops@example.com }",
            "\"}\" is not allowed; allowed is a mail address of letters, digits and . _ % + = - and @"
        ),
        (
            "OPENSHIFT_HA_SMTP_SERVER", "mail 0",
            "allowed is an address or a host name, and a port behind a space where it is not 25"
        ),
        (
            "OPENSHIFT_HA_SMTP_SERVER", "a b c",
            "allowed is an address or a host name, and a port behind a space where it is not 25"
        ),
        ("KEEPALIVED_CONFIG", "keepalived.conf", "allowed is an absolute path"),
    ]

    @Test(
        "A wrong value is refused in one sentence that names the variable, the value and what is allowed",
        arguments: refused)
    func refuses(_ example: (variable: String, value: String, reason: String)) throws {
        let problems = try failoverProblems([example.variable: example.value])
        #expect(problems.count == 1)
        let problem = try #require(problems.first)
        #expect(problem.hasPrefix("\(example.variable)=\""))
        #expect(problem.hasSuffix(example.reason), "\(problem)")
        #expect(problem.utf8.allSatisfy { $0 >= 0x20 })
    }

    @Test("All that is wrong is told at once")
    func allAtOnce() throws {
        let problems = try failoverProblems([
            "OPENSHIFT_HA_VIRTUAL_IPS": "10.9.9.1/24, 10.9.9.9-3", "OPENSHIFT_HA_REPLICA_COUNT": "two",
            "HA_EXCLUDED_VRRP_IDS": "a b",
        ])
        #expect(problems.count == 5)
    }

    @Test(
        "Without a variable nothing is asked for; any value of either wants the rule of nftables",
        arguments: [
            ([:], false), (["OPENSHIFT_HA_IPTABLES_CHAIN": ""], false),
            (["OPENSHIFT_HA_IPTABLES_CHAIN": "INPUT"], true),
            (["OPENSHIFT_HA_NFTABLES_RULE": "true"], true),
            (["OPENSHIFT_HA_NFTABLES_RULE": "", "OPENSHIFT_HA_IPTABLES_CHAIN": "OUTPUT"], true),
        ] as [([String: String], Bool)])
    func nftables(environment: [String: String], accepts: Bool) throws {
        #expect(try failoverPlan(environment).acceptsMulticast == accepts)
    }

    @Test("KEEPALIVED_CONFIG says where the file stands")
    func path() throws {
        #expect(try failoverPlan([:]).configurationPath == "/etc/keepalived/keepalived.conf")
        #expect(try failoverPlan(["KEEPALIVED_CONFIG": "/tmp/k.conf"]).configurationPath == "/tmp/k.conf")
    }

    @Test(
        "Where an instance does not begin as master, preemption stands in it as it was given",
        arguments: [
            ("", "preempt_delay 300"), ("preempt_delay 60", "preempt_delay 60"),
            ("preempt_delay  0.5", "preempt_delay 0.5"),
            ("nopreempt", "nopreempt"), (" nopreempt ", "nopreempt"),
        ])
    func preemption(value: String, line: String) throws {
        let plan = try failoverPlan(["OPENSHIFT_HA_PREEMPTION": value, "OPENSHIFT_HA_REPLICA_COUNT": "3"])
        #expect(!plan.lines.contains("state MASTER"))
        #expect(plan.lines.filter { $0.contains("preempt") } == [line])
    }

    @Test("An instance that begins as master has neither a delay, which it would not wait for, nor nopreempt")
    func masters() throws {
        for value in ["", "preempt_delay 60", "preempt"] {
            let plan = try failoverPlan(["OPENSHIFT_HA_PREEMPTION": value])
            #expect(plan.lines.contains("state MASTER"))
            #expect(!plan.lines.contains { $0.contains("preempt") })
            let isNoted = plan.notes.contains { $0.hasPrefix("OPENSHIFT_HA_PREEMPTION: the delay has no effect") }
            #expect(isNoted == (value != "preempt"))
        }
        let plan = try failoverPlan(["OPENSHIFT_HA_PREEMPTION": "nopreempt"])
        #expect(!plan.lines.contains("state MASTER"))
        #expect(plan.notes == [])
    }

    @Test("A variable that is not known has no effect, and is named")
    func unknown() throws {
        let environment = [
            "OPENSHIFT_HA_REPLICA_COUNTS": "2", "OPENSHIFT_HA_EXCLUDED_VRRP_IDS": "11", "OPENSHIFT_HA_TRACE": "1",
            "OPENSHIFT_HA_SELECTOR": "web", "OPENSHIFT_BUILD": "x", "PATH": "/bin",
        ]
        let plan = try failoverPlan(environment)
        #expect(plan.configuration == (try failoverPlan([:])).configuration)
        #expect(
            plan.notes.prefix(3) == [
                "OPENSHIFT_HA_EXCLUDED_VRRP_IDS has no effect; the name is HA_EXCLUDED_VRRP_IDS",
                "OPENSHIFT_HA_REPLICA_COUNTS is not known and has no effect; is OPENSHIFT_HA_REPLICA_COUNT meant?",
                "OPENSHIFT_HA_TRACE is not known and has no effect",
            ])
        #expect(plan.notes.count == 4)
    }

    @Test(
        "Peers decide between unicast and multicast, whatever OPENSHIFT_HA_USE_UNICAST says",
        arguments: [
            ("true", "192.0.2.11", nil), ("false", "", nil), ("", "192.0.2.11", nil),
            ("false", "192.0.2.11", "has no effect: adverts go to OPENSHIFT_HA_UNICAST_PEERS, because there are some"),
            ("true", "", "has no effect without OPENSHIFT_HA_UNICAST_PEERS: adverts are sent by multicast"),
        ] as [(String, String, String?)])
    func unicast(flag: String, peers: String, note: String?) throws {
        let plan = try failoverPlan(["OPENSHIFT_HA_USE_UNICAST": flag, "OPENSHIFT_HA_UNICAST_PEERS": peers])
        #expect(plan.lines.contains("unicast_peer {") == !peers.isEmpty)
        let notes = plan.notes.filter { $0.contains("OPENSHIFT_HA_USE_UNICAST") }
        #expect(notes == note.map { ["OPENSHIFT_HA_USE_UNICAST: \($0)"] } ?? [])
    }
}
