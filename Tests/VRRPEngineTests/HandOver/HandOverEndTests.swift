import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

/// What ends a hand-over before its time, and what must not.
@Suite("The early end of a hand-over")
struct HandOverEndTests {
    private typealias Phases = HandOverPhaseTests

    /// A router in a phase, at 10 s at the latest, with an object that it tracks.
    private static func bench(in phase: Departure.Phase) -> Bench {
        var bench = Bench {
            $0.tracking.conditions = [TrackedCondition(.external("check"), effect: .fault)]
        }
        bench.lab.setTrackedObject("check", isGood: true, on: Bench.name)
        bench.run(until: 3.9)
        bench.lab.stop(Bench.name)
        switch phase {
        case .offering: bench.run(until: 5.0)
        case .resigned: bench.run(until: 9.0)
        case .lingering:
            bench.run(until: 5.0)
            bench.hear(priority: 200)
        }
        #expect(bench.snapshot.departure?.phase == phase)
        #expect(bench.lab.holders(of: Phases.address) == [Bench.name])
        return bench
    }

    private static func expectGone(_ bench: Bench, after phase: Departure.Phase) {
        #expect(bench.lab.holders(of: Phases.address) == [])
        #expect(bench.adverts.count { $0.message.priority == 0 } == (phase == .lingering ? 0 : 1))
    }

    @Test(
        "A second stop leaves at once; priority 0 is said once, and not where another router is active",
        arguments: Departure.Phase.allCases)
    func secondStop(_ phase: Departure.Phase) {
        var bench = Self.bench(in: phase)
        bench.lab.shutDown(Bench.name)
        Self.expectGone(bench, after: phase)
        #expect(!bench.lab.node(Bench.name).isRunning)
    }

    @Test("A fault ends the hand-over at once", arguments: Departure.Phase.allCases)
    func fault(_ phase: Departure.Phase) {
        var bench = Self.bench(in: phase)
        bench.lab.setTrackedObject("check", isGood: false, on: Bench.name)
        Self.expectGone(bench, after: phase)
        bench.lab.run(for: 0.0)
        #expect(!bench.lab.node(Bench.name).isRunning)
    }

    @Test("An interface that goes down ends the hand-over", arguments: Departure.Phase.allCases)
    func interfaceDown(_ phase: Departure.Phase) {
        var bench = Self.bench(in: phase)
        bench.lab.setInterface(of: Bench.name, isRunning: false)
        bench.lab.run(for: 0.01)
        #expect(bench.lab.holders(of: Phases.address) == [])
        #expect(!bench.lab.node(Bench.name).isRunning)
        #expect(bench.lab.violation == nil)
    }

    @Test("An interface that is removed ends the hand-over", arguments: Departure.Phase.allCases)
    func interfaceRemoved(_ phase: Departure.Phase) {
        var bench = Self.bench(in: phase)
        bench.lab.removeInterface(of: Bench.name)
        bench.lab.run(for: 0.01)
        #expect(!bench.lab.node(Bench.name).isRunning)
        #expect(bench.lab.violation == nil)
    }

    @Test(
        "Who takes an address away wants it gone: it is not put back, and the router leaves",
        arguments: Departure.Phase.allCases)
    func addressRemoved(_ phase: Departure.Phase) {
        var bench = Self.bench(in: phase)
        bench.lab.removeAddress(Phases.address, of: Bench.name)
        bench.lab.run(for: 0.01)
        Self.expectGone(bench, after: phase)
        #expect(bench.lab.holders(of: .literal("192.0.2.101")) == [])
        #expect(!bench.lab.node(Bench.name).isRunning)
    }

    @Test("News that were lost change nothing: the addresses are no leftovers", arguments: Departure.Phase.allCases)
    func resynchronization(_ phase: Departure.Phase) {
        var bench = Self.bench(in: phase)
        bench.lab.resynchronize(Bench.name)
        #expect(bench.snapshot.departure?.phase == phase)
        #expect(bench.lab.holders(of: Phases.address) == [Bench.name])
    }

    @Test("A definition that goes ends the hand-over of its router", arguments: Departure.Phase.allCases)
    func definitionRemoved(_ phase: Departure.Phase) throws {
        let bench = Self.bench(in: phase)
        var engine = bench.lab.node(Bench.name).engine
        var effects: [Effect] = []
        try engine.apply(Definitions(), at: bench.lab.now, effects: &effects)
        #expect(engine.hasHandedOver)
        let removed = effects.compactMap {
            if case .removeAddress(let assignment) = $0 { assignment.address } else { nil }
        }
        #expect(removed == ["192.0.2.100", "192.0.2.101"])
    }

    @Test("A backup and a router with a fault have nothing to hand over, and leave at once")
    func nothingToHandOver() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.start(
            "a", [.example("backup"), .example("faulty", id: 78, addresses: ["192.0.2.110"]) { $0.interface = "eth9" }])
        lab.run(until: 1.0)
        lab.stop("a")
        lab.run(until: 1.0)
        #expect(!lab.node("a").isRunning)
        #expect(lab.adverts(from: "a").isEmpty)
        #expect(lab.transitions(of: "a").map(\.transition.to) == [.backup, .initialize])
    }

    @Test("Nothing starts during a hand-over, not even a router whose fault goes away")
    func nothingStarts() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.start(
            "a", [.example("active"), .example("faulty", id: 78, addresses: ["192.0.2.110"]) { $0.interface = "eth9" }])
        lab.run(until: 4.0)
        lab.stop("a")
        lab.addInterface("eth9", to: "a", addresses: ["198.51.100.1/24"])
        lab.run(until: 5.0)
        #expect(lab.state("a", "active") == .active)
        #expect(lab.state("a", "faulty") == .initialize)
        #expect(lab.router("a", "faulty")?.faults == [])
    }

    @Test("Tracking changes the priority of a router that hands over no more")
    func tracking() {
        var bench = Phases.stopped {
            $0.tracking.conditions = [TrackedCondition(.external("check"), effect: .weight(50))]
        }
        bench.run(until: 5.0)
        bench.lab.setTrackedObject("check", isGood: true, on: Bench.name)
        #expect(bench.snapshot.priority == .lowest)
        bench.run(until: 6.0)
        #expect(Phases.adverts(bench).allSatisfy { $0.priority == 1 })
    }

    @Test(
        "An engine that was paused meanwhile says priority 0, or nothing where it hears that it has been replaced",
        arguments: [false, true])
    func pause(isReplaced: Bool) {
        var bench = Phases.stopped()
        bench.run(until: 4.5)
        bench.lab.pause(Bench.name)
        if isReplaced {
            bench.run(until: 8.0)
            bench.hear(priority: 200)
        }
        bench.run(until: 8.5)
        bench.lab.resume(Bench.name)
        #expect(bench.snapshot.departure?.phase == (isReplaced ? .lingering : .resigned))
        #expect(Phases.adverts(bench) == [.init(4.0, 1)] + (isReplaced ? [] : [.init(8.5, 0)]))
        #expect(bench.lab.holders(of: Phases.address) == [Bench.name])
        bench.run(until: 10.0)
        #expect(Phases.removal(bench) == (isReplaced ? 8.6 : 9.75))
    }
}
