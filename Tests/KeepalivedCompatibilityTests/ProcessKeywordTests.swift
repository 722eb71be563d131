import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Keywords about the process")
struct ProcessKeywordTests {
    private func options(global: String = "", root: String = "") throws -> ProcessOptions {
        let configuration = try load("\(root)\nglobal_defs {\n\(global)\n}\n" + instance(""))
        #expect(configuration.diagnostics == [])
        return configuration.processOptions
    }

    private func problems(global: String = "", root: String = "") throws -> [String] {
        try load("global_defs {\n\(global)\n}\n\(root)\n" + instance("")).diagnostics.map(\.description)
    }

    @Test("Without keywords everything is as it was started")
    func defaults() throws { #expect(try options() == ProcessOptions()) }

    @Test("A process that is late may raise its priority, from a lateness of a second on unless told otherwise")
    func automaticPriority() throws {
        #expect(try options(global: "max_auto_priority").highestAutomaticPriority == 99)
        #expect(try options(global: "max_auto_priority 40").highestAutomaticPriority == 40)
        for never in ["0", "-1"] {
            #expect(try options(global: "max_auto_priority \(never)").highestAutomaticPriority == nil)
        }
        #expect(try options().automaticPriorityDelay == .seconds(1))
        let text = "max_auto_priority 99\nmin_auto_priority_delay 20000"
        #expect(try options(global: text).automaticPriorityDelay == .milliseconds(20))
    }

    @Test("The process has a name, processors and a mask for its files")
    func process() throws {
        #expect(try options(global: "process_name floating").name == "floating")
        #expect(try options(global: "vrrp_cpu_affinity 0 3").processors == [0, 3])
        for (text, mask) in [
            ("022", 0o022), ("18", 18), ("0x1f", 0x1f), ("IWGRP|IWOTH", 0o022), ("S_IRGRP | IROTH", 0o044),
        ] {
            #expect(try options(global: "umask \(text)").fileModeMask == mask)
        }
        let commandLine = try KeepalivedCommandLine.parse(["-u", "077", "-s", "blue"])
        let overridden = try options(global: "umask 022", root: "net_namespace red").overridden(by: commandLine)
        #expect(overridden.fileModeMask == 0o077)
        #expect(overridden.networkNamespace == "blue")
    }

    @Test("Several processes on a host are told apart by a network namespace, a name and a folder")
    func identity() throws {
        let found = try options(root: "net_namespace blue\ninstance left\nuse_pid_dir\nchild_wait_time 10")
        #expect(found.networkNamespace == "blue")
        #expect(found.instance == "left")
        #expect(found.usesPidFolder)
    }

    @Test("Dump files have keepalived's names unless they are given others, or carry those of namespace and instance")
    func dumpFiles() throws {
        func paths(_ global: String) throws -> [String] {
            let names = try options(global: global).dumps
            return DumpFile.allCases.map { file in
                names.path(of: file, in: "/tmp", names: ["blue", "left"]) { $0 == "/var/folder" }
            }
        }
        #expect(
            try paths("") == [
                "/tmp/keepalived.data", "/tmp/keepalived_parent.data", "/tmp/keepalived.stats", "/tmp/keepalived.json",
            ])
        #expect(
            try paths("state_dump_file /var/state\nstats_dump_file /var/folder\njson_dump_file j")
                == ["/var/state", "/tmp/keepalived_parent.data", "/var/folder/keepalived.stats", "/tmp/j"])
        #expect(
            try paths("data_use_instance\nstate_dump_file /new/")
                == [
                    "/new/keepalived.blue_left.data", "/tmp/keepalived_parent.blue_left.data",
                    "/tmp/keepalived.blue_left.stats",
                    "/tmp/keepalived.blue_left.json",
                ]
        )
        #expect(try options(global: "json_version 2").dumps.jsonVersion == 2)
    }

    @Test(
        "What this program needs not be told is accepted without a word",
        arguments: [
            "process_names", "vrrp_process_name x", "vrrp_rx_bufs_policy MTU", "vrrp_rx_bufs_policy ADVERT",
            "vrrp_rx_bufs_policy 65536", "vrrp_rx_bufs_multiplier 3", "vrrp_netlink_cmd_rcv_bufs 65536",
            "vrrp_netlink_cmd_rcv_bufs_force no", "vrrp_netlink_monitor_rcv_bufs 0",
            "vrrp_netlink_monitor_rcv_bufs_force", "reload_check_config", "tmp_config_directory /tmp",
        ])
    func accepted(_ line: String) throws { #expect(try options(global: line) == ProcessOptions()) }

    @Test("The log of reload_check_config is not written, which is a warning")
    func reloadLog() throws {
        #expect(
            try problems(global: "reload_check_config /tmp/log") == [
                "k.conf:2: reload_check_config /tmp/log: ignored because what a check finds stands in the program's own log"
            ])
    }

    @Test(
        "What this program does not do is a warning",
        arguments: [
            ("vrrp_rlimit_rttime 10000", "a program that the kernel ends for being busy gives its addresses away"),
            ("vrrp_rlimit_rtime 1", "a program that the kernel ends for being busy gives its addresses away"),
            ("reload_time_file /tmp/x", "the configuration is read again at SIGHUP alone"),
            ("reload_repeat", "the configuration is read again at SIGHUP alone"),
            ("reload_file /tmp/x", "the configuration is read again at SIGHUP alone"),
            ("config_save_dir /tmp", "this program writes no copy of its configuration"),
        ])
    func ignored(_ line: String, _ reason: String) throws {
        let keyword = line.prefix { $0 != " " }
        #expect(try problems(global: line + "\n" + line) == ["k.conf:2: \(keyword): ignored because \(reason)"])
    }

    @Test(
        "A wrong value is an error that says what is allowed",
        arguments: [
            ("max_auto_priority 100", "100 is not allowed; allowed is -1 to 99"),
            ("min_auto_priority_delay 0", "0 is not allowed; allowed is 1 to 10000000"),
            ("vrrp_cpu_affinity", "a value is missing; allowed is 0 to 1023"),
            ("vrrp_cpu_affinity 1 x", "x is not allowed; allowed is 0 to 1023"),
            ("process_name", "a value is missing; allowed is a name of 1 to 15 octets"),
            (
                "process_name a-name-that-is-long",
                "a-name-that-is-long is not allowed; allowed is a name of 1 to 15 octets"
            ),
            (
                "vrrp_process_name a-name-that-is-long",
                "a-name-that-is-long is not allowed; allowed is a name of 1 to 15 octets"
            ),
            ("umask 01000", "01000 is not allowed; allowed is 0 to 0777 in octal, or names such as IWGRP|IWOTH"),
            ("umask", "a value is missing; allowed is 0 to 0777 in octal, or names such as IWGRP|IWOTH"),
            ("umask IWGRP|", "IWGRP| is not allowed; allowed is 0 to 0777 in octal, or names such as IWGRP|IWOTH"),
            ("json_version 3", "3 is not allowed; allowed is 1 or 2"),
            ("state_dump_file", "a value is missing; allowed is a path"),
            ("data_use_instance x", "x is not allowed; allowed is on, off, true, false, yes or no"),
            (
                "vrrp_rx_bufs_policy 0",
                "0 is not allowed; allowed is MTU, ADVERT or a number of octets from 1 to 4294967295"
            ),
            ("vrrp_rx_bufs_multiplier 0", "0 is not allowed; allowed is 1 to 4294967295"),
            ("vrrp_netlink_cmd_rcv_bufs x", "x is not allowed; allowed is 0 to 4294967295"),
            ("vrrp_netlink_monitor_rcv_bufs_force x", "x is not allowed; allowed is on, off, true, false, yes or no"),
            ("vrrp_rlimit_rttime 0", "0 is not allowed; allowed is 1 to 4294967295"),
            ("config_save_dir", "a value is missing; allowed is a path"),
            ("tmp_config_directory", "a value is missing; allowed is a path"),
        ])
    func wrong(_ line: String, _ problem: String) throws {
        let keyword = line.prefix { $0 != " " }
        #expect(try problems(global: line) == ["k.conf:2: \(keyword): \(problem)"])
    }

    @Test(
        "So it is outside of blocks",
        arguments: [
            ("net_namespace a/b", "a/b is not allowed; allowed is a name without slashes or an absolute path"),
            ("net_namespace", "a value is missing; allowed is a name without slashes or an absolute path"),
            ("instance a/b", "a/b is not allowed; allowed is a name of 1 to 64 octets without slashes"),
            ("child_wait_time x", "x is not allowed; allowed is 0 to 4294967295"),
        ])
    func wrongOutside(_ line: String, _ problem: String) throws {
        let keyword = line.prefix { $0 != " " }
        #expect(try problems(root: line) == ["k.conf:4: \(keyword): \(problem)"])
    }

    @Test("SNMP and D-Bus are skipped, and each is said once")
    func otherParts() throws {
        let text = "enable_snmp_vrrp\nenable_snmp_vrrp\nsnmp_socket udp:192.0.2.1:705\nenable_dbus x"
        #expect(
            try problems(global: text) == [
                "k.conf:2: enable_snmp_vrrp: not VRRP and ignored", "k.conf:4: snmp_socket: not VRRP and ignored",
                "k.conf:5: enable_dbus: not VRRP and ignored",
            ])
    }
}
