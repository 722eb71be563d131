import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Keywords of the node")
struct NodeTests {
    /// The policy of a configuration that must have no errors.
    private func policy(_ global: String, _ rest: String = "") throws -> NodePolicy {
        let configuration = try load("global_defs {\n\(global)\n}\n\(rest)\n" + instance(""))
        #expect(!configuration.hasErrors)
        #expect(throws: Never.self) { try configuration.definitions.validate() }
        return configuration.definitions.node
    }

    @Test("Without any of them nothing is out of the ordinary")
    func defaults() throws { #expect(try policy("") == NodePolicy()) }

    @Test("Delays, reports and sysctls are what the keywords say")
    func values() throws {
        #expect(try policy("vrrp_startup_delay 2.5").startDelay == .milliseconds(2500))
        #expect(try policy("vrrp_delay_after_boot 60").delayAfterBoot == .seconds(60))
        #expect(try policy("log_unknown_vrids").reportsUnknownRouters)
        #expect(try policy("disable_local_igmp").disablesLocalIGMP)
    }

    @Test("The packet filter has the name, the priority and the counters that are asked for")
    func filter() throws {
        #expect(try policy("nftables").filter.table == "keepalived")
        var expected = FilterPolicy()
        expected.table = "vips"
        expected.priority = -300
        expected.countsPackets = true
        #expect(try policy("nftables vips\nnftables_priority -300\nnftables_counters").filter == expected)
        #expect(try policy("nftables_ifindex").filter == FilterPolicy())
    }

    @Test("iptables and its sets are a warning, because nftables is used")
    func iptables() throws {
        for line in ["vrrp_iptables", "vrrp_iptables IN OUT", "vrrp_ipsets a b"] {
            let keyword = line.prefix { $0 != " " }
            #expect(
                try sentences("", global: line).map { $0.drop { $0 != " " }.dropFirst() } == [
                    "\(keyword): ignored because packets are dropped by nftables; see the keyword nftables"
                ])
        }
    }

    @Test(
        "What needs nothing here is taken without a word",
        arguments: [
            "dynamic_interfaces", "dynamic_interfaces allow_if_changes", "vmac_addr_prefix vip", "linkbeat_use_polling",
        ])
    func accepted(_ line: String) throws {
        #expect(try sentences("", global: line) == [])
        #expect(try policy(line) == NodePolicy())
    }

    @Test(
        "A wrong value is an error",
        arguments: [
            "vrrp_startup_delay 0", "vrrp_startup_delay 4294.967296", "vrrp_delay_after_boot x",
            "vrrp_down_timer_adverts 101", "vrrp_garp_extra_if 0", "vrrp_garp_extra_if all", "vrrp_vmac_garp_intvl x",
            "dynamic_interfaces x", "nftables_priority x", "nftables_priority 2147483648", "nftables \"\"",
            "nftables t\u{e4}bel", "vmac_addr_prefix", "vrrp_strict x",
        ])
    func wrongValues(_ line: String) throws {
        let configuration = try load("global_defs {\n\(line)\n}\n" + instance(""))
        #expect(configuration.hasErrors)
        #expect(configuration.diagnostics.map(\.line) == [2])
    }

    @Test("The interfaces of a garp_group share their pace")
    func announcementGroups() throws {
        let text = """
            garp_group {
            garp_interval 0.5
            gna_interval 1
            interface eth0
            }
            garp_group {
            garp_interval 2
            interfaces {
            eth1 eth2
            eth3
            }
            }
            """
        var first = AnnouncementGroup(interfaces: ["eth0"])
        first.gratuitousARPSpacing = .milliseconds(500)
        first.neighborAdvertisementSpacing = .seconds(1)
        var second = AnnouncementGroup(interfaces: ["eth1", "eth2", "eth3"])
        second.gratuitousARPSpacing = .seconds(2)
        #expect(try policy("", text).announcementGroups == [first, second])
    }

    @Test(
        "A garp_group that can do nothing is a warning, a wrong value in it an error",
        arguments: [
            ("garp_group {\n}", "1: garp_group: ignored because the group needs an interval and an interface", false),
            (
                "garp_group {\ninterface eth0\n}",
                "1: garp_group: ignored because the group needs an interval and an interface", false
            ),
            (
                "garp_group {\ngarp_interval 1\n}",
                "1: garp_group: ignored because the group needs an interval and an interface", false
            ),
            (
                "garp_group {\ngarp_interval 1\ninterfaces {\neth0 eth0\n}\n}",
                "4: garp_group: eth0 stands at k.conf:4 already", false
            ),
            (
                "garp_group {\ngarp_interval x\ninterface eth0\n}",
                "2: garp_interval: x is not allowed; allowed is 0 to 2147 seconds", true
            ),
            (
                "garp_group {\ngarp_interval 1\ninterface a/b\n}",
                "3: garp_group: a/b is not allowed; allowed is an interface name of 1 to 15 octets", true
            ),
        ])
    func wrongGroups(_ text: String, _ sentence: String, _ isError: Bool) throws {
        let configuration = try load(text + "\n" + instance(""))
        #expect(configuration.hasErrors == isError)
        #expect(configuration.diagnostics.map(\.description).contains("k.conf:\(sentence)"))
    }
}
