import Testing
import VIPPlanning
import VRRP
import VRRPSimulation

@Suite("Every plan")
struct PlanPropertyTests {
    private static let seeds = Array(UInt64(1)...25)

    @Test("is the same for the same input in any order", arguments: seeds)
    func order(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var input = RandomCluster.state(&random)
        let plan = input.plan()
        input.services.shuffle(using: &random)
        input.nodes.shuffle(using: &random)
        input.groups.shuffle(using: &random)
        #expect(input.plan() == plan)
    }

    @Test("stays as it is when nothing changes", arguments: seeds)
    func rest(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var input = RandomCluster.state(&random)
        let plan = input.plan()
        input.keep(plan)
        #expect(input.plan() == plan)
    }

    @Test("keeps what it must through sixty changes of the cluster", arguments: seeds)
    func course(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var input = RandomCluster.state(&random)
        var before = input.plan()
        for _ in 0..<60 {
            input.now += Int64.random(in: 1...400, using: &random)
            RandomCluster.change(&input, &random)
            input.keep(before)
            let after = input.plan()
            check(after, input)
            checkQuarantine(before, after, input)
            before = after
        }
    }

    private func check(_ plan: Plan, _ input: ClusterState) {
        // No address twice, no name twice.
        let addresses = plan.routers.flatMap(\.addresses)
        #expect(Set(addresses).count == addresses.count)
        #expect(Set(plan.routers.map { "\($0.group) \($0.objectName)" }).count == plan.routers.count)
        // No identifier twice where two routers may meet.
        for (place, router) in plan.routers.enumerated() {
            for other in plan.routers[(place + 1)...]
            where other.routerID == router.routerID && other.family == router.family {
                let isSameLink = isSame(router.interface, other.interface)
                let nodes = Set(router.members.map(\.node))
                #expect(!isSameLink || nodes.isDisjoint(with: other.members.map(\.node)), "\(router.key) \(other.key)")
            }
            #expect(Set(router.members.map(\.priority)).count == router.members.count)
            #expect(!router.members.isEmpty && !router.addresses.isEmpty)
        }
        // Even, in each group.
        for group in input.groups where !group.isUnicast {
            let routers = plan.routers.filter { $0.group == group.name }
            let load = Dictionary(grouping: routers) { $0.members[0].node }.mapValues { Set($0.map(\.key)).count }
            let nodes = Set(routers.flatMap(\.members).map(\.node)).filter { name in
                !input.nodes.contains { $0.name == name && $0.isAvoided }
            }
            guard !nodes.isEmpty else { continue }
            let counts = nodes.map { load[$0] ?? 0 }
            #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
        }
    }

    private func isSame(_ left: InterfaceChoice, _ right: InterfaceChoice) -> Bool {
        switch (left, right) {
        case (.named(let left), .named(let right)): left == right
        default: true
        }
    }

    /// An identifier that a router had does not belong to another one of the group before its time.
    private func checkQuarantine(_ before: Plan, _ after: Plan, _ input: ClusterState) {
        for (group, ledger) in after.ledgers where !input.unreadable.contains(group) {
            guard let old = before.ledgers[group] else { continue }
            let owners = Dictionary(old.assignments.map { ($0.value, $0.key) }) { first, _ in first }
            for (key, identifier) in ledger.assignments where old.assignments[key] != identifier {
                #expect(owners[identifier] == nil, "\(group) \(key) has what another router had a moment ago")
                if let until = old.quarantine[identifier] { #expect(until <= input.now) }
            }
        }
    }
}
