import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Diagnostics")
struct DiagnosticTests {
    @Test(
        "A wrong value names file, line, keyword, value and what is allowed",
        arguments: [
            ("priority 300", "priority: 300 is not allowed; allowed is 1 to 255"),
            ("priority 0", "priority: 0 is not allowed; allowed is 1 to 255"),
            ("priority 10x", "priority: 10x is not allowed; allowed is 1 to 255"),
            ("priority \"\"", "priority: \"\" is not allowed; allowed is 1 to 255"),
            ("priority", "priority: a value is missing; allowed is 1 to 255"),
            ("priority 1 {\n}", "priority: takes no block in braces"),
            ("state FAULT", "state: FAULT is not allowed; allowed is MASTER or BACKUP"),
            ("state master", "state: master is not allowed; allowed is MASTER or BACKUP"),
            ("version 4", "version: 4 is not allowed; allowed is 2 or 3"),
            ("advert_int 0", "advert_int: 0 is not allowed; allowed is 0.01 to 255 seconds"),
            ("advert_int 1,5", "advert_int: 1,5 is not allowed; allowed is 0.01 to 255 seconds"),
            ("advert_int .", "advert_int: . is not allowed; allowed is 0.01 to 255 seconds"),
            ("preempt_delay 1001", "preempt_delay: 1001 is not allowed; allowed is 0 to 1000 seconds"),
            ("garp_master_delay -1", "garp_master_delay: -1 is not allowed; allowed is 0 to 86400"),
            ("garp_master_repeat 101x", "garp_master_repeat: 101x is not allowed; allowed is 0 to 100"),
            ("garp_master_delay 86401", "garp_master_delay: 86401 is not allowed; allowed is 0 to 86400"),
            (
                "unicast_src_ip 224.0.0.1",
                "unicast_src_ip: 224.0.0.1 is not allowed; allowed is an IPv4 or IPv6 address of a host"
            ),
            (
                "mcast_dst_ip 192.0.2.9",
                "mcast_dst_ip: 192.0.2.9 is not allowed; allowed is an IPv4 or IPv6 multicast address"
            ),
            (
                "skip_check_adv_addr maybe",
                "skip_check_adv_addr: maybe is not allowed; allowed is on, off, true, false, yes or no"
            ),
            ("authentication PASS", "authentication: a block in braces is missing"),
            (
                "authentication { auth_type MD5 }",
                "auth_type: MD5 is not allowed; allowed is PASS or AH"
            ),
            (
                "authentication { auth_type PASS\nauth_pass 1234567é }",
                "auth_pass: a character crosses the end of the first 8 octets, which are all that is used; shorten the"
                    + " password"
            ),
            (
                "unicast_peer { 192.0.2.300 }",
                "unicast_peer: 192.0.2.300 is not allowed; allowed is an IPv4 or IPv6 address of a host"
            ),
            (
                "unicast_peer { 192.0.2.3 min_ttl 256 }",
                "min_ttl: 256 is not allowed; allowed is 0 to 255"
            ),
            ("unicast_peer { 192.0.2.3 ttl 1 }", "unicast_peer: ttl is not allowed; allowed is min_ttl or max_ttl"),
            ("track_interface { eth1 weight 255 }", "weight: 255 is not allowed; allowed is -253 to 253"),
            ("track_interface { eth1 weight }", "weight: a value is missing; allowed is -253 to 253"),
            (
                "track_interface { eth1 wait 1 }",
                "track_interface: wait is not allowed; allowed is weight, reverse or noreverse"
            ),
            (
                "use_vmac a-name-that-is-too-long",
                "use_vmac: a-name-that-is-too-long is not allowed; allowed is an interface name of 1 to 15 octets"
            ),
            ("use_vmac eth0", "use_vmac: eth0 is not allowed; allowed is another name than that of the instance's own"),
            (
                "unicast_peer {\n" + (0...255).map { "198.51.100.\($0 / 2 + 1)\n" }.joined() + "}",
                "unicast_peer: more than 255 peers are not allowed"
            ),
            (
                "virtual_ipaddress { 192.0.2.2 }\nunicast_peer { 2001:db8::1 }",
                "2001:db8::1 is not allowed; allowed are IPv4 addresses like the first one of the instance"
            ),
            ("mcast_src_ip 2001:db8::9", "an address in virtual_ipaddress is missing"),
            ("native_ipv6", "an address in virtual_ipaddress is missing"),
        ])
    func wrongValues(_ body: String, _ sentence: String) throws {
        let configuration = try load(instance(body))
        #expect(configuration.hasErrors)
        let found = configuration.diagnostics.contains { $0.severity == .error && $0.description.contains(sentence) }
        #expect(found, "\(configuration.diagnostics)")
    }

