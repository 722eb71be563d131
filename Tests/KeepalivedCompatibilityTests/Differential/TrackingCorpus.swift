extension CorpusCase {
    /// What is tracked by name, and what concerns interfaces, with values that are right and values that are not.
    static let tracking = trackedFiles + processes + groups + interfaces + scripts

    private static let scripts = [
        beside("vrrp_script s {\nscript /bin/true\nuser root\ninit_fail\n}", "track_script {\ns\n}", .lessIsSaid),
        beside("vrrp_script s {\nscript /bin/true\nuser no-such-user\n}", "track_script {\ns\n}", .hostIsNotExamined),
        beside("vrrp_script s {\nscript /bin/true\nuser root\ninit_fail x\n}", "track_script {\ns\n}"),
        beside("vrrp_sync_group G {\ngroup {\nVI_1\n}\ntrack_interface {\neth0\n}\n}"),
    ]

    /// A block outside of instances, and an instance with `lines`.
    private static func beside(_ block: String, _ lines: String = "", _ difference: Difference? = nil) -> CorpusCase {
        CorpusCase(
            name: "\(block) | \(lines)", text: block + "\n" + instance("VI_1", id: 51, lines), difference: difference)
    }

    private static func file(_ lines: String, _ difference: Difference? = nil) -> CorpusCase {
        beside("track_file f {\n\(lines)\n}", "track_file {\nf\n}", difference)
    }

    private static func entry(_ entry: String, _ difference: Difference? = nil) -> CorpusCase {
        beside("track_file f {\nfile /tmp/no-such-file\n}", "track_file {\n\(entry)\n}", difference)
    }

    private static let trackedFiles = [
        file("file /tmp/no-such-file"), file("file \"/tmp/no such file\""), file("file /tmp/no-such-folder/file"),
        file("file relative", .silenceIsRefused), file("file", .wrongValueIsRefused),
        file("weight 2", .wrongValueIsRefused), file("file /tmp/x\nweight 254"), file("file /tmp/x\nweight 0 reverse"),
        file("file /tmp/x\nweight 255", .wrongValueIsRefused), file("file /tmp/x\nweight x", .wrongValueIsRefused),
        file("file /tmp/x\nweight 3 backward", .wrongValueIsRefused), file("file /tmp/x\ninit_file"),
        file("file /tmp/x\ninit_file -3 overwrite"), file("file /tmp/x\ninit_file overwrite"),
        file("file /tmp/x\ninit_file x", .wrongValueIsRefused),
        file("file /tmp/x\ninit_file 300", .wrongValueIsRefused), file("file /tmp/x\nnonsense"),
        entry("f weight 3 reverse"), entry("f weight -254 noreverse"), entry("f weight 255", .wrongValueIsRefused),
        entry("f weight", .wrongValueIsRefused), entry("f nonsense", .wrongValueIsRefused), entry("f\nf"),
        beside("vrrp_track_file f {\nfile /tmp/x\n}", "track_file {\nf\n}"),
        beside("", "track_file {\nf\n}", .wrongValueIsRefused),
        beside("track_file f {\nfile /tmp/x\n}", "", .moreIsSaid),
        beside(
            "track_file f {\nfile /tmp/x\n}\ntrack_file f {\nfile /tmp/y\n}", "track_file {\nf\n}", .silenceIsRefused),
        beside("track_file {\nfile /tmp/x\n}"),
    ]

    private static func process(_ lines: String, _ difference: Difference? = nil) -> CorpusCase {
        beside("vrrp_track_process p {\n\(lines)\n}", "track_process {\np weight 0\n}", difference)
    }

    private static let processes = [
        process("process sleep"), process("process /bin/sleep 5"), process("process \"a b\" \"c d\""),
        process("quorum 1", .wrongValueIsRefused), process("process"),
        process("process sleep\nquorum 0", .wrongValueIsRefused),
        process("process sleep\nquorum 65535"), process("process sleep\nquorum 65536", .wrongValueIsRefused),
        process("process sleep\nquorum_max 0"), process("process sleep\nquorum 3\nquorum_max 2", .wrongValueIsRefused),
        process("process sleep\nquorum_max 70000", .wrongValueIsRefused),
        process("process sleep\ndelay 0", .wrongValueIsRefused), process("process sleep\ndelay 3600"),
        process("process sleep\ndelay 3601", .wrongValueIsRefused),
        process("process sleep\nterminate_delay x", .wrongValueIsRefused), process("process sleep\nfork_delay 0.25"),
        process("process sleep\nweight 254"), process("process sleep\nweight 255", .wrongValueIsRefused),
        process("process sleep\nweight 5 back", .wrongValueIsRefused), process("process sleep\nparam_match"),
        process("process sleep 5\nparam_match initial"), process("process sleep 5\nparam_match partial\nfull_command"),
        process("process sleep\nparam_match exact", .wrongValueIsRefused),
        process("process sleep\nfull_command yes", .moreIsSaid), process("process sleep\nprocess other"),
        beside("vrrp_track_process p {\nprocess sleep\n}", "", .moreIsSaid),
        beside("", "track_process {\np\n}", .wrongValueIsRefused),
        beside("vrrp_track_process p {\nprocess sleep\n}", "track_process {\np weight 300\n}", .wrongValueIsRefused),
    ]

    private static func group(_ lines: String, _ difference: Difference? = nil) -> CorpusCase {
        let things = """
            global_defs {
            enable_script_security
            script_user root
            }
            vrrp_script s {
            script /bin/true
            }
            track_file f {
            file /tmp/x
            }
            vrrp_track_process p {
            process sleep
            }
            vrrp_sync_group G {
            group {
            VI_1
            VI_2
            }
            track_script {
            s
            }
            track_file {
            f
            }
            track_process {
            p
            }
            \(lines)
            }

            """
        return CorpusCase(
            name: "vrrp_sync_group: \(lines)",
            text: things + instance("VI_1", id: 51, "") + instance("VI_2", id: 52, ""), difference: difference)
    }

    /// Without an unknown file behind a known one, on which keepalived 2.2.7 crashes.
    private static let groups = [
        group(""), group("global_tracking"), group("sync_group_tracking_weight"),
        group("track_script {\nt\n}", .wrongValueIsRefused), group("track_process {\nq\n}", .wrongValueIsRefused),
    ]

    private static let interfaces = [
        beside("interface_up_down_delays {\neth0 1\n}"), beside("interface_up_down_delays {\neth0 0.5 1.5\n}"),
        beside("interface_up_down_delays {\neth0 256\n}", "", .wrongValueIsRefused),
        beside("interface_up_down_delays {\neth0 x\n}", "", .wrongValueIsRefused),
        beside("interface_up_down_delays {\neth0\n}", "", .moreIsSaid),
        beside("interface_up_down_delays {\neth0 1 2 3\n}", "", .moreIsSaid),
        beside("interface_up_down_delays {\neth0 1\neth0 2\n}", "", .moreIsSaid),
        beside("interface_up_down_delays {\n}"), beside("linkbeat_interfaces {\neth0\n}"),
        beside("linkbeat_interfaces {\neth0 MII\n}"),
        beside("linkbeat_interfaces {\neth0 LAMP\n}", "", .wrongValueIsRefused), beside("linkbeat_use_polling"),
        beside("", "track_src_ip\nmcast_src_ip 192.0.2.9"), beside("", "track_src_ip", .moreIsSaid),
    ]
}
