import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("vrrp_instance")
struct InstanceTests {
    @Test("An instance that says little gets keepalived's defaults")
    func defaults() throws {
        let found = try router("")
        var expected = VirtualRouterDefinition(
            name: "A", interface: "eth0", family: .ipv4, virtualRouterID: try #require(VirtualRouterID(rawValue: 5)),
            addresses: [VirtualAddress(.v4(IPv4Address(192, 0, 2, 1)))])
        expected.version = .v2
        expected.announcements.afterBecomingActive =
            Array(repeating: .zero, count: 5) + Array(repeating: .seconds(5), count: 5)
        expected.announcements.afterContest = expected.announcements.afterBecomingActive
        expected.announcements.refreshInterval = nil
        expected.interoperability.fitsAdvertsToMTU = true
        #expect(found == expected)
        #expect(found.priority.rawValue == 100)
        #expect(found.acceptMode)
        #expect(found.interoperability.transmittedChecksum == .pseudoHeader)
        #expect(found.interoperability.acceptedChecksums == .both)
        #expect(found.interoperability.addressListMismatch == .count)
    }

    @Test(
        "The version comes from the instance, else from global_defs, else it is 2; with IPv6 it is 3",
        arguments: [
            ("", "", "192.0.2.1", ProtocolVersion.v2), ("", "vrrp_version 3", "192.0.2.1", .v3),
            ("version 2", "vrrp_version 3", "192.0.2.1", .v2), ("version 3", "", "192.0.2.1", .v3),
            ("", "", "2001:db8::1", .v3), ("version 2", "", "fe80::1", .v3), ("native_ipv6", "", "fe80::1", .v3),
        ])
    func version(_ body: String, _ global: String, _ address: String, _ version: ProtocolVersion) throws {
        let found = try router(body, addresses: address, global: global)
        #expect(found.version == version)
        #expect(found.family == (address.contains(":") ? .ipv6 : .ipv4))
    }

