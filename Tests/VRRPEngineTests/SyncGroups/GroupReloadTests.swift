import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Sync groups: definitions and reload")
struct GroupReloadTests {
    @Test("A group made of active routers and backups takes over as a whole")
    func madeByReload() {
        var bench = GroupBench()
        bench.add("a")
        bench.add("b")
        bench.lab.start("a", GroupBench.routers((200, 100)))
        bench.lab.start("b", GroupBench.routers((100, 200)))
        bench.run(until: 10.0)
        #expect(bench.owners == [["a"], ["b"]])
        for name in ["a", "b"] {
            bench.lab.apply(bench.lab.node(name).definitions.virtualRouters, groups: [GroupBench.group], to: name)
        }
        bench.run(until: 20.0)
        #expect(bench.owners == [["a"], ["a"]])
        #expect(bench.lab.violation == nil)
    }

    @Test("Another member joins an active group at once, and one that leaves takes nobody along")
    func membersChange() {
        var bench = GroupBench()
        bench.add("a")
        let routers = GroupBench.routers((100, 100))
        let alone = SyncGroupDefinition(name: "SG", members: ["one"])
        bench.lab.start("a", [routers[0]], groups: [alone])
        bench.run(until: 5.0)
        bench.lab.apply(routers, groups: [GroupBench.group], to: "a")
        #expect(bench.states("a") == [.active, .active])
        bench.lab.apply([routers[0]], groups: [alone], to: "a")
        #expect(bench.lab.state("a", "one") == .active)
        #expect(!bench.priorities("a", 51).contains(0))
        #expect(bench.priorities("a", 52).last == 0)
    }

    @Test("A router that leaves a group which is out takes part by itself")
    func dissolved() {
        var bench = GroupBench()
        bench.add("a")
        bench.lab.setInterface("eth1", of: "a", isRunning: false)
        bench.lab.start("a", GroupBench.routers((100, 100)), groups: [GroupBench.group])
        bench.run(until: 5.0)
        bench.lab.apply(GroupBench.routers((100, 100)), to: "a")
        #expect(bench.states("a") == [.backup, .initialize])
        #expect(bench.lab.router("a", "one")?.syncGroup == nil)
    }

    @Test("A reload that changes nothing leaves a group that waits in peace")
    func unchanged() {
        var bench = GroupBench.atRest()
        bench.lab.silence("net0")
        bench.run(until: 20.0)
        let before = bench.lab.router("b", "one")
        bench.lab.apply(GroupBench.routers((100, 100)), groups: [GroupBench.group], to: "b")
        let after = bench.lab.router("b", "one")
        #expect(after?.state == before?.state)
        #expect(after?.waitsForGroup == true)
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var groups: [SyncGroupDefinition]
        var sentence: String
    }

    static let mistakes = [
        Mistake(
            testDescription: "no name", groups: [.init(name: "", members: ["one"])],
            sentence: "syncGroups[0] (): name is empty"),
        Mistake(
            testDescription: "a name twice",
            groups: [.init(name: "A", members: ["one"]), .init(name: "A", members: ["two"])],
            sentence: "syncGroups[1] (A): name \"A\" is also the name of syncGroups[0]"),
        Mistake(
            testDescription: "no members", groups: [.init(name: "A", members: [])],
            sentence: "syncGroups[0] (A): members is empty; a group has at least one member"),
        Mistake(
            testDescription: "an unknown member", groups: [.init(name: "A", members: ["one", "six"])],
            sentence: "syncGroups[0] (A): members names \"six\", which is no virtual router"),
        Mistake(
            testDescription: "a member twice", groups: [.init(name: "A", members: ["one", "one"])],
            sentence: "syncGroups[0] (A): members names \"one\" twice"),
        Mistake(
            testDescription: "a router in two groups",
            groups: [.init(name: "A", members: ["one", "two"]), .init(name: "B", members: ["two"])],
            sentence: "syncGroups[1] (B): members names \"two\", which is also a member of syncGroups[0]"),
        Mistake(
            testDescription: "a weight of 254",
            groups: [.init(name: "A", members: ["one"], conditions: [.init(.interface("eth1"), effect: .weight(254))])],
            sentence: "syncGroups[0] (A): conditions weight 254 is not -253 to 253"),
    ]

    @Test("A mistake in a group is refused with its place", arguments: mistakes)
    func mistake(_ mistake: Mistake) {
        let definitions = Definitions(
            virtualRouters: GroupBench.routers((100, 100)), syncGroups: mistake.groups)
        let error = #expect(throws: DefinitionError.self) { try definitions.validate() }
        #expect(error?.description == mistake.sentence)
    }

    @Test("A mistake in a group of definitions.json is named with its line")
    func line() {
        let text = """
            {"version": 1, "virtualRouters": [
            {"name": "a", "interface": "eth0", "family": "ipv4", "virtualRouterID": 7, "addresses": ["192.0.2.1"]}],
            "syncGroups": [{"name": "G",
             "members": ["a", "b"]}]}
            """
        let error = #expect(throws: DefinitionsJSONError.self) { try Definitions(json: Array(text.utf8)) }
        #expect(
            error?.sentence(inFile: "d.json")
                == "d.json:4:13: syncGroups[0] (G): members names \"b\", which is no virtual router")
    }
}
