import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Instances with errors beside others")
struct ToleranceTests {
    private func check(_ text: String, leavesOut names: [String], runs others: [String]) throws {
        let found = try load(text)
        #expect(found.hasErrors)
        #expect(!found.hasFatalErrors)
        #expect(found.instancesLeftOut == names)
        #expect(found.definitions.virtualRouters.map(\.name) == others)
        #expect(throws: Never.self) { try found.definitions.validate() }
    }

    private let good = instance("", name: "good", id: 9, addresses: "192.0.2.9")

    @Test(
        "An instance with an error is left out, and the others are as without it",
        arguments: [
            "virtual_router_id 0", "priority 300", "virtual_ipaddress {\nnonsense\n}", "track_script {\nabsent\n}",
            "authentication {\nauth_type MD5\n}", "unicast_peer {\nx\n}", "interface",
        ])
    func single(_ line: String) throws {
        let faulty = instance(line, name: "ns/bad", addresses: "192.0.2.1").replacing("virtual_router_id 5\n", with: "")
        try check(faulty + "\n" + good, leavesOut: ["ns/bad"], runs: ["good"])
        #expect(try load(faulty + "\n" + good).definitions.virtualRouters == load(good).definitions.virtualRouters)
    }

    @Test(
        "A line that an instance can do without is left out alone",
        arguments: [
            "notify_master", "notify_master \"/bin/true\" a:b:c", "notify \"\"",
            "notify_master_rx_lower_pri", "notify_deleted \"/bin/true\" a b c", "smtp_alert maybe",
            "notify_priority_changes 2", "virtual_routes {\n10.0.0.1/8 dev eth0\n}",
            "virtual_routes {\n10.0.0.0/8 bogus\n}", "virtual_rules {\nfrom nowhere\n}",
            "state SLAVE", "state", "garp_master_repeat x", "garp_master_delay 100000", "garp_lower_prio_repeat -1",
        ])
    func line(_ line: String) throws {
        let kept = "notify_fault /bin/false\nvirtual_routes {\n198.51.100.0/24 dev eth0\n}\n"
        let faulty = instance(kept + line, name: "ns/bad", addresses: "192.0.2.1")
        try check(faulty + "\n" + good, leavesOut: [], runs: ["ns/bad", "good"])
        let expected = try load(instance(kept, name: "ns/bad", addresses: "192.0.2.1") + "\n" + good)
        let found = try load(faulty + "\n" + good)
        #expect(found.definitions == expected.definitions)
        #expect(found.notifications == expected.notifications)
        let group = "\nvrrp_sync_group G {\ngroup {\ngood\n}\nnotify_master \"\"\n}"
        try check(good + group, leavesOut: [], runs: ["good"])
    }

    @Test(
        "A word behind an address that is no option, or a wrong value of one that matters little, leaves the address",
        arguments: ["bogus", "bogus 7 label eth0:1", "scope foo", "label eth0:1 scope"])
    func wordsOfAddresses(_ words: String) throws {
        let faulty = instance("", name: "ns/bad", addresses: "192.0.2.1 \(words)")
        try check(faulty + "\n" + good, leavesOut: [], runs: ["ns/bad", "good"])
        let label = words.contains("label") ? "label eth0:1" : ""
        let expected = try load(instance("", name: "ns/bad", addresses: "192.0.2.1 \(label)") + "\n" + good)
        #expect(try load(faulty + "\n" + good).definitions == expected.definitions)
        try check(
            instance("", name: "ns/bad", addresses: "fe80::1 preferred_lft foo") + "\n" + good, leavesOut: [],
            runs: ["ns/bad", "good"])
        for words in ["dev", "brd foo", "label aaaaaaaaaaaaaaaa", "peer foo"] {
            let faulty = instance("", name: "ns/bad", addresses: "192.0.2.1 \(words)")
            try check(faulty + "\n" + good, leavesOut: ["ns/bad"], runs: ["good"])
        }
    }

    @Test("Of two instances with one name, or one identifier, the second is left out")
    func duplicates() throws {
        let other = instance("", name: "other", id: 9, addresses: "192.0.2.8")
        try check(good + "\n" + other, leavesOut: ["other"], runs: ["good"])
        let namesake = instance("", name: "good", id: 8, addresses: "192.0.2.8")
        let found = try load(good + "\n" + namesake)
        #expect(found.definitions.virtualRouters.map(\.virtualRouterID.rawValue) == [9])
        #expect(!found.hasFatalErrors)
    }

