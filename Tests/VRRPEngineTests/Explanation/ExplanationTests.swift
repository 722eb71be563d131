import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Explanations")
struct ExplanationTests {
    private static func explain(_ lab: Lab, _ name: String = Bench.name, about subject: String = "vr")
        -> RouterExplanation?
    {
        lab.explain(ExplanationSubject(subject), on: name).first
    }

    @Test("A router is found by its name and by each of its addresses, with or without a prefix length")
    func subjects() {
        let bench = Bench { $0.unadvertisedAddresses = [VirtualAddress(.literal("192.0.2.150"), prefixLength: 24)] }
        for subject in ["vr", "192.0.2.100", "192.0.2.100/24", "192.0.2.150"] {
            #expect(Self.explain(bench.lab, about: subject)?.router.definition.name == "vr", "\(subject)")
        }
        for subject in ["VR", "192.0.2.99", "", "/", "192.0.2.100.1"] {
            #expect(Self.explain(bench.lab, about: subject) == nil, "\(subject)")
        }
    }

    @Test("A backup says why it lets the active router be, and how long it would wait")
    func backup() {
        var bench = Bench()
        bench.hear(priority: 200)
        bench.run(until: 0.5)
        let explanation = Self.explain(bench.lab)
        #expect(explanation?.obstacles == [.betterRouter(Bench.higher, priority: 200)])
        #expect(explanation?.router.activeSince == .zero)
        #expect(explanation?.ownWait == TakeOverWait(afterSilence: 3.609_375, afterResignation: 0.609_375))
        #expect(explanation?.others.map(\.router.address) == [Bench.higher])
        #expect(explanation?.others.first?.wait.afterResignation == 0.218_75)
        #expect(explanation?.others.first?.router.lastHeard == .zero)
    }

