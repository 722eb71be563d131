import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Keywords of elections")
struct ElectionTests {
    @Test(
        "down_timer_adverts comes from the instance, else from global_defs, else it is 3",
        arguments: [
            ("", "", 3), ("down_timer_adverts 5", "", 5), ("", "vrrp_down_timer_adverts 7", 7),
            ("down_timer_adverts 1", "vrrp_down_timer_adverts 7", 1), ("down_timer_adverts 100", "", 100),
        ])
    func downTimerAdverts(_ body: String, _ global: String, _ count: Int) throws {
        #expect(try router(body, global: global).downTimerAdverts == UInt8(count))
    }

    @Test(
        "A wrong value is an error that says what is allowed",
        arguments: [
            ("down_timer_adverts 0", "down_timer_adverts: 0 is not allowed; allowed is 1 to 100"),
            ("down_timer_adverts 101", "down_timer_adverts: 101 is not allowed; allowed is 1 to 100"),
            ("timer_expired_backup 255", "timer_expired_backup: 255 is not allowed; allowed is 1 to 254"),
            ("thread_timer_expired x", "thread_timer_expired: x is not allowed; allowed is 1 to 254"),
            ("debug 5", "debug: 5 is not allowed; allowed is 0 to 4"),
            ("debug", "debug: a value is missing; allowed is 0 to 4"),
            ("kernel_rx_buf_size 0", "kernel_rx_buf_size: 0 is not allowed; allowed is 1 to 2147483647"),
            ("kernel_rx_buf_size", "kernel_rx_buf_size: a value is missing; allowed is 1 to 2147483647"),
            ("unicast_ttl 0", "unicast_ttl: 0 is not allowed; allowed is 1 to 255"),
            ("unicast_ttl 256", "unicast_ttl: 256 is not allowed; allowed is 1 to 255"),
            ("old_unicast_checksum x", "old_unicast_checksum: x is not allowed; allowed is never"),
            ("strict_mode x", "strict_mode: x is not allowed; allowed is on, off, true, false, yes or no"),
            ("garp_extra_if", "garp_extra_if: a value is missing; allowed is 0 to 86400"),
            ("garp_extra_if all", "garp_extra_if: a value is missing; allowed is 0 to 86400"),
            ("garp_extra_if 86401", "garp_extra_if: 86401 is not allowed; allowed is 0 to 86400"),
            ("vmac_garp_intvl x", "vmac_garp_intvl: x is not allowed; allowed is 0 to 86400"),
            ("unicast_peer { 192.0.2.7 max_ttl 256 }", "max_ttl: 256 is not allowed; allowed is 0 to 255"),
            (
                "unicast_peer { 192.0.2.7 min_ttl 9 max_ttl 8 }",
                "unicast_peer: 8 is not allowed; allowed is a max_ttl that is not below min_ttl"
            ),
            ("vrf blue", "vrf: not supported: adverts cannot be sent in a VRF; name the interface itself"),
            ("use_ipvlan", "use_ipvlan: not supported: write use_vmac instead, or leave it out"),
            (
                "auth_hmac {\nkey 1 ascii:secret\n}",
                "auth_hmac: not supported: a router that is to authenticate must not run without; use version 2 with"
                    + " auth_type PASS, or remove it"
            ),
        ])
    func wrongValues(_ body: String, _ sentence: String) throws {
        let configuration = try load(instance(body))
        #expect(configuration.hasErrors)
        #expect(configuration.diagnostics.first?.description == "k.conf:2: \(sentence)")
    }

    @Test(
        "What needs nothing here is taken without a word",
        arguments: [
            "timer_expired_backup", "timer_expired_backup 20", "thread_timer_expired 3", "debug 4",
            "kernel_rx_buf_size 4096", "linkbeat_use_polling",
        ])
    func accepted(_ body: String) throws {
        #expect(try sentences(body) == [])
        #expect(try router(body) == router(""))
    }

