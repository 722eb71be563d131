import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Whether a take-over replaces a router that is silent or one that is worse")
struct TakeOverReasonTests {
    private func takeOvers(_ bench: Bench) -> UInt64 { bench.lab.snapshot(Bench.name).latencies.takeOver.total }

    @Test(
        "A backup that lets a worse router be takes over from it because of its silence, and that is counted",
        arguments: [Preemption.never, .delayed(.seconds(60))])
    func silenceOfWorseRouter(preemption: Preemption) {
        var bench = Bench { $0.preemption = preemption }
        bench.hear(priority: 50, every: 1.0, from: 1.0, until: 10.0)
        bench.run(until: 13.609_375)
        #expect(bench.state == .active)
        #expect(bench.snapshot.reason == .activeRouterSilent)
        #expect(takeOvers(bench) == 1)
    }

    @Test("A backup whose hold time is over preempts: nobody was gone, and nothing is counted")
    func preemptionAfterHold() {
        var bench = Bench { $0.preemption = .delayed(.seconds(5)) }
        bench.hear(priority: 50, every: 1.0, from: 1.0, until: 20.0)
        bench.run(until: 8.609_375)
        #expect(bench.state == .active)
        #expect(bench.snapshot.reason == .preempted(Bench.higher))
        #expect(takeOvers(bench) == 0)
    }

    @Test("A worse router that gives up after all is followed because of that")
    func resignationOfWorseRouter() {
        var bench = Bench()
        bench.hear(priority: 50, every: 1.0, from: 1.0, until: 2.0)
        bench.run(until: 2.5)
        bench.hear(priority: 0)
        bench.run(until: 4.0)
        #expect(bench.snapshot.reason == .activeRouterResigned(Bench.higher))
        #expect(takeOvers(bench) == 1)
    }

    @Test("A router that was better, until this one's priority rose, is followed because of its silence")
    func silenceAfterRiseOfPriority() {
        var bench = Bench()
        bench.run(until: 1.0)
        bench.hear(priority: 120)
        bench.lab.change(Bench.name) { $0[0].priority = 150 }
        bench.run(until: 5.0)
        #expect(bench.snapshot.reason == .activeRouterSilent)
    }

    @Test("A worse router that falls silent while a late backup listens longer is followed because of that")
    func silenceWhileListeningLonger() {
        var bench = Bench()
        bench.hear(priority: 50, every: 1.0, from: 1.0, until: 2.0)
        bench.lab.at(2.5) { $0.pause(Bench.name) }
        bench.lab.at(5.5) { $0.resume(Bench.name) }
        bench.run(until: 5.6)
        #expect(bench.state == .backup)
        bench.run(until: 7.109_375)
        #expect(bench.state == .active)
        #expect(bench.snapshot.reason == .activeRouterSilent)
        #expect(takeOvers(bench) == 1)
    }

    @Test("A member whose worse router falls silent while it waits for its group is counted with the others")
    func silenceWhileWaitingForGroup() {
        var bench = GroupBench()
        bench.start("b", (100, 100))
        let routers = GroupBench.routers((100, 100))
        for second in 1...5 {
            bench.lab.at(.seconds(Int64(second))) { lab in
                lab.inject(
                    .init(for: routers[1], from: .literal("10.0.1.20"), priority: 200), into: "b", interface: "eth1")
                guard second <= 2 else { return }
                lab.inject(.init(for: routers[0], from: .literal("10.0.0.20"), priority: 50), into: "b")
            }
        }
        bench.run(until: 9.0)
        #expect(bench.states("b") == [.active, .active])
        #expect(bench.lab.snapshot("b").latencies.takeOver.total == 2)
    }

    @Test("Of a group that takes over together, the member that preempts is not counted")
    func groupCountsItsOwn() {
        var bench = GroupBench()
        bench.start("b", (100, 100))
        let routers = GroupBench.routers((100, 100))
        for second in 1...8 {
            bench.lab.at(.seconds(Int64(second))) { lab in
                lab.inject(.init(for: routers[0], from: .literal("10.0.0.20"), priority: 50), into: "b")
                guard second <= 5 else { return }
                lab.inject(
                    .init(for: routers[1], from: .literal("10.0.1.20"), priority: 200), into: "b", interface: "eth1")
            }
        }
        bench.run(until: 9.0)
        #expect(bench.states("b") == [.active, .active])
        #expect(bench.lab.router("b", "one")?.reason == .group(.takeOver))
        #expect(bench.lab.router("b", "two")?.reason == .activeRouterSilent)
        #expect(bench.lab.snapshot("b").latencies.takeOver.total == 1)
    }
}
