import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("What groups track, and what concerns interfaces")
struct GroupTrackingTests {
    private static let things = """
        vrrp_script s { script /bin/true }
        track_file f { file /run/f }
        vrrp_track_process p { process a }

        """

    private func load(group: String, instance body: String = "") throws -> KeepalivedConfiguration {
        try KeepalivedCompatibilityTests.load(
            Self.things + "vrrp_sync_group G {\ngroup { A B }\n\(group)\n}\n" + instance(body) + "\n"
                + instance("", name: "B", id: 6, addresses: "192.0.2.2"))
    }

    @Test("A group tracks scripts, files and processes for all of its instances")
    func everything() throws {
        let configuration = try load(
            group: "track_script { s weight 5 }\ntrack_file { f }\ntrack_process { p weight 0 }")
        #expect(configuration.diagnostics == [])
        #expect(
            configuration.definitions.syncGroups.first?.conditions == [
                .init(.external("script s"), effect: .weight(5)), .init(.number("file f"), effect: .weight(1)),
                .init(.external("process p"), effect: .fault),
            ])
        #expect(configuration.scripts.map(\.name) == ["s"])
        #expect(configuration.trackedFiles.map(\.name) == ["f"])
        #expect(configuration.trackedProcesses.map(\.name) == ["p"])
    }

    @Test("What the group weighs as well counts once, by the weight of the group", arguments: [true, false])
    func repetition(allowsWeights: Bool) throws {
        let configuration = try load(
            group: "track_file { f weight 3 }\n" + (allowsWeights ? "sync_group_tracking_weight" : ""),
            instance: "track_file { f weight 9 }")
        #expect(configuration.definitions.virtualRouters.first?.tracking.conditions == [])
        #expect(configuration.definitions.syncGroups.first?.conditions.map(\.effect) == [.weight(3)])
        let reason =
            allowsWeights
            ? "the sync group of the instance tracks it"
            : "the instance is in a sync group without sync_group_tracking_weight"
        #expect(
            configuration.diagnostics.map(\.description).contains {
                $0.hasSuffix("track_file: ignored because \(reason)")
            })
    }

    @Test("The weights of files and processes count in a group with sync_group_tracking_weight alone")
    func weights() throws {
        let body = "track_file { f }\ntrack_process { p weight 0 }"
        let without = try load(group: "track_script { s }", instance: body)
        #expect(without.definitions.virtualRouters.first?.tracking.conditions.map(\.effect) == [.fault])
        let with = try load(group: "track_script { s }\nsync_group_tracking_weight", instance: body)
        #expect(with.definitions.virtualRouters.first?.tracking.conditions.map(\.effect) == [.weight(1), .fault])
    }

    @Test("global_tracking says what holds anyway; a name that nothing has is an error in a group, too")
    func words() throws {
        let configuration = try load(
            group: "track_script { s }\ntrack_file { f }\ntrack_process { p }\nglobal_tracking")
        #expect(!configuration.hasErrors)
        #expect(
            configuration.diagnostics.map(\.description) == [
                "k.conf:9: global_tracking: ignored because what a group tracks holds for all of its instances anyway"
            ])
        for list in ["track_script", "track_file", "track_process"] {
            #expect(try load(group: "\(list) { other }").hasErrors)
        }
    }

    @Test("track_src_ip tracks the source address, and without one is ignored")
    func sourceAddress() throws {
        #expect(try router("track_src_ip\nunicast_src_ip 192.0.2.9").tracking.sourceAddress)
        #expect(!(try router("unicast_src_ip 192.0.2.9").tracking.sourceAddress))
        #expect(
            try sentences("track_src_ip")
                == ["2: track_src_ip: ignored because neither unicast_src_ip nor mcast_src_ip is given"])
        #expect(!(try router("track_src_ip").tracking.sourceAddress))
    }

    @Test("Interfaces have delays; the one for up is that for down where it is missing")
    func delays() throws {
        let configuration = try KeepalivedCompatibilityTests.load(
            "interface_up_down_delays {\neth0 0.5\neth1 1 2.5\neth2 0\n}\n" + instance(""))
        #expect(configuration.diagnostics == [])
        #expect(
            configuration.definitions.interfaceDelays == [
                InterfaceDelay(interface: "eth0", down: .milliseconds(500), up: .milliseconds(500)),
                InterfaceDelay(interface: "eth1", down: .seconds(1), up: .milliseconds(2500)),
                InterfaceDelay(interface: "eth2", down: .zero, up: .zero),
            ])
        #expect(throws: Never.self) { try configuration.definitions.validate() }
    }

    @Test(
        "A delay that is wrong is an error; one that is there twice, or has a word too many, a warning",
        arguments: [
            ("eth0", false, "2: interface_up_down_delays: ignored because no delay stands behind the interface"),
            ("eth0 256", true, "2: interface_up_down_delays: 256 is not allowed; allowed is 0 to 255 seconds"),
            ("eth0 1 x", true, "2: interface_up_down_delays: x is not allowed; allowed is 0 to 255 seconds"),
            (
                "a/b 1", true,
                "2: interface_up_down_delays: a/b is not allowed; allowed is an interface name of 1 to 15 octets"
            ),
            ("eth0 1 2 3", false, "2: eth0: 3 is one value too many and is ignored"),
            ("eth0 1\neth0 2", false, "3: interface_up_down_delays: eth0 stands at k.conf:2 already"),
        ])
    func wrongDelays(lines: String, isError: Bool, sentence: String) throws {
        let configuration = try KeepalivedCompatibilityTests.load(
            "interface_up_down_delays {\n\(lines)\n}\n" + instance(""))
        #expect(configuration.hasErrors == isError)
        #expect(configuration.diagnostics.map { String($0.description.dropFirst("k.conf:".count)) } == [sentence])
        if lines.contains("\n") { #expect(configuration.definitions.interfaceDelays.map(\.down) == [.seconds(2)]) }
    }

    @Test("What polls links is accepted without a word, a wrong way to poll is an error")
    func linkbeat() throws {
        let text = "linkbeat_use_polling\nlinkbeat_interfaces {\neth0\neth1 MII\neth2 ETHTOOL\n}\n"
        #expect(try KeepalivedCompatibilityTests.load(text + instance("")).diagnostics == [])
        #expect(try KeepalivedCompatibilityTests.load("linkbeat_interfaces {\neth0 LAMP\n}\n" + instance("")).hasErrors)
    }

    @Test("The buffers of keepalived's own look at processes are checked and change nothing")
    func buffers() throws {
        #expect(try sentences("", global: "process_monitor_rcv_bufs 65536\nprocess_monitor_rcv_bufs_force on") == [])
        #expect(try sentences("", global: "process_monitor_rcv_bufs x").count == 1)
    }
}
