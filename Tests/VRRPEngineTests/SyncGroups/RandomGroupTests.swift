import Testing
import VRRPSimulation

/// Besides what is claimed here the laboratory checks after every event that the members of a group are in one state.
@Suite("Random networks with sync groups")
struct RandomGroupTests {
    static let seeds = (0..<4).map { batch in (1...100).map { UInt64(batch * 100 + $0) } }

    @Test("Without faults one node is active for all members, whoever is better for which", arguments: seeds)
    func calm(seeds: [UInt64]) {
        for seed in seeds {
            var scenario = GroupScenario(seed: seed, hasFaults: false)
            let failure = scenario.run()
            #expect(failure == nil, "seed \(seed): \(failure ?? "")")
            if failure != nil { return }
        }
    }

    @Test("After faults of every kind one node is active for all members", arguments: seeds)
    func faults(seeds: [UInt64]) {
        for seed in seeds {
            var scenario = GroupScenario(seed: seed, hasFaults: true)
            let failure = scenario.run()
            #expect(failure == nil, "seed \(seed): \(failure ?? "")")
            if failure != nil { return }
        }
    }

    @Test("A planned stop leaves no address without a node, and the group with another one", arguments: seeds)
    func plannedStop(seeds: [UInt64]) {
        for seed in seeds {
            var scenario = GroupScenario(seed: seed, hasFaults: false)
            let failure = scenario.runWithPlannedStop()
            #expect(failure == nil, "seed \(seed): \(failure ?? "")")
            if failure != nil { return }
        }
    }
}