    @Test("Who tracks BFD hears for each session that nothing is tracked")
    func bidirectionalForwardingDetection() throws {
        let sentence = "there is no BFD here, so nothing is tracked: who tracks it goes on as if the session were up"
        #expect(
            try sentences("track_bfd {\none\ntwo weight 5\n}") == [
                "3: track_bfd: \(sentence)", "4: track_bfd: \(sentence)",
            ])
        let group = "vrrp_sync_group G {\ngroup {\nA\nB\n}\ntrack_bfd {\none\n}\n}\n"
        let members = instance("", id: 1) + "\n" + instance("", name: "B", id: 2, addresses: "192.0.2.2")
        #expect(try load(group + members).diagnostics.map(\.description) == ["k.conf:7: track_bfd: \(sentence)"])
    }

    @Test("A diagnostic can be read by programs as well")
    func parts() throws {
        let diagnostic = try #require(try load(instance("priority 300")).diagnostics.first)
        #expect(diagnostic.severity == .error)
        #expect(diagnostic.file == "k.conf")
        #expect(diagnostic.line == 2)
        #expect(diagnostic.keyword == "priority")
        #expect(diagnostic.value == "300")
        #expect(diagnostic.allowed == "1 to 255")
        #expect(diagnostic.description == "k.conf:2: priority: 300 is not allowed; allowed is 1 to 255")
    }

    @Test("All mistakes are reported, in the order of the lines")
    func all() throws {
        let text = instance("priority 0\nversion 1") + "\nglobal_defs {\nvrrp_version 9\n}\n}\n"
        let configuration = try load(text)
        #expect(configuration.diagnostics.map(\.line) == [2, 3, 11, 13])
        #expect(configuration.diagnostics.allSatisfy { $0.severity == .error })
    }

    @Test("An unknown keyword is a warning with the nearest known one, and its block is skipped whole")
    func unknownKeywords() throws {
        let configuration = try load(
            instance("prioritty 9\nnonsense x {\n priority 300\n deeper { priority 300 }\n}\nnopremept"))
        #expect(!configuration.hasErrors)
        #expect(
            configuration.diagnostics.map(\.description) == [
                "k.conf:2: prioritty: unknown keyword in vrrp_instance is ignored; did you mean priority?",
                "k.conf:3: nonsense: unknown keyword in vrrp_instance is ignored",
                "k.conf:7: nopremept: unknown keyword in vrrp_instance is ignored; did you mean nopreempt?",
            ])
        #expect(configuration.definitions.virtualRouters.first?.priority == .default)
        #expect(try load("vrrp_instanc A { }").diagnostics.first?.description.hasSuffix("vrrp_instance?") == true)
    }

    @Test("What is known but not acted upon is skipped whole, with one warning of its kind")
    func skipped() throws {
        let text = """
            virtual_server_group x { }
            virtual_server_group y { }
            virtual_server 192.0.2.1 80 { real_server 192.0.2.2 80 { weight 1 } }
            virtual_server 192.0.2.1 81 { }
            bfd_instance c { }
            global_defs { lvs_flush }
            """
        let configuration = try load(text)
        #expect(
            configuration.diagnostics.map(\.description) == [
                "k.conf:1: virtual_server_group: not VRRP and ignored",
                "k.conf:3: virtual_server: not VRRP and ignored",
                "k.conf:5: bfd_instance: not VRRP and ignored",
                "k.conf:6: lvs_flush: not VRRP and ignored",
            ])
        #expect(!configuration.hasErrors)
    }

    @Test(
        "What has no effect is a warning that says why",
        arguments: [
            ("nopreempt\nstate MASTER\npriority 9", "2: nopreempt: ignored because the state is MASTER"),
            ("preempt_delay 9\nstate MASTER\npriority 9", "2: preempt_delay: ignored because the state is MASTER"),
            (
                "nopreempt\npriority 255",
                "2: nopreempt: ignored because the address owner, priority 255, preempts always"
            ),
            ("preempt_delay 9\nnopreempt", "2: preempt_delay: ignored because nopreempt is given as well"),
            ("authentication { auth_pass x }", "2: auth_pass: ignored because auth_type is missing"),
            ("authentication { auth_type AH }", "2: auth_type: ignored because auth_pass is missing"),
            (
                "authentication { auth_type AH\nauth_pass x }\nstate MASTER\npriority 100",
                "4: state: ignored because with auth_type AH an instance that does not own its addresses hears the others"
                    + " first"
            ),
            ("authentication { auth_type PASS }", "2: auth_type: ignored because auth_pass is missing"),
            (
                "authentication { auth_type PASS\nauth_pass x }\nversion 3",
                "2: auth_type: ignored because VRRPv3 has no authentication"
            ),
            (
                "authentication { auth_type PASS\nauth_pass 123456789 }",
                "3: auth_pass: only the first 8 octets of the password are used"
            ),
            (
                "state MASTER",
                "2: state: state MASTER without a priority makes this router the address owner, priority 255"
            ),
            ("advert_int 0.4", "2: advert_int: \"0.4 s\" is changed to \"1 s\" because VRRPv2 counts whole seconds"),
            (
                "advert_int 0.014\nversion 3",
                "2: advert_int: \"0.014 s\" is changed to \"10 ms\" because VRRPv3 counts hundredths of a second"
            ),
            ("priority 100 200", "2: priority: 200 is one value too many and is ignored"),
            ("priority 100\npriority 200", "3: priority: stands here a second time; the last one counts"),
            ("unicast_peer {\n}", "2: unicast_peer: no peer is listed, so adverts are sent by multicast"),
            ("unicast_peer {\n192.0.2.3\n192.0.2.3 }", "4: unicast_peer: 192.0.2.3 stands at k.conf:3 already"),
            (
                "check_unicast_src off",
                "2: check_unicast_src: ignored because the source of unicast adverts is always checked"
            ),
            ("track_interface { eth0 weight 5 }", "2: track_interface: ignored because an instance tracks its own"),
            (
                "track_interface { eth1 weight -254 }",
                "2: weight: -254 is changed to -253 because it is the nearest value that is allowed"
            ),
            (
                "use_vmac 00:00:5e:00:01:99",
                "2: use_vmac 00:00:5e:00:01:99: ignored because addresses of the standard follow from virtual_router_id"
            ),
            ("vmac_xmit_base", "2: vmac_xmit_base: ignored because use_vmac is missing"),
            ("virtual_ipaddress { 192.0.2.1 }", "6: virtual_ipaddress: 192.0.2.1 stands at k.conf:2 already"),
        ])
    func warnings(_ body: String, _ sentence: String) throws {
        let found = try sentences(body)
        #expect(found.contains { $0.hasPrefix(sentence) }, "\(found)")
        #expect(try !load(instance(body)).hasErrors)
    }

    @Test("A password never appears in a diagnostic")
    func passwords() throws {
        for body in ["auth_pass tellnobody", "auth_pass tell nobody", "auth_pass \"\""] {
            let found = try sentences("authentication { auth_type PASS\n\(body)\n}")
            #expect(!found.isEmpty)
            #expect(!found.contains { $0.contains("nobody") }, "\(found)")
        }
    }

    @Test("The number of diagnostics is bounded, and errors are not crowded out by warnings")
    func bounded() throws {
        let text = String(repeating: "what is this\n", count: 100_000) + "}\n"
        let configuration = try load(text)
        #expect(configuration.hasErrors)
        #expect(configuration.diagnostics.count == 502)
        #expect(configuration.diagnostics.last?.description == "k.conf:100001: 99500 more are not listed")
    }

    @Test("A value that would hide in a sentence is shown in quotes, and a long one is cut")
    func visibility() {
        #expect(visible("300") == "300")
        #expect(visible("") == "\"\"")
        #expect(visible("a b\u{1b}[31m") == "\"a b\\u{1B}[31m\"")
        #expect(visible(String(repeating: "x", count: 100)) == "\"" + String(repeating: "x", count: 64) + "…\"")
    }
}
