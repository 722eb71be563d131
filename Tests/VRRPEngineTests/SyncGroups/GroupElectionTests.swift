import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Sync groups: who is active")
struct GroupElectionTests {
    @Test("The better node has all members, and after its death the other one has, at one moment")
    func failover() {
        var bench = GroupBench.atRest { $0.advertisementInterval = $0.name == "one" ? .centiseconds(20) : .default }
        #expect(bench.owners == [["a"], ["a"]])
        bench.lab.crash("a")
        bench.run(until: 15.0)
        #expect(bench.states("b") == [.active, .active])
        let taken = bench.lab.transitions(of: "b").filter { $0.transition.to == .active }.map(\.moment)
        #expect(taken.count == 2 && taken[0] == taken[1])
        #expect(bench.lab.violation == nil)
    }

    @Test("The adverts of all members leave before any address is asked for, and all addresses are announced")
    func advertsFirst() throws {
        var bench = GroupBench.atRest()
        bench.lab.crash("a")
        bench.run(until: 13.7)
        let own = bench.lab.trace.entries.filter { $0.node == "b" && $0.moment > .zero + 10.1 }.map(\.occurrence)
        let lastAdvert = try #require(own.lastIndex { if case .sent = $0 { true } else { false } })
        let firstAddress = try #require(own.firstIndex { if case .addressAdded = $0 { true } else { false } })
        #expect(lastAdvert < firstAddress)
        let announced = Set(bench.lab.announcements(from: "b").map(\.announcement.address))
        #expect(announced == [.literal("10.0.0.100"), .literal("10.0.1.100")])
    }

    @Test("While one network carries no adverts the other node waits, says so, and takes nothing")
    func oneSilentNetwork() {
        var bench = GroupBench.atRest()
        bench.lab.silence("net0")
        bench.run(until: 60.0)
        #expect(bench.owners == [["a"], ["a"]])
        #expect(bench.lab.router("b", "one")?.waitsForGroup == true)
        #expect(bench.lab.router("b", "two")?.waitsForGroup == false)
        bench.lab.heal()
        bench.run(until: 62.0)
        #expect(bench.lab.router("b", "one")?.waitsForGroup == false)
        #expect(bench.lab.transitions(of: "a").count { $0.transition.to == .active } == 2)
    }

    @Test("The better node preempts with all members, and who makes way for it sends no priority 0")
    func preemption() {
        var bench = GroupBench()
        bench.start("b", (100, 100))
        bench.run(until: 10.0)
        bench.start("a", (200, 200))
        bench.run(until: 20.0)
        #expect(bench.owners == [["a"], ["a"]])
        #expect(!(bench.priorities("b", 51) + bench.priorities("b", 52)).contains(0))
        let reports = bench.lab.reports(from: "b", since: 10.0).map(\.report.description)
        let cause = "one of the same group SG made way for a better router"
        #expect(reports.contains("two: active → backup (\(cause)), priority 100"))
        let taken = bench.lab.reports(from: "a", since: 10.0).map(\.report.description)
        #expect(taken.contains { $0.contains("of the same group SG took over") })
    }

    @Test(
        "Two nodes that are each better for another member settle on one, whenever the second one starts",
        arguments: [0, 1, 5, 400, 2000] as [Int64])
    func mixedPriorities(delay: Int64) {
        var bench = GroupBench()
        bench.start("a", (100, 200))
        bench.add("b")
        let start = Nanoseconds.milliseconds(delay)
        bench.lab.at(start) { $0.start("b", GroupBench.routers((200, 100)), groups: [GroupBench.group]) }
        bench.run(until: 20.0)
        #expect(bench.owners[0].count == 1)
        #expect(bench.owners[0] == bench.owners[1])
        let changes = bench.lab.transitions(of: "a").count + bench.lab.transitions(of: "b").count
        #expect(changes <= 10)
        #expect(bench.lab.violation == nil)
    }

    @Test("Two nodes that were both active after a partition settle on one, whatever is better where")
    func healedPartition() {
        var bench = GroupBench()
        bench.lab.at(.zero) { $0.partition(["a"], from: ["b"]) }
        bench.start("a", (100, 200))
        bench.start("b", (200, 100))
        bench.run(until: 10.0)
        #expect(bench.owners == [["a", "b"], ["a", "b"]])
        bench.lab.heal()
        bench.run(until: 11.6)
        #expect(bench.owners == [["b"], ["b"]])
        bench.run(until: 60.0)
        #expect(bench.owners == [["b"], ["b"]])
    }

    @Test("Beside a lone router that is better for the second member the group makes way after 1.5 intervals")
    func strangerIsBetter() throws {
        var bench = GroupBench()
        bench.start("a", (100, 100))
        bench.run(until: 5.0)
        bench.add("b")
        bench.lab.start("b", [GroupBench.routers((200, 200))[1]])
        bench.run(until: 15.0)
        #expect(bench.states("a") == [.backup, .backup])
        #expect(bench.lab.activeNodes("two") == ["b"])
        let taken = try #require(bench.lab.transitions(of: "b").first { $0.transition.to == .active }).moment
        let left = try #require(bench.lab.transitions(of: "a").first { $0.transition.from == .active }).moment
        #expect(left - taken > .milliseconds(1500))
        #expect(left - taken < .milliseconds(2100))
    }

    @Test("After a pause of the process all members listen before they speak")
    func late() {
        var bench = GroupBench.atRest { $0.advertisementInterval = $0.name == "one" ? .centiseconds(10) : .default }
        bench.lab.crash("b")
        bench.lab.pause("a")
        bench.run(until: 11.0)
        bench.lab.resume("a")
        #expect(bench.states("a") == [.backup, .backup])
        bench.run(until: 12.5)
        #expect(bench.states("a") == [.active, .active])
        let reports = bench.lab.reports(from: "a", since: 10.5).map(\.report.description)
        let cause = "one of the same group SG did not run for too long"
        #expect(reports.contains { $0.hasPrefix("two: active → backup (\(cause))") })
    }

    @Test("A contest that one member wins lets all members announce their addresses again")
    func contest() {
        var bench = GroupBench.atRest { $0.announcements.refreshInterval = nil }
        let before = bench.lab.announcements(from: "a").count
        let advert = ForgedAdvertisement(for: GroupBench.routers((1, 1))[0], from: .literal("10.0.0.30"), priority: 50)
        bench.lab.inject(advert, into: "a")
        bench.run(until: 10.1)
        let announced = bench.lab.announcements(from: "a").dropFirst(before).map(\.announcement.address)
        #expect(Set(announced) == [.literal("10.0.0.100"), .literal("10.0.1.100")])
    }

    @Test("An address owner claims its addresses at the start, and the group with it")
    func owner() {
        var bench = GroupBench()
        bench.start("a", (.addressOwner, 100))
        #expect(bench.states("a") == [.active, .active])
        #expect(bench.lab.violation == nil)
    }
}