    @Test("An instance without addresses needs no_virtual_ipaddress with version 3, and gets a warning with version 2")
    func noAddresses() throws {
        func load(_ body: String, _ global: String = "") throws -> KeepalivedConfiguration {
            try KeepalivedCompatibilityTests.load(
                "global_defs {\n\(global)\n}\nvrrp_instance A {\ninterface eth0\nvirtual_router_id 5\n\(body)\n}")
        }
        let missing = "k.conf:4: vrrp_instance A: an address in virtual_ipaddress is missing"
        for body in ["version 3", "native_ipv6", "strict_mode", "strict_mode\nno_virtual_ipaddress"] {
            let refused = try load(body)
            #expect(refused.hasErrors, "\(body)")
            #expect(refused.diagnostics.map(\.description) == [missing])
        }
        let warned = try load("")
        #expect(!warned.hasErrors)
        #expect(warned.diagnostics.map(\.description) == [missing])
        for body in [
            "no_virtual_ipaddress", "version 3\nno_virtual_ipaddress", "virtual_ipaddress {\n}\nno_virtual_ipaddress",
        ] {
            let accepted = try load(body)
            #expect(accepted.diagnostics == [])
            #expect(accepted.definitions.virtualRouters.first?.addresses == [])
            #expect(throws: Never.self) { try accepted.definitions.validate() }
        }
        #expect(try load("native_ipv6\nno_virtual_ipaddress").definitions.virtualRouters.first?.family == .ipv6)
    }

    @Test("unicast_ttl is sent, and peers may be behind routers unless the file says how far away they are")
    func unicastTTL() throws {
        func peers(_ body: String) throws -> [UInt8] {
            guard case .unicast(let peers) = try router(body).transport else { return [] }
            return peers.map(\.minimumHopLimit)
        }
        let list = "unicast_peer {\n192.0.2.7\n192.0.2.8 min_ttl 60\n}"
        #expect(try router("\(list)\nunicast_ttl 64").unicastHopLimit == 64)
        #expect(try peers("\(list)\nunicast_ttl 64") == [1, 60])
        #expect(try peers("\(list)\nunicast_ttl 255") == [1, 60])
        #expect(try peers(list) == [1, 60])
        #expect(try peers("unicast_peer {\n192.0.2.7 max_ttl 64\n192.0.2.8 min_ttl 9 max_ttl 9\n}") == [1, 9])
        guard case .unicast(let ranges) = try router("unicast_peer {\n192.0.2.7 max_ttl 64\n}").transport else {
            return
        }
        #expect(ranges.map(\.maximumHopLimit) == [64])
        #expect(try sentences("unicast_ttl 64") == ["2: unicast_ttl: ignored because there are no unicast peers"])
    }

    @Test("An empty list of peers means multicast, and with unicast_fault_no_peer no part at all")
    func noPeers() throws {
        #expect(try router("unicast_peer {\n}").transport == .multicast(group: .v4(IPv4Address(224, 0, 0, 18))))
        #expect(try router("unicast_fault_no_peer\nunicast_peer {\n}").transport == .unicast(peers: []))
        #expect(try sentences("unicast_fault_no_peer\nunicast_peer {\n}") == [])
    }

    @Test(
        "old_unicast_checksum changes what is sent by unicast over IPv4",
        arguments: [
            ("old_unicast_checksum", TransmittedChecksumForm.pseudoHeaderOfGroup),
            ("old_unicast_checksum never", .pseudoHeader), ("", .pseudoHeader),
        ])
    func oldChecksum(_ body: String, _ form: TransmittedChecksumForm) throws {
        let list = "unicast_peer {\n192.0.2.7\n}"
        #expect(try router("version 3\n\(body)\n\(list)").interoperability.transmittedChecksum == form)
        #expect(try router("version 3\n\(body)").interoperability.transmittedChecksum == .pseudoHeader)
        #expect(try sentences("version 3\n\(body)\n\(list)") == [])
    }

    @Test("promote_secondaries is noted for the host")
    func promoteSecondaries() throws {
        #expect(try router("promote_secondaries").promotesSecondaries)
        #expect(try !router("").promotesSecondaries)
    }

    @Test(
        "Announcements on extra interfaces come from the instance, else from global_defs; 0 is none",
        arguments: [
            ("", "", nil), ("garp_extra_if 30", "", ExtraInterfaceAnnouncements(interval: .seconds(30))),
            ("vmac_garp_intvl 30", "", ExtraInterfaceAnnouncements(interval: .seconds(30))),
            (
                "garp_extra_if all 30", "vrrp_garp_extra_if 20",
                ExtraInterfaceAnnouncements(interval: .seconds(30), includesPhysicalInterfaces: true)
            ),
            ("", "vrrp_garp_extra_if 20", ExtraInterfaceAnnouncements(interval: .seconds(20))),
            ("", "vrrp_vmac_garp_intvl 20", ExtraInterfaceAnnouncements(interval: .seconds(20))),
            ("garp_extra_if 0", "vrrp_garp_extra_if 20", nil),
        ])
    func extraInterfaces(_ body: String, _ global: String, _ expected: ExtraInterfaceAnnouncements?) throws {
        #expect(try router(body, global: global).announcements.extraInterfaces == expected)
    }
}