    @Test(
        "A script with an error leaves out the instances that track it",
        arguments: ["script \"/bin/true\"\ninterval x", "rise 3"])
    func script(_ body: String) throws {
        let text = "vrrp_script check {\n\(body)\n}\n" + instance("track_script {\ncheck\n}", name: "tracking")
        try check(text + "\n" + good, leavesOut: ["tracking"], runs: ["good"])
        #expect(try load(text + "\n" + good).scripts == [])
    }

    @Test("A script that cannot be used on this host leaves out the instances that track it, and their groups")
    func unusableScript() throws {
        let script = "vrrp_script check {\nscript \"/bin/true\"\n}\n"
        let tracking = instance("track_script {\ncheck\n}", name: "tracking") + "\n"
        let group = "\nvrrp_sync_group G {\ngroup {\ntracking\nother\n}\n}"
        let other = instance("", name: "other", id: 8, addresses: "192.0.2.8") + "\n"
        var found = try load(script + tracking + other + good + group)
        #expect(!found.hasErrors)
        found.leaveOutInstances(tracking: "check")
        #expect(found.definitions.virtualRouters.map(\.name) == ["good"])
        #expect(found.definitions.syncGroups == [])
        #expect(found.instancesLeftOut == ["tracking", "other"])
        #expect(found.scripts == [])
    }

    @Test(
        "A file or a process that is described wrongly leaves out the instances that track it",
        arguments: [
            ("track_file", "track_file", "file \"/run/load\"\nweight many"),
            ("vrrp_track_process", "track_process", "process \"nginx\"\nquorum none"),
        ])
    func trackedThing(_ block: String, _ list: String, _ body: String) throws {
        let text = "\(block) thing {\n\(body)\n}\n" + instance("\(list) {\nthing\n}", name: "tracking")
        try check(text + "\n" + good, leavesOut: ["tracking"], runs: ["good"])
        let found = try load(text + "\n" + good)
        #expect(found.trackedFiles == [] && found.trackedProcesses == [])
    }

    @Test(
        "A sync group leaves as a whole: with a faulty member, with one that is missing, and when it is faulty itself")
    func groups() throws {
        let faulty = instance("priority 0", name: "A", id: 1, addresses: "192.0.2.1") + "\n"
        let right = instance("", name: "A", id: 1, addresses: "192.0.2.1") + "\n"
        let second = instance("", name: "B", id: 2, addresses: "192.0.2.2") + "\n"
        func group(_ members: String) -> String { "\nvrrp_sync_group G {\ngroup {\n\(members)\n}\n}\n" }
        try check(faulty + second + good + group("A\nB"), leavesOut: ["A", "B"], runs: ["good"])
        try check(right + second + good + group("A\nB\nabsent"), leavesOut: ["A", "B"], runs: ["good"])
        let other = "vrrp_sync_group H {\ngroup {\nB\ngood\n}\n}\n"
        try check(right + second + good + group("A\nB") + other, leavesOut: ["A", "B", "good"], runs: [])
    }

    @Test(
        "After an error of the text, of the namespace or of the instance's name there is nothing to go on with",
        arguments: [
            "}\n", "vrrp_instance X\n", "vrrp_instance {\n}\n", "global_defs\n",
            "global_defs {\nrouter_id \"x\n}\n", "net_namespace a/b\n", "instance a/b\n",
        ])
    func fatal(_ text: String) throws {
        #expect(try load(text + good).hasFatalErrors)
    }

