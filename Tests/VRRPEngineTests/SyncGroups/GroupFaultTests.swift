import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Sync groups: faults, tracking and stops")
struct GroupFaultTests {
    @Test("A member that cannot take part takes the group out with priority 0, and the other node takes over")
    func fault() {
        var bench = GroupBench.atRest()
        bench.lab.setInterface("eth1", of: "a", isRunning: false)
        bench.run(until: 10.06)
        #expect(bench.states("a") == [.initialize, .initialize])
        #expect(bench.priorities("a", 51, since: 10.05) == [0])
        #expect(bench.lab.router("a", "one")?.faults == [.groupMember("two")])
        #expect(bench.lab.router("a", "two")?.faults == [.interfaceDown("eth1")])
        bench.run(until: 15.0)
        #expect(bench.owners == [["b"], ["b"]])
        bench.lab.setInterface("eth1", of: "a", isRunning: true)
        bench.run(until: 15.1)
        #expect(bench.states("a") == [.backup, .backup])
        bench.run(until: 20.0)
        #expect(bench.owners == [["a"], ["a"]])
        #expect(bench.lab.router("a", "one")?.faults == [])
    }

    @Test("A group starts when its last member can")
    func start() {
        var bench = GroupBench()
        bench.add("a")
        bench.lab.setInterface("eth1", of: "a", isRunning: false)
        bench.lab.start("a", GroupBench.routers((100, 100)), groups: [GroupBench.group])
        bench.run(until: 10.0)
        #expect(bench.states("a") == [.initialize, .initialize])
        bench.lab.setInterface("eth1", of: "a", isRunning: true)
        bench.run(until: 10.1)
        #expect(bench.states("a") == [.backup, .backup])
        bench.run(until: 14.0)
        #expect(bench.states("a") == [.active, .active])
    }

    @Test("What a group tracks counts for every member: a weight changes all priorities, no weight takes all out")
    func tracking() {
        var bench = GroupBench()
        var group = GroupBench.group
        group.conditions = [
            TrackedCondition(.external("weighed"), effect: .weight(-50)),
            TrackedCondition(.external("needed"), effect: .fault),
        ]
        bench.start("a", (200, 150), group: group)
        #expect(bench.states("a") == [.initialize, .initialize])
        #expect(bench.lab.router("a", "two")?.faults == [.trackedObject(.external("needed"))])
        bench.lab.setTrackedObject("needed", isGood: true, on: "a")
        #expect(bench.states("a") == [.backup, .backup])
        #expect(GroupBench.members.map { bench.lab.router("a", $0)?.priority } == [150, 100])
        bench.lab.setTrackedObject("weighed", isGood: true, on: "a")
        #expect(GroupBench.members.map { bench.lab.router("a", $0)?.priority } == [200, 150])
    }

    @Test("A planned stop hands all members over, of which none lacks its address for a moment")
    func plannedStop() {
        var bench = GroupBench.atRest { $0.advertisementInterval = $0.name == "one" ? .centiseconds(10) : .default }
        bench.lab.invariants.append(
            Invariant { lab, _ in
                ["10.0.0.100", "10.0.1.100"].first { lab.holders(of: .literal($0)).isEmpty }.map { "nobody has \($0)" }
            })
        bench.lab.stop("a")
        bench.run(until: 20.0)
        #expect(bench.lab.violation == nil, "\(bench.lab.failureReport())")
        #expect(!bench.lab.node("a").isRunning)
        #expect(bench.owners == [["b"], ["b"]])
        #expect(!bench.priorities("a", 51).contains(0))
    }

    @Test("A planned stop hands over by priority 0 where the other node does not preempt")
    func plannedStopWithoutPreemption() {
        var bench = GroupBench.atRest {
            $0.advertisementInterval = $0.name == "one" ? .centiseconds(10) : .default
            $0.preemption = .never
        }
        bench.lab.invariants.append(
            Invariant { lab, _ in
                ["10.0.0.100", "10.0.1.100"].first { lab.holders(of: .literal($0)).isEmpty }.map { "nobody has \($0)" }
            })
        bench.lab.stop("a")
        bench.run(until: 25.0)
        #expect(bench.lab.violation == nil, "\(bench.lab.failureReport())")
        #expect(bench.owners == [["b"], ["b"]])
        #expect(bench.priorities("a", 51).contains(0))
    }
}
