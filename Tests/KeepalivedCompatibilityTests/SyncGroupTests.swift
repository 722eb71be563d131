import Testing
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("vrrp_sync_group")
struct SyncGroupTests {
    private static let instances =
        instance("", name: "A", id: 5, addresses: "192.0.2.1") + "\n"
        + instance("", name: "B", id: 6, addresses: "192.0.2.2") + "\n"

    private func load(_ groups: String, instances: String = instances) throws -> KeepalivedConfiguration {
        try KeepalivedCompatibilityTests.load(groups + "\n" + instances)
    }

    private func sentences(_ groups: String, instances: String = instances) throws -> [String] {
        try load(groups, instances: instances).diagnostics.map { String($0.description.dropFirst("k.conf:".count)) }
    }

    @Test(
        "The instances stand in the group one or several a line",
        arguments: ["group {\nA\nB\n}", "group {\nA B\n}", "group { A B }"])
    func members(group: String) throws {
        let configuration = try load("vrrp_sync_group G {\n\(group)\n}")
        #expect(configuration.diagnostics == [])
        #expect(configuration.definitions.syncGroups == [SyncGroupDefinition(name: "G", members: ["A", "B"])])
        #expect(throws: Never.self) { try configuration.definitions.validate() }
    }

    @Test("What a group tracks holds for all of its instances, with and without weight")
    func tracking() throws {
        let configuration = try load(
            "vrrp_sync_group G {\ngroup {\nA B\n}\ntrack_interface {\neth1\neth2 weight -20\n}\n}")
        #expect(configuration.diagnostics == [])
        #expect(
            configuration.definitions.syncGroups.first?.conditions == [
                TrackedCondition(.interface("eth1"), effect: .fault),
                TrackedCondition(.interface("eth2"), effect: .weight(-20)),
            ])
    }

    @Test("Weights of what an instance of a group tracks count with sync_group_tracking_weight alone")
    func weights() throws {
        let tracking = "track_interface {\neth1 weight 10\neth2\n}"
        let instances =
            instance(tracking, name: "A", id: 5, addresses: "192.0.2.1") + "\n"
            + instance("", name: "B", id: 6, addresses: "192.0.2.2")
        let ignored = try load("vrrp_sync_group G {\ngroup {\nA B\n}\n}", instances: instances)
        let effects = { (configuration: KeepalivedConfiguration) in
            configuration.definitions.virtualRouters[0].tracking.conditions.map(\.effect)
        }
        #expect(effects(ignored) == [.fault])
        #expect(
            ignored.diagnostics.map(\.description) == [
                "k.conf:8: track_interface: ignored because the instance is in a sync group without "
                    + "sync_group_tracking_weight"
            ])
        let kept = try load(
            "vrrp_sync_group G {\ngroup {\nA B\n}\nsync_group_tracking_weight\n}", instances: instances)
        #expect(effects(kept) == [.weight(10), .fault])
        #expect(kept.diagnostics == [])
    }

    @Test(
        "What is wrong with a group is said with its line",
        arguments: [
            (
                "vrrp_sync_group G {\ngroup {\nA\nC\n}\n}",
                ["4: group: C is not allowed; allowed is the name of a vrrp_instance"]
            ),
            (
                "vrrp_sync_group G {\ngroup {\nA B\n}\n}\nvrrp_sync_group H {\ngroup {\nB\n}\n}",
                [
                    "6: vrrp_sync_group H: ignored because no instance is listed in group",
                    "8: group: B stands at k.conf:3 already",
                ]
            ),
            (
                "vrrp_sync_group G {\ngroup {\nA B\n}\n}\nvrrp_sync_group G {\n}",
                ["6: vrrp_sync_group: the name G stands at k.conf:1 already"]
            ),
            (
                "vrrp_sync_group {\ngroup {\nA B\n}\n}",
                ["1: vrrp_sync_group: a value is missing; allowed is a name that no other group has"]
            ),
        ])
    func errors(text: String, expected: [String]) throws {
        let found = try sentences(text)
        for sentence in expected { #expect(found.contains(sentence), "\(found)") }
        #expect(try load(text).hasErrors)
    }

    @Test("A group of one instance, and an instance named twice, are warnings; a group of none is ignored")
    func warnings() throws {
        #expect(
            try sentences("vrrp_sync_group G {\ngroup {\nA A\n}\n}") == [
                "1: vrrp_sync_group G: A is its only member and changes its state alone",
                "3: group: A stands at k.conf:3 already",
            ])
        let empty = try load("vrrp_sync_group G {\n}")
        #expect(empty.definitions.syncGroups == [])
        #expect(!empty.hasErrors)
    }
}