    @Test("Preemption that is off, that waits, and that is under way are told apart")
    func preemption() {
        func obstacles(_ preemption: Preemption) -> [TakeOverObstacle]? {
            var bench = Bench { $0.preemption = preemption }
            bench.hear(priority: 50)
            return Self.explain(bench.lab)?.obstacles
        }
        #expect(obstacles(.never) == [.preemptionOff(Bench.higher, priority: 50)])
        #expect(
            obstacles(.delayed(.seconds(30)))
                == [.preemptionHeld(Bench.higher, priority: 50, until: Instant.zero + 30.0)])
        #expect(obstacles(.immediate) == [.listens(until: Instant.zero + 3.609_375)])
    }

    @Test("A backup that preempts does not wait for the active router to fall silent")
    func preemptionUnderWay() {
        var bench = Bench()
        bench.hear(priority: 50, every: 1.0, from: 0.5, until: 3.5)
        bench.run(until: 3.0)
        #expect(Self.explain(bench.lab)?.ownWait == nil)
        #expect(Self.explain(bench.lab)?.obstacles == [.listens(until: Instant.zero + 3.609_375)])
    }

    @Test("A member of a group waits for the group, and takes over when the last member's timer has run out")
    func group() {
        func explain(_ bench: GroupBench, _ router: String) -> RouterExplanation? {
            bench.lab.explain(.router(router), on: "b").first
        }
        var bench = GroupBench()
        bench.start("b", (100, 100)) {
            $0.advertisementInterval = $0.name == "one" ? .centiseconds(50) : .default
        }
        bench.run(until: 1.0)
        let last = Instant.zero + 3.609_375
        #expect(explain(bench, "one")?.obstacles == [.listens(until: last)])
        #expect(explain(bench, "two")?.obstacles == [.listens(until: last)])
        bench.run(until: 2.0)
        #expect(explain(bench, "one")?.obstacles == [.waitsForGroup("SG")])
        #expect(explain(bench, "one")?.ownWait == nil)
        #expect(explain(bench, "two")?.obstacles == [.listens(until: last)])
        bench.run(until: 3.609_375)
        #expect(bench.states("b") == [.active, .active])
    }

    @Test("Faults, tracking, draining and a stop are all told")
    func reasons() {
        var bench = Bench {
            $0.tracking.conditions = [
                .init(.external("a"), effect: .weight(-30)), .init(.external("b"), effect: .weight(20)),
                .init(.external("c"), effect: .fault),
            ]
        }
        bench.lab.setTrackedObject("b", isGood: true, on: Bench.name)
        let faulty = Self.explain(bench.lab)
        #expect(faulty?.obstacles == [.fault(.trackedObject(.external("c")))])
        #expect(faulty?.ownWait == nil)
        #expect(
            faulty?.priorityChanges == [
                PriorityChange(object: .external("a"), change: -30), PriorityChange(object: .external("b"), change: 20),
            ])
        bench.lab.setTrackedObject("c", isGood: true, on: Bench.name)
        bench.lab.setDrained(true, Bench.name)
        #expect(Self.explain(bench.lab)?.obstacles.first == .drained)
        bench.run(until: 10.0)
        bench.lab.stop(Bench.name)
        #expect(Self.explain(bench.lab)?.obstacles == [.handsOver])
    }

    @Test("An active router knows those that it has heard, and no more of them than there is room for")
    func heard() {
        var bench = Bench { $0.priority = 254 }
        for number in 1...20 as ClosedRange<UInt8> {
            bench.lab.at(Nanoseconds.milliseconds(Int64(number) * 10)) { _ in }
            bench.run(until: .milliseconds(Int64(number) * 10))
            bench.hear(priority: number, from: .literal("192.0.2.\(100 + Int(number))"))
        }
        let others = Self.explain(bench.lab)?.others.map(\.router) ?? []
        #expect(others.map(\.priority) == [20, 19, 18, 17, 16, 15, 14, 13])
        bench.run(until: 10.0)
        #expect(bench.state == .active)
        #expect(Self.explain(bench.lab)?.router.activeSince == bench.snapshot.since)
        #expect(Self.explain(bench.lab)?.obstacles == [])
    }

    @Test("Since when a router is active is counted from when it took over, not from its last advert")
    func activeSince() {
        var bench = Bench()
        bench.hear(priority: 200, every: 1.0, from: 0.5, until: 5.5)
        bench.run(until: 5.6)
        #expect(Self.explain(bench.lab)?.router.activeSince == Instant.zero + 0.5)
        bench.hear(priority: 0)
        bench.hear(priority: 210, from: .literal("192.0.2.30"))
        #expect(Self.explain(bench.lab)?.router.activeSince == Instant.zero + 5.6)
    }

    @Test("Who loses a contest is not active since then, but since it has won one")
    func activeSinceContest() {
        var bench = Bench()
        bench.becomeActive()
        bench.run(until: 5.0)
        bench.hear(priority: 50)
        bench.run(until: 20.0)
        bench.hear(priority: 200)
        bench.run(until: 21.0)
        bench.hear(priority: 200)
        #expect(bench.state == .backup)
        #expect(Self.explain(bench.lab)?.router.activeSince == Instant.zero + 20.0)
    }

    @Test("A router that is taken out names nobody, whoever was active")
    func nobodyEndsIt() {
        var bench = Bench { $0.tracking.conditions = [.init(.external("check"), effect: .fault)] }
        bench.lab.setTrackedObject("check", isGood: true, on: Bench.name)
        bench.hear(priority: 200)
        bench.lab.setTrackedObject("check", isGood: false, on: Bench.name)
        let last = bench.lab.reports(from: Bench.name).compactMap { entry -> StateChange? in
            if case .transition(_, let change, _) = entry.report { change } else { nil }
        }.last
        #expect(last?.to == .initialize)
        #expect(last?.peer == nil)
    }

    @Test("A change of state names the router that had a part in it")
    func peers() {
        var bench = Bench()
        bench.hear(priority: 200)
        bench.run(until: 4.0)
        #expect(bench.state == .active)
        bench.hear(priority: 250)
        let peers = bench.lab.reports(from: Bench.name).compactMap { entry -> HeardAdvert?? in
            guard case .transition(_, let change, _) = entry.report else { return nil }
            return .some(change.peer)
        }
        #expect(
            peers == [
                nil, HeardAdvert(source: Bench.higher, priority: 200), HeardAdvert(source: Bench.higher, priority: 250),
            ])
    }
}