    @Test(
        "A wrong line outside of instances is left out, and the rest is as without it",
        arguments: [
            ("global_defs {\nvrrp_version 4\n}", ""),
            ("global_defs {\nvrrp_garp_master_delay x\nrouter_id n\n}", "global_defs {\nrouter_id n\n}"),
            ("global_defs {\nscript_user a b c\n}", ""), ("child_wait_time x", ""),
            ("static_ipaddress {\nnonsense\n192.0.2.77 dev eth1\n}", "static_ipaddress {\n192.0.2.77 dev eth1\n}"),
            ("static_ipaddress {\n192.0.2.9 dev eth0\n}", ""),
            (
                "static_ipaddress {\n192.0.2.77 dev eth1\n192.0.2.77 dev eth1\n192.0.2.78 dev eth1\n}",
                "static_ipaddress {\n192.0.2.77 dev eth1\n192.0.2.78 dev eth1\n}"
            ),
            ("static_routes {\n198.51.100.0/33 dev eth1\n}", ""), ("static_rules {\nfrom nowhere\n}", ""),
            ("garp_group {\ngarp_interval x\ninterface eth0\n}", ""),
            ("track_group G {\ngroup {\nabsent\n}\n}", "track_group G {\n}"),
            ("interface_up_down_delays {\neth0 x\neth1 2\n}", "interface_up_down_delays {\neth1 2\n}"),
        ])
    func elsewhere(_ text: String, _ rest: String) throws {
        let found = try load(text + "\n" + good)
        #expect(found.hasErrors && !found.hasFatalErrors)
        #expect(found.instancesLeftOut == [])
        let expected = try load(rest + "\n" + good)
        #expect(!expected.hasErrors)
        #expect(found.definitions == expected.definitions)
        #expect(found.routerID == expected.routerID)
        #expect(throws: Never.self) { try found.definitions.validate() }
    }

    @Test("What is to run as a user that the host does not have is left out")
    func unknownUser() throws {
        let body = "notify_master /bin/a nobody\nnotify /bin/b\nnotify_fault \"/bin/c\" nobody"
        let global = "notify_fifo /run/f nobody\nvrrp_notify_fifo /run/g\nshutdown_script /bin/d nobody"
        var found = try load("global_defs {\n\(global)\n}\n" + instance(body)).notifications
        found.leaveOut(ScriptUser(name: "nobody"))
        #expect(found.commands.map(\.words) == [["/bin/b"]])
        #expect(found.fifos.map(\.path) == ["/run/g"])
    }

    @Test(
        "Where script_user names nobody, no script runs as anybody else",
        arguments: [
            "script_user nobody:nogroup:x", "script_user :nogroup", "script_user nobody nogroup x", "script_user",
            "script_user \"\"", "script_user nobody\nscript_user :",
        ])
    func scriptUserThatNamesNobody(_ lines: String) throws {
        let script = "vrrp_script check {\nscript \"/bin/true\"\n}\n"
        let tracking = instance("track_script {\ncheck\n}\nnotify /bin/a\nnotify_fault /bin/b nobody", name: "tracking")
        let global = "global_defs {\n\(lines)\nnotify_fifo /run/f\nshutdown_script /bin/c\n}\n"
        var found = try load(global + script + tracking)
        #expect(found.hasErrors && !found.hasFatalErrors)
        let users = found.scripts.map(\.user) + found.notifications.users.filter { $0?.name != "nobody" }
        #expect(users.count == 2)
        for user in users {
            let user = try #require(user)
            // No line of a list of users can begin with this name, and it is no number.
            #expect(user.name.hasSuffix(":"))
            found.notifications.leaveOut(user)
        }
        #expect(found.notifications.commands.map(\.words) == [["/bin/b"]])
        #expect(found.notifications.fifos == [])
    }

    @Test("Without errors nothing is left out")
    func none() throws {
        let found = try load(good)
        #expect(!found.hasErrors && !found.hasFatalErrors)
        #expect(found.instancesLeftOut == [])
    }

    @Test("A path with wildcards or braces stands for several files; a file of this very name comes before them")
    func patterns() throws {
        let files = MemorySource([
            "/a/1.conf": instance("", name: "one", id: 1),
            "/a/2.conf": instance("", name: "two", id: 2, addresses: "192.0.2.2"),
            "/a/[x].conf": instance("", name: "literal"),
        ])
        func names(_ path: String) throws -> [String] {
            try KeepalivedConfiguration.load(path: path, source: files, configurationID: "node")
                .definitions.virtualRouters.map(\.name)
        }
        #expect(try names("/a/[12].conf") == ["one", "two"])
        #expect(try names("/a/{2,1}.conf") == ["two", "one"])
        #expect(try names("/a/[x].conf") == ["literal"])
        for path in ["/a/{1,3}.conf", "/b/*.conf", "/a/3.conf"] {
            #expect(throws: ConfigurationReadError.self) { try names(path) }
        }
    }
}
