import Foundation
import Glibc
import NetworkLab
import Testing

@Suite(
    "The dump files beside keepalived's", .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites),
    .timeLimit(.minutes(1)))
struct DumpTests {
    private static let configuration = """
        global_defs {
            router_id node
        }
        track_group statics {
            group {
                VI_1
            }
        }
        static_ipaddress {
            192.0.2.30/24 brd + dev eth0 label eth0:s track_group statics
            2001:db8::30/64 dev eth0
        }
        static_routes {
            198.51.101.0/24 via 192.0.2.9 dev eth0 track_group statics
        }
        static_rules {
            from 198.51.101.0/24 table 5 priority 400
        }
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            priority 120
            advert_int 1
            authentication {
                auth_type PASS
                auth_pass secret
            }
            virtual_ipaddress {
                192.0.2.100/24
                192.0.2.101 dev eth0 label eth0:1
            }
            virtual_ipaddress_excluded {
                192.0.2.110
                192.0.2.111 peer 203.0.113.1 noprefixroute no_track
                2001:db8::111/64 -nodad home preferred_lft 1000
            }
            virtual_routes {
                198.51.100.0/24 via 192.0.2.9 dev eth0 src 192.0.2.100 table 100 tos 0x10 metric 7 onlink realms 3/4
                198.51.102.0/24 dev eth0 scope link mtu lock 1400 advmss 1300 hoplimit 30 rtt 300ms rttvar 1500ms
                198.51.103.0/24 dev eth0 window 1000 cwnd 20 ssthresh 40 initcwnd 12 initrwnd 13 reordering 5 append
                198.51.104.0/24 dev eth0 rto_min lock 2s features ecn quickack 1 congctl reno
                198.51.105.0/24 dev eth0 no_track protocol static
                blackhole 198.51.106.0/24
                default via 192.0.2.9 metric 500 no_track
                198.51.107.0/24 encap ip id 5 dst 203.0.113.9 src 192.0.2.9 tos 16 ttl 9 flags 4 dev eth0
                2001:db8:7::/48 encap ip6 id 5 dst 2001:db8::9 src 2001:db8::8 tc 8 hoplimit 9 dev eth0
                2001:db8:8::/48 dev eth0 expires 500
            }
            virtual_rules {
                not from 198.51.100.0/24 to 203.0.113.0/24 priority 500 tos 0x10 fwmark 5/0xff iif eth0 table 100
                from 198.51.100.7 uidrange 10-20 ipproto tcp sport 10-20 dport 80-80 realms 3/4 table 7 priority 501
                from 198.51.100.8 unreachable priority 502
                from 198.51.100.9 goto 600 priority 503 no_track
                from 2001:db8:1::/48 table 100 suppress_prefixlength 0 priority 504
            }
        }
        vrrp_instance ns/web:6 {
            interface eth0
            virtual_router_id 52
            version 3
            priority 90
            advert_int 0.5
            nopreempt
            virtual_ipaddress {
                fe80::64
                2001:db8::100/64
            }
        }

        """

    @Test("Each file has keepalived's fields, order, types and values, and none has the password")
    func likeKeepalived() async throws {
        let (ours, theirs) = try await DumpFiles.ofBoth(Self.configuration, instances: ["VI_1", "ns/web:6"])
        #expect(ours.values.allSatisfy { !$0.contains("secret") })
        #expect(theirs.values.contains { $0.contains("secret") })

        let statistics = try #require(ours["keepalived.stats"])
        #expect(
            statistics.replacing(/[0-9]+\n/, with: "N\n")
                == theirs["keepalived.stats"]?.replacing(/[0-9]+\n/, with: "N\n"))
        #expect(statistics.contains("Became master: 1\n"))

