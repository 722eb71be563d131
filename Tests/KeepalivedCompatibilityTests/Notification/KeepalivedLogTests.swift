import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("The log in keepalived's words")
struct KeepalivedLogTests {
    @Test("Each state of an instance and each step of a group has its line")
    func lines() throws {
        var follower = StateFollower(try definitions("", group: "track_interface {\neth1\n}"))
        let reports = [
            Reported.start("A"), Reported.start("B"), Reported.master("A"), Reported.master("B"), Reported.backup("B"),
            Reported.backup("A"), .priorityChanged(router: "A", from: Reported.priority, to: .lowest),
            Reported.fault("A", .interfaceDown("eth0")), Reported.leave("A", from: .backup),
            Reported.fault("B", .groupMember("A")), Reported.leave("B", from: .backup), Reported.repaired("A"),
            Reported.start("A"), Reported.repaired("B"), Reported.start("B"),
        ]
        #expect(
            reports.flatMap { follower.take($0) }.compactMap(\.logLine) == [
                "(A) Entering BACKUP STATE (init)", "(B) Entering BACKUP STATE (init)", "(A) Entering MASTER STATE",
                "VRRP_Group(G) Syncing instances to MASTER state", "(B) Entering MASTER STATE",
                "(B) Entering BACKUP STATE", "VRRP_Group(G) Syncing instances to BACKUP state",
                "(A) Entering BACKUP STATE",
                "(A) Changing effective priority from 100 to 1", "(A) Entering FAULT STATE",
                "VRRP_Group(G) Syncing instances to FAULT state", "(B) Entering FAULT STATE",
                "(A) Entering BACKUP STATE",
                "VRRP_Group(G) Syncing instances to BACKUP state", "(B) Entering BACKUP STATE",
            ])
        follower.beginStop()
        #expect(follower.finishStop().compactMap(\.logLine) == [])
    }

    @Test("What a reload removes, and the priorities that it brings, have no line")
    func reload() throws {
        var follower = StateFollower(try definitions(""))
        for name in ["A", "B", "C"] { _ = follower.take(Reported.start(name)) }
        var new = try definitions("")
        new.instances.removeLast()
        follower.beginReload(new)
        let reports = [
            Reported.leave("C", from: .backup), .priorityChanged(router: "A", from: Reported.priority, to: .lowest),
        ]
        #expect(reports.flatMap { follower.take($0) }.compactMap(\.logLine) == [])
        #expect(follower.finishReload() == [])
        #expect(follower.states.count == 2)
    }

    @Test("After it has waited for a script, an instance starts without the word init")
    func waited() throws {
        var definitions = try definitions("")
        definitions.scriptsWithoutInitialState = ["script a"]
        var follower = StateFollower(definitions)
        #expect(follower.take(Reported.fault("A", .trackedObject(.external("script a")))) == [])
        _ = follower.take(Reported.repaired("A"))
        #expect(follower.take(Reported.start("A")).compactMap(\.logLine) == ["(A) Entering BACKUP STATE"])
    }

    @Test("An interface is told once, however many instances miss it")
    func links() {
        var links = LinkFollower()
        #expect(links.logLines(of: Reported.fault("A", .interfaceDown("eth0"))) == ["Netlink reports eth0 down"])
        #expect(links.logLines(of: Reported.fault("B", .interfaceDown("eth0"), .noPrimaryAddress("eth0"))) == [])
        #expect(
            links.logLines(of: Reported.fault("B", .trackedObject(.interface("eth1")))) == ["Netlink reports eth1 down"]
        )
        #expect(links.logLines(of: Reported.repaired("A")) == ["Netlink reports eth0 up"])
        #expect(links.logLines(of: Reported.start("A")) == [])
    }
}
