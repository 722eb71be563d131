import Glibc
import Testing
import VRRP
import VRRPSimulation

@testable import VRRPEngine

/// Properties (f) and (g) of the conformance notes, and every invariant that the laboratory checks after each event.
///
/// `VRRP_SIMULATION_SEEDS=n` sets how many seeds run, `VRRP_SIMULATION_SEED=n` replays one and prints its whole trace.
@Suite("Random networks")
struct RandomScenarioTests {
    /// Batches, so that the cores share the work.
    static let batches = 0..<8

    static let single = number(of: "VRRP_SIMULATION_SEED")
    static let count = number(of: "VRRP_SIMULATION_SEEDS") ?? 1_000

    @Test("After faults of every kind exactly one router is active within one Active_Down_Interval", arguments: batches)
    func convergenceAfterFaults(batch: Int) {
        for seed in Self.seeds(of: batch) {
            var scenario = Scenario.random(seed: seed)
            scenario.lab.invariants.append(Self.oneTimerEach)
            let failure = scenario.run()
            #expect(failure == nil, "VRRP_SIMULATION_SEED=\(seed) repeats this: \(failure ?? "")")
            if Self.single != nil { print(scenario.lab.trace.text()) }
            if failure != nil { return }
        }
    }

    @Test("Without faults exactly one router is active within one Active_Down_Interval", arguments: batches)
    func convergenceWithoutFaults(batch: Int) {
        for seed in Self.seeds(of: batch) {
            var scenario = Scenario.calm(seed: seed)
            let failure = scenario.run()
            #expect(failure == nil, "VRRP_SIMULATION_SEED=\(seed) repeats this: \(failure ?? "")")
            if failure != nil { return }
        }
    }

    @Test("A planned stop in a network without faults leaves no address without a node", arguments: batches)
    func plannedStop(batch: Int) {
        for seed in Self.seeds(of: batch) {
            var stop = PlannedStop(seed: seed)
            let failure = stop.run()
            #expect(failure == nil, "VRRP_SIMULATION_SEED=\(seed) repeats this: \(failure ?? "")")
            if failure != nil { return }
        }
    }

    /// Property (b): a router that takes part has exactly one timer, another one has none.
    private static var oneTimerEach: Invariant {
        Invariant { lab, node in
            let expected = lab.nodes[node].routers.count { $0.state.name != .initialize }
            let armed = lab.nodes[node].engine.protocolDeadlines.count
            return armed == expected ? nil : "\(armed) timers are armed for \(expected) routers"
        }
    }

    private static func seeds(of batch: Int) -> [UInt64] {
        if let single { return batch == 0 ? [UInt64(single)] : [] }
        return (0..<count).filter { $0 % batches.count == batch }.map { UInt64($0) + 1 }
    }

    private static func number(of variable: String) -> Int? {
        getenv(variable).flatMap { Int(String(cString: $0)) }
    }
}