        try DumpComparison.compareJSON(ours, theirs, instances: ["VI_1", "ns/web:6"])
        try DumpComparison.compareData(ours, theirs, instances: ["VI_1", "ns/web:6"])
    }

    @Test("What holds for all instances is in the files as keepalived has it, also in that of its parent process")
    func globals() async throws {
        let (ours, theirs) = try await DumpFiles.ofBoth(Self.globals, instances: ["VI"])
        try DumpComparison.compareData(ours, theirs, instances: ["VI"])
        let parent = try #require(ours["keepalived_parent.data"])
        #expect(parent.contains(" VRRP process name = edge_vrrp\n Router ID = node\n Smtp server = 192.0.2.25\n"))
        #expect(!parent.contains("Default interface") && !parent.contains("VRRP Topology"))
    }

    private static let globals = """
        instance edge
        global_defs {
            router_id node
            script_user root
            process_name edge
            vrrp_process_name edge_vrrp
            notification_email {
                one@example.com
                two@example.com
            }
            smtp_server 192.0.2.25 587
            smtp_connect_timeout 7
            smtp_alert
            smtp_alert_vrrp off
            no_email_faults
            startup_script "/bin/true one two"
            startup_script_timeout 3
            shutdown_script /bin/true
            dynamic_interfaces allow_if_changes
            default_interface eth0
            disable_local_igmp
            notify_fifo /run/fifo root
            notify_fifo_script "/bin/cat"
            vrrp_notify_fifo /run/instance-fifo nobody nogroup
            fifo_write_vrrp_states_on_reload
            vrrp_notify_priority_changes on
            vrrp_mcast_group4 224.0.0.77
            vrrp_mcast_group6 ff02::77
            vrrp_garp_master_delay 1
            vrrp_garp_master_repeat 2
            vrrp_garp_master_refresh 60
            vrrp_garp_master_refresh_repeat 3
            vrrp_garp_lower_prio_delay 4
            vrrp_garp_lower_prio_repeat 1
            vrrp_down_timer_adverts 4
            vrrp_garp_extra_if all 9
            vrrp_lower_prio_no_advert
            vrrp_higher_prio_send_advert
            vrrp_garp_interval 0.001
            vrrp_gna_interval 0.000002
            vrrp_version 3
            nftables edge_table
            nftables_priority -5
            nftables_counters
            vrrp_skip_check_adv_addr
            max_auto_priority -1
            min_auto_priority_delay 2000
            vrrp_priority -3
            enable_script_security
            umask 0137
            vrrp_startup_delay 0.5
            log_unknown_vrids
            vmac_prefix edge
        }
        vrrp_instance VI {
            interface eth0
            virtual_router_id 51
            priority 120
            advert_int 0.1
            virtual_ipaddress {
                192.0.2.100/24
            }
        }

        """

    @Test("What else an instance and a group can be told is in the files as keepalived has it")
    func details() async throws {
        let names = ["strict", "silent", "peers", "owner"]
        let (ours, theirs) = try await DumpFiles.ofBoth(Self.details, instances: names)
        try DumpComparison.compareJSON(ours, theirs, instances: names)
        try DumpComparison.compareData(ours, theirs, instances: names)
        let json = try #require(ours["keepalived.json"])
        #expect(json.contains(#""strict_mode":1"#) && json.contains(#""promote_secondaries":true"#))
        #expect(json.contains(#""smtp_alert":true,"notify_deleted":true,"script_backup":"#))
        #expect(json.contains(#""script_deleted":"'\/usr\/bin\/true' 'deleted' 'a b'","#))
        let data = try #require(ours["keepalived.data"])
        #expect(data.contains("   Effective priority = 1\n   Total priority = -190\n"))
    }

    private static let details = """
        global_defs {
            router_id node
            script_user root
            enable_script_security
        }
        vrrp_script bad {
            script "/bin/false"
            weight -200
        }
        vrrp_instance strict {
            interface eth0
            virtual_router_id 51
            strict_mode on
            version 3
            priority 120
            skip_check_adv_addr
            dont_track_primary
            promote_secondaries
            smtp_alert
            notify_deleted
            notify_master "/bin/true master 'a b'"
            notify_backup "/bin/true backup"
            notify_fault "/bin/true fault"
            notify_stop "/bin/true stop"
            notify_master_rx_lower_pri "/bin/true lower"
            notify "/bin/true any" nobody
            virtual_ipaddress {
                192.0.2.100/24
            }
        }
        vrrp_instance silent {
            interface eth0
            virtual_router_id 52
            version 3
            nopreempt
            no_accept
            notify_deleted "/bin/true deleted 'a b'"
            notify_priority_changes
            virtual_ipaddress {
                192.0.2.101/24
            }
            virtual_ipaddress_excluded {
                192.0.2.102/24
            }
        }
        vrrp_instance peers {
            interface eth0
            virtual_router_id 53
            priority 10
            unicast_src_ip 192.0.2.10
            unicast_ttl 200
            check_unicast_src
            track_script {
                bad
            }
            unicast_peer {
                192.0.2.20 min_ttl 1
                192.0.2.21 min_ttl 5 max_ttl 250
            }
            virtual_ipaddress {
                192.0.2.103/24
            }
        }
        vrrp_instance owner {
            interface eth0
            virtual_router_id 54
            priority 255
            no_accept
            virtual_ipaddress {
                192.0.2.104/24
            }
        }
        vrrp_sync_group G {
            group {
                silent
                owner
            }
            smtp_alert
            notify_priority_changes off
            notify_fault "/bin/true group"
            notify "/bin/true 'of the group'"
        }

        """

    /// The sections of what is tracked that are missing, or not the same.
    private static func differing(_ ours: [String: String], _ theirs: [String: String]) -> [String] {
        ["VRRP Sync groups", "VRRP Scripts", "VRRP Track files", "VRRP Track processes"].filter { name in
            let lines = DumpComparison.section(name, of: ours["keepalived.data", default: ""])
            return lines.isEmpty || lines != DumpComparison.section(name, of: theirs["keepalived.data", default: ""])
        }
    }

    @Test("What is tracked is told as keepalived tells it, in the instances, in their groups and by itself")
    func tracking() async throws {
        let folder = "/tmp/vrrp-dumps-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "3\n".write(toFile: "\(folder)/load", atomically: false, encoding: .utf8)
        let configuration = Self.tracking.replacing("FOLDER", with: folder)
        let names = ["VI_1", "VI_2", "VI_3"]
        var (ours, theirs) = try await DumpFiles.ofBoth(configuration, instances: names)
        // On a machine with other things to do the scripts of one may be a run ahead of the other's.
        for _ in 0..<2 where Self.differing(ours, theirs) != [] {
            (ours, theirs) = try await DumpFiles.ofBoth(configuration, instances: names)
        }
        #expect(Self.differing(ours, theirs) == [])
        let (own, other) = (try #require(ours["keepalived.data"]), try #require(theirs["keepalived.data"]))
        for name in names {
            let lists = trackedLists(of: name, in: own)
            #expect(lists.isEmpty == (name == "VI_2") && lists == trackedLists(of: name, in: other), "\(name)")
            for key in ["State", "Effective priority", "Sync group"] {
                let line = DumpComparison.line(key, of: name, in: own)
                #expect(line == DumpComparison.line(key, of: name, in: other), "\(name)")
            }
        }
        let (ownJSON, otherJSON) = (try #require(ours["keepalived.json"]), try #require(theirs["keepalived.json"]))
        func commands(_ text: String) -> [Substring] { text.matches(of: /"track_script":\[[^\]]*\]/).map(\.0) }
        #expect(commands(ownJSON).count == 2)
        #expect(commands(ownJSON) == commands(otherJSON))
        // Releases after 2.2.7 name processes as well.
        #expect(ownJSON.contains(#""track_process":["p","none"]"#))
    }

    /// The lists of what an instance tracks.
    private func trackedLists(of name: String, in text: String) -> [Substring] {
        guard let start = text.firstRange(of: " VRRP Instance = \(name)\n") else { return [] }
        let lines = text[start.upperBound...].split(separator: "\n").prefix { $0.hasPrefix("   ") }
        guard let first = lines.firstIndex(where: { $0.hasPrefix("   Tracked ") }) else { return [] }
        return lines[first...].filter { $0.hasPrefix("     ") || $0.hasPrefix("   Tracked ") }
    }

    private static let tracking = """
        global_defs {
            router_id node
            script_user root
            enable_script_security
        }
        vrrp_script chk {
            script "/bin/true a 'b c'"
            interval 2
            timeout 3
            weight 10
            rise 2
            fall 3
        }
        vrrp_script bad {
            script "/bin/false"
            weight -7 reverse
            user nobody
        }
        vrrp_script slow {
            script "/bin/sleep 100"
            interval 200
            weight 3
            rise 2
        }
        track_file load {
            file FOLDER/load
            weight 2
        }
        vrrp_track_file none {
            file FOLDER/absent
            weight 0
        }
        vrrp_track_process p {
            process /nonexistent/program 1000
            param_match initial
            weight 20
            quorum 2
            quorum_max 3
            delay 0.5
        }
        vrrp_track_process none {
            process nonexistent
            full_command
            weight -5 reverse
            terminate_delay 1
            fork_delay 2
        }
        vrrp_sync_group G {
            group {
                VI_2
                VI_3
            }
            track_script {
                chk
            }
            track_file {
                load weight 1
            }
            track_process {
                p
            }
            sync_group_tracking_weight
        }
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            priority 100
            advert_int 1
            track_interface {
                lo
            }
            track_script {
                chk
                bad weight 5
                slow
            }
            track_file {
                load weight 3 reverse
                none
            }
            track_process {
                p
                none weight 4
            }
            virtual_ipaddress {
                192.0.2.100/24
            }
        }
        vrrp_instance VI_2 {
            interface eth0
            virtual_router_id 52
            virtual_ipaddress {
                192.0.2.101/24
            }
        }
        vrrp_instance VI_3 {
            interface eth0
            virtual_router_id 53
            track_script {
                bad weight -9 noreverse
            }
            virtual_ipaddress {
                192.0.2.102/24
            }
        }

        """

    @Test("The fourth signal writes the counters and lets them begin at zero; without instances there is no JSON file")
    func resetAndEmpty() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("a", addresses: ["192.0.2.10/24", "fe80::10/64"])
            let daemon = try await VRRPDaemon.start(
                on: host, .keepalived(Self.configuration), environment: ["TMPDIR": host.directory])
            try await daemon.waitForState(.active, of: "VI_1")
            let path = "\(host.directory)/keepalived.stats"
            for expected in ["Became master: 1\n", "Became master: 0\n"] {
                try? FileManager.default.removeItem(atPath: path)
                daemon.process.signal(63)
                let start = ContinuousClock.now
                while !FileManager.default.fileExists(atPath: path), ContinuousClock.now - start < .seconds(5) {
                    try await Task.sleep(for: .milliseconds(5))
                }
                let text = try String(contentsOfFile: path, encoding: .utf8)
                #expect(text.components(separatedBy: "ns/web:6")[0].contains(expected))
                var attributes = stat()
                #expect(stat(path, &attributes) == 0 && attributes.st_mode & 0o777 == 0o644)
            }
            try daemon.reload(.keepalived("global_defs {\n}\n"))
            try await daemon.process.waitForLine(containing: "Reloaded", within: .seconds(15))
            daemon.process.signal(36)
            try await Task.sleep(for: .milliseconds(300))
            #expect(!FileManager.default.fileExists(atPath: "\(host.directory)/keepalived.json"))
        }
    }
}