    @Test("IPv6 with version 2 is a warning")
    func version2WithIPv6() throws {
        #expect(
            try sentences("version 2", addresses: "fe80::1") == [
                "2: version: 2 is changed to 3 because IPv6 exists in VRRPv3 alone"
            ])
    }

    @Test(
        "The priority is 100, and 255 with state MASTER, where none is given",
        arguments: [
            ("", 100), ("state BACKUP", 100), ("state MASTER", 255), ("state MASTER\npriority 7", 7),
            ("priority \"149\"", 149), ("priority 255", 255), ("state MASTER\nstate BACKUP", 255),
        ])
    func priority(_ body: String, _ priority: Int) throws {
        #expect(try router(body).priority.rawValue == UInt8(priority))
    }

    @Test(
        "The interval is in the unit of the version, halves rounded up",
        arguments: [
            ("advert_int 1", 100), ("advert_int 0.4", 100), ("advert_int 1.4", 100), ("advert_int 1.5", 200),
            ("advert_int 2.5", 300), ("advert_int 255", 25500), ("advert_int 0.25\nversion 3", 25),
            ("advert_int .25\nversion 3", 25), ("advert_int 0.014\nversion 3", 1), ("advert_int 0.015\nversion 3", 2),
            ("advert_int 40.95\nversion 3", 4095), ("advert_int 1.\nversion 3", 100),
            ("advert_int 1.0049999999999\nversion 3", 100),
        ])
    func interval(_ body: String, _ centiseconds: Int) throws {
        #expect(try router(body).advertisementInterval.centiseconds == UInt16(centiseconds))
    }

    @Test("Instead of an interval that version 3 cannot carry it sends the longest one, with a warning")
    func longInterval() throws {
        #expect(try router("version 3\nadvert_int 41").advertisementInterval.centiseconds == 4095)
        #expect(
            try sentences("version 3\nadvert_int 41") == [
                "3: advert_int: \"41 s\" is changed to \"40950 ms\" because it is the nearest value that is allowed"
            ])
    }

    @Test(
        "Preemption follows nopreempt and preempt_delay unless the state is MASTER or the router the owner",
        arguments: [
            ("", Preemption.immediate), ("preempt", .immediate), ("nopreempt", .never),
            ("nopreempt\npreempt", .immediate), ("preempt_delay 300", .delayed(.seconds(300))),
            ("preempt_delay 0.5", .delayed(.milliseconds(500))), ("preempt_delay 0", .immediate),
            ("nopreempt\npreempt_delay 5", .never), ("state MASTER\npriority 9\nnopreempt", .immediate),
            ("state MASTER\npriority 9\npreempt_delay 5", .immediate), ("priority 255\nnopreempt", .immediate),
            ("state BACKUP\nnopreempt", .never),
        ])
    func preemption(_ body: String, _ preemption: Preemption) throws {
        #expect(try router(body).preemption == preemption)
    }

    @Test("Packets to the addresses are accepted unless no_accept is given")
    func accept() throws {
        #expect(try router("accept").acceptMode)
        #expect(try !router("no_accept").acceptMode)
    }

    @Test("A password of version 2 is used, cut to eight octets")
    func authentication() throws {
        let short = try router("authentication {\n auth_type PASS\n auth_pass s3cret\n}").authentication
        #expect(short == .simpleText(try #require(SimpleTextPassword("s3cret"))))
        let long = try router("authentication { auth_pass \"long password\"\nauth_type PASS }").authentication
        #expect(long == .simpleText(try #require(SimpleTextPassword("long pas"))))
        let header = try router("authentication { auth_type AH\nauth_pass \"long password\" }").authentication
        #expect(header == .authenticationHeader(key: try #require(SimpleTextPassword("long pas"))))
        #expect(try router("version 3\nauthentication { auth_type AH\nauth_pass x }").authentication == .none)
    }

    @Test("Adverts go to the standard's group, the one of global_defs or the one of the instance")
    func groups() throws {
        let global = "vrrp_mcast_group4 224.0.0.99\nvrrp_mcast_group6 ff02::99"
        #expect(try router("").transport == .multicast(group: AddressFamily.ipv4.vrrpGroup))
        #expect(try router("", addresses: "fe80::1").transport == .multicast(group: AddressFamily.ipv6.vrrpGroup))
        #expect(try router("", global: global).transport == .multicast(group: address("224.0.0.99")))
        #expect(
            try router("", addresses: "fe80::1", global: global).transport == .multicast(group: address("ff02::99")))
        #expect(
            try router("mcast_dst_ip 224.0.0.98", global: global).transport == .multicast(group: address("224.0.0.98")))
    }

    @Test("Peers are spoken to one by one, and must have the hop limit that they are given")
    func peers() throws {
        let list = "unicast_src_ip 192.0.2.11\nunicast_peer {\n192.0.2.12\n192.0.2.13 min_ttl 250 max_ttl 255\n}"
        let found = try router(list)
        #expect(found.sourceAddress == (try address("192.0.2.11")))
        #expect(
            found.transport
                == .unicast(peers: [
                    UnicastPeer(address: try address("192.0.2.12"), minimumHopLimit: 1),
                    UnicastPeer(address: try address("192.0.2.13"), minimumHopLimit: 250),
                ]))
        let overIPv6 = try router("unicast_peer {\nfe80::12\nfe80::13 min_ttl 255\n}", addresses: "fe80::1")
        #expect(
            overIPv6.transport
                == .unicast(peers: [
                    UnicastPeer(address: try address("fe80::12"), minimumHopLimit: 1),
                    UnicastPeer(address: try address("fe80::13"), minimumHopLimit: 255),
                ]))
    }

    @Test("The source of unicast adverts is checked with and without a keyword that asks for it")
    func sourceCheck() throws {
        let list = "unicast_peer {\n192.0.2.12\n}"
        let plain = try router(list)
        for body in ["check_unicast_src", "check_unicast_src on", "check_unicast_src off"] {
            #expect(try router(list + "\n" + body) == plain)
        }
        for global in ["vrrp_check_unicast_src", "vrrp_check_unicast_src off"] {
            #expect(try router(list, global: global) == plain)
        }
        #expect(try sentences(list + "\ncheck_unicast_src", global: "vrrp_check_unicast_src yes") == [])
    }

    @Test("Of two source addresses the one for the way that adverts travel counts")
    func sources() throws {
        let both = "mcast_src_ip 192.0.2.8\nunicast_src_ip 192.0.2.9"
        #expect(try router("mcast_src_ip 192.0.2.8").sourceAddress == (try address("192.0.2.8")))
        #expect(try router(both).sourceAddress == (try address("192.0.2.8")))
        #expect(try router(both + "\nunicast_peer { 192.0.2.7 }").sourceAddress == (try address("192.0.2.9")))
        #expect(try router("").sourceAddress == nil)
    }

    @Test("Tracked interfaces keep the router out of the election or change its priority")
    func trackedInterfaces() throws {
        let found = try router(
            """
            track_interface {
                eth0
                eth1
                eth2 weight 10
                eth3 weight -254 reverse
                eth4 weight 0
                eth5 weight 5 noreverse
            }
            """)
        #expect(found.tracking.ownInterface)
        #expect(
            found.tracking.conditions == [
                TrackedCondition(.interface("eth1"), effect: .fault),
                TrackedCondition(.interface("eth2"), effect: .weight(10)),
                TrackedCondition(.interface("eth3"), effect: .reversedWeight(-253)),
                TrackedCondition(.interface("eth4"), effect: .fault),
                TrackedCondition(.interface("eth5"), effect: .weight(5)),
            ])
        let free = try router("dont_track_primary\ntrack_interface { eth0 weight 5 }")
        #expect(!free.tracking.ownInterface)
        #expect(free.tracking.conditions == [TrackedCondition(.interface("eth0"), effect: .weight(5))])
    }

    @Test(
        "A virtual MAC interface is named by the instance, else after the identifier",
        arguments: [
            ("use_vmac", "192.0.2.1", "", "vrrp.5"), ("use_vmac", "fe80::1", "", "vrrp6.5"),
            ("use_vmac vr0", "192.0.2.1", "", "vr0"), ("use_vmac 00:00:5e:00:01:05 vr0", "192.0.2.1", "", "vr0"),
            ("use_vmac", "192.0.2.1", "vmac_prefix ha", "ha.5"), ("use_vmac", "fe80::1", "vmac_prefix ha", "ha6.5"),
        ])
    func virtualMAC(_ body: String, _ addresses: String, _ global: String, _ name: String) throws {
        #expect(try router(body, addresses: addresses, global: global).virtualMAC == VirtualMACInterface(name: name))
    }

    @Test("Where implementations differ, the instance decides before global_defs")
    func interoperability() throws {
        let all = [
            "skip_check_adv_addr",
            "lower_prio_no_advert on",
            "owner_ignore_adverts true",
            "v3_checksum_as_v2 yes",
            "higher_prio_send_advert",
        ].joined(separator: "\n")
        let global = [
            "vrrp_skip_check_adv_addr",
            "vrrp_lower_prio_no_advert",
            "vrrp_owner_ignore_adverts",
            "v3_checksum_as_v2",
            "vrrp_higher_prio_send_advert",
        ].joined(separator: "\n")
        for policy in [try router(all).interoperability, try router("", global: global).interoperability] {
            #expect(policy.addressListMismatch == .ignore)
            #expect(!policy.answersLowerPriority)
            #expect(policy.advertisesBeforeYielding)
            #expect(!policy.ownersSettleByAddress)
            #expect(policy.transmittedChecksum == .messageOnly)
            #expect(policy.acceptedChecksums == .both)
        }
        let off = [
            "skip_check_adv_addr off",
            "lower_prio_no_advert no",
            "owner_ignore_adverts off",
            "v3_checksum_as_v2 false",
            "higher_prio_send_advert no",
        ].joined(separator: "\n")
        let policy = try router(off, global: global).interoperability
        #expect(policy.addressListMismatch == .count)
        #expect(policy.answersLowerPriority)
        #expect(!policy.advertisesBeforeYielding)
        #expect(policy.ownersSettleByAddress)
        #expect(policy.transmittedChecksum == .pseudoHeader)
    }

    @Test("What an instance needs is named where it is missing")
    func missing() throws {
        let found = try load("vrrp_instance A {\n}").diagnostics.map(\.description)
        #expect(
            found == [
                "k.conf:1: vrrp_instance A: interface is missing",
                "k.conf:1: vrrp_instance A: virtual_router_id is missing",
                "k.conf:1: vrrp_instance A: an address in virtual_ipaddress is missing",
            ])
        #expect(try load("vrrp_instance { }").hasErrors)
        #expect(try load("vrrp_instance A").hasErrors)
    }

    @Test("An address may be in several instances, which is a warning that names both lines")
    func sharedAddress() throws {
        let found = try load(instance("") + "\n" + instance("", name: "B", id: 6))
        let sentence = "k.conf:14: virtual_ipaddress: 192.0.2.1 stands at k.conf:6 already"
        #expect(found.diagnostics.map(\.description) == [sentence])
        #expect(!found.hasErrors)
        let shared = VirtualAddress(try address("192.0.2.1"))
        #expect(found.definitions.virtualRouters.map(\.addresses) == [[shared], [shared]])
        #expect(throws: Never.self) { try found.definitions.validate() }
    }

    @Test("Instances share neither a name nor an identifier on an interface and family")
    func duplicates() throws {
        func errors(_ text: String) throws -> [String] {
            try load(text).diagnostics.filter { $0.severity == .error }.map(\.description)
        }
        let first = instance("") + "\n"
        #expect(
            try errors(first + instance("", id: 6, addresses: "192.0.2.2")) == [
                "k.conf:9: vrrp_instance: the name A stands at k.conf:1 already"
            ])
        #expect(
            try errors(first + instance("", name: "B", addresses: "192.0.2.2")) == [
                "k.conf:12: virtual_router_id: 5 for this family on eth0 stands at k.conf:4 already"
            ])
        #expect(
            try errors(instance("use_vmac v") + "\n" + instance("use_vmac v", name: "B", addresses: "fe80::1")) == [
                "k.conf:10: use_vmac: v stands at k.conf:2 already"
            ])
        #expect(try errors(first + instance("", name: "B", addresses: "fe80::1")) == [])
        #expect(try errors(first + instance("", name: "B", id: 6, addresses: "192.0.2.1 dev eth1")) == [])
    }
}

/// The address of a text that is known to be one.
func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }
