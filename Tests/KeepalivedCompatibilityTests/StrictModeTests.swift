import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("vrrp_strict and strict_mode")
struct StrictModeTests {
    @Test("It changes what packets are accepted, how contests end, and nothing else")
    func rules() throws {
        var expected = try router("")
        expected.acceptMode = false
        expected.announcements.afterContest = []
        expected.interoperability.answersLowerPriority = false
        #expect(try router("strict_mode") == expected)
        #expect(try router("", global: "vrrp_strict") == expected)
        #expect(try router("strict_mode off", global: "vrrp_strict") == router(""))
        #expect(try sentences("", global: "vrrp_strict") == [])
    }

    @Test("The owner accepts packets, and ignores the adverts of others")
    func owner() throws {
        for body in ["priority 255", "state MASTER", "priority 255\nstate MASTER"] {
            let found = try router("strict_mode\n\(body)")
            #expect(found.priority.isAddressOwner)
            #expect(found.acceptMode)
            #expect(!found.interoperability.ownersSettleByAddress)
        }
    }

    @Test(
        "What it rules out is reported where the instance says it, and left out",
        arguments: [
            ("preempt_delay 5", "preempt_delay"), ("down_timer_adverts 5", "down_timer_adverts"),
            ("garp_lower_prio_repeat 3", "garp_lower_prio_repeat"),
            ("garp_lower_prio_delay 3", "garp_lower_prio_delay"), ("lower_prio_no_advert off", "lower_prio_no_advert"),
            ("higher_prio_send_advert", "higher_prio_send_advert"), ("accept", "accept"),
            ("state MASTER\npriority 100", "state"),
            ("authentication {\nauth_type PASS\nauth_pass secret\n}", "auth_type"),
        ])
    func ruledOut(_ body: String, _ keyword: String) throws {
        #expect(try router("strict_mode\n\(body)") == router("strict_mode"))
        let found = try sentences("strict_mode\n\(body)")
        #expect(found.count == 1)
        #expect(found[0].hasSuffix("\(keyword): ignored because vrrp_strict or strict_mode rules it out"), "\(found)")
    }

    @Test("What belongs to other kinds of routers is ruled out too")
    func ruledOutElsewhere() throws {
        #expect(
            try sentences("strict_mode\npriority 255\nowner_ignore_adverts off") == [
                "4: owner_ignore_adverts: ignored because vrrp_strict or strict_mode rules it out"
            ])
        #expect(
            try sentences("strict_mode\npriority 255\nstate BACKUP") == [
                "4: state: ignored because vrrp_strict or strict_mode rules it out"
            ])
        let virtual = try router("strict_mode\nuse_vmac 02:00:5e:00:01\nvmac_xmit_base").virtualMAC
        #expect(virtual == VirtualMACInterface(name: "vrrp.5"))
        #expect(try sentences("strict_mode\nuse_vmac 02:00:5e:00:01\nvmac_xmit_base").count == 2)
    }

    @Test("What global_defs says for all instances gives way without a word")
    func globalDefinitions() throws {
        let global = """
            vrrp_down_timer_adverts 9
            vrrp_garp_lower_prio_repeat 3
            vrrp_lower_prio_no_advert off
            vrrp_higher_prio_send_advert
            """
        #expect(try router("strict_mode", global: global) == router("strict_mode"))
        #expect(try sentences("strict_mode", global: global) == [])
    }

    @Test("With version 3 packets may be accepted, and nopreempt and unicast stay")
    func allowed() throws {
        #expect(try router("strict_mode\nversion 3\naccept").acceptMode)
        #expect(try router("strict_mode\nnopreempt").preemption == .never)
        #expect(try router("strict_mode\nunicast_peer {\n192.0.2.7\n}").transport != router("").transport)
        #expect(try sentences("strict_mode\nversion 3\naccept\nnopreempt\nno_accept\nlower_prio_no_advert").count == 0)
    }
}
