import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Announcements and global_defs")
struct AnnouncementTests {
    private func bursts(_ rounds: Int, _ delay: Int64, _ delayed: Int? = nil) -> [Nanoseconds] {
        Array(repeating: .zero, count: rounds) + Array(repeating: .seconds(delay), count: delayed ?? rounds)
    }

    @Test("The instance decides before global_defs, and the contest follows global_defs, as in keepalived")
    func precedence() throws {
        let own = try router("garp_master_delay 3\ngarp_master_repeat 2").announcements
        #expect(own.afterBecomingActive == bursts(2, 3))
        #expect(own.afterContest == bursts(5, 5))

        let shared = try router("", global: "vrrp_garp_master_delay 7\nvrrp_garp_master_repeat 1").announcements
        #expect(shared.afterBecomingActive == bursts(1, 7))
        #expect(shared.afterContest == bursts(1, 7))

        let both = try router(
            "garp_lower_prio_delay 2", global: "vrrp_garp_lower_prio_delay 9\nvrrp_garp_lower_prio_repeat 3"
        ).announcements
        #expect(both.afterBecomingActive == bursts(5, 5))
        #expect(both.afterContest == bursts(3, 2))
    }

    @Test("A delay of 0 means no second burst, a repetition of 0 one round, or none after a contest")
    func zero() throws {
        let found = try router(
            "garp_master_delay 0\ngarp_master_repeat 0\ngarp_lower_prio_repeat 0\ngarp_master_refresh_repeat 0"
        ).announcements
        #expect(found.afterBecomingActive == [.zero])
        #expect(found.afterContest == [])
        #expect(found.refreshRounds == 1)
    }

    @Test(
        "More rounds than the limit, and a longer time between refreshes, are read as the limit with a warning",
        arguments: [
            ("garp_master_repeat", 120, 100), ("garp_master_refresh_repeat", 4_294_967_295, 100),
            ("garp_lower_prio_repeat", 101, 100), ("garp_master_refresh", 86_401, 86_400),
        ])
    func limits(_ keyword: String, _ written: Int, _ used: Int) throws {
        let sentence = "2: \(keyword): \(written) is changed to \(used) because it is the nearest value that is allowed"
        #expect(try sentences("\(keyword) \(written)") == [sentence])
        #expect(try router("\(keyword) \(written)") == router("\(keyword) \(used)"))
        let shared = try router("", global: "vrrp_\(keyword) \(written)")
        #expect(try shared == router("", global: "vrrp_\(keyword) \(used)"))
    }

    @Test("A refresh is off unless given")
    func refresh() throws {
        #expect(try router("").announcements.refreshInterval == nil)
        let own = try router("garp_master_refresh 60\ngarp_master_refresh_repeat 2").announcements
        #expect(own.refreshInterval == .seconds(60))
        #expect(own.refreshRounds == 2)
        let shared = "vrrp_garp_master_refresh 30\nvrrp_garp_master_refresh_repeat 3"
        #expect(try router("", global: shared).announcements.refreshInterval == .seconds(30))
        #expect(try router("", global: shared).announcements.refreshRounds == 3)
        #expect(try router("garp_master_refresh 0", global: shared).announcements.refreshInterval == nil)
    }

    @Test("vrrp_min_garp means one round unless other keywords say otherwise")
    func minimum() throws {
        #expect(try router("", global: "vrrp_min_garp").announcements.afterBecomingActive == [.zero])
        #expect(try router("", global: "vrrp_min_garp").announcements.afterContest == [.zero])
        let delayed = try router("", global: "vrrp_min_garp on\nvrrp_garp_master_delay 7").announcements
        #expect(delayed.afterBecomingActive == bursts(1, 7))
        #expect(try router("", global: "vrrp_min_garp off").announcements.afterBecomingActive == bursts(5, 5))
    }

    @Test("The pace on an interface is set in seconds, and 0 sets none")
    func spacing() throws {
        let found = try router("", global: "vrrp_garp_interval 0.001\nvrrp_gna_interval 0.000001").announcements
        #expect(found.gratuitousARPSpacing == .milliseconds(1))
        #expect(found.neighborAdvertisementSpacing == .microseconds(1))
        let none = try router("", global: "vrrp_garp_interval 0\nvrrp_gna_interval 0").announcements
        #expect(none.gratuitousARPSpacing == .zero)
        #expect(none.neighborAdvertisementSpacing == .zero)
    }

    @Test("global_defs names the node and sets up the process, wherever it stands and however often")
    func process() throws {
        let text = """
            global_defs { router_id "node 1" }
            \(instance(""))
            global_defs {
                vrrp_rt_priority 50
                vrrp_priority -20
                vrrp_no_swap
                vrrp_version 3
            }
            """
        let configuration = try load(text)
        #expect(configuration.diagnostics == [])
        #expect(configuration.routerID == "node 1")
        #expect(configuration.processOptions.realTimePriority == 50)
        #expect(configuration.processOptions.niceness == -20)
        #expect(configuration.processOptions.locksMemory)
        #expect(configuration.definitions.virtualRouters.first?.version == .v3)
        #expect(try load("").processOptions == ProcessOptions())
        #expect(try load("").routerID == nil)
    }

    @Test(
        "Wrong values in global_defs are errors",
        arguments: [
            ("vrrp_version 1", "vrrp_version: 1 is not allowed; allowed is 2 or 3"),
            ("vrrp_mcast_group4 ff02::12", "vrrp_mcast_group4: ff02::12 is not allowed; allowed is an IPv4 multicast"),
            ("vrrp_mcast_group6 ff02:12", "vrrp_mcast_group6: ff02:12 is not allowed; allowed is an IPv6 multicast"),
            ("vrrp_rt_priority 100", "vrrp_rt_priority: 100 is not allowed; allowed is 1 to 99"),
            ("vrrp_priority -21", "vrrp_priority: -21 is not allowed; allowed is -20 to 19"),
            ("vrrp_garp_interval -1", "vrrp_garp_interval: -1 is not allowed; allowed is 0 to 2147 seconds"),
            ("vrrp_gna_interval 9999", "vrrp_gna_interval: 9999 is not allowed; allowed is 0 to 2147 seconds"),
            ("vmac_prefix much-too-long", "vmac_prefix: much-too-long is not allowed; allowed is an interface name of"),
            ("router_id", "router_id: a value is missing; allowed is a name"),
            ("vrrp_no_swap maybe", "vrrp_no_swap: maybe is not allowed"),
        ])
    func wrong(_ line: String, _ sentence: String) throws {
        let configuration = try load("global_defs {\n\(line)\n}")
        #expect(configuration.hasErrors)
        #expect(configuration.diagnostics.first?.description.hasPrefix("k.conf:2: \(sentence)") == true)
    }
}
