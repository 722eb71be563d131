import Testing
import VIPPlanning
import VRRP
import VRRPSimulation

@Suite("A plan that follows changes")
struct IncrementalPlanTests {
    private static let seeds = Array(UInt64(1)...12)

    @Test(
        "is what a planner says that is told everything at once, and tells exactly what is different", arguments: seeds)
    func increments(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var planner = Planner()
        var former = ClusterState()
        var before = Plan(planner, of: former)
        var state = RandomCluster.state(&random)
        for step in 0..<80 {
            state.keep(before)
            state.tell(&planner, since: former, &random)
            let changes = planner.plan(now: state.now)
            let after = Plan(planner, of: state, and: RandomCluster.names)
            let anew = state.plan(after: former, before, names: RandomCluster.names)
            #expect(after == anew, "step \(step)")
            #expect(changes == after.changes(since: before, state, former), "step \(step)")
            guard after == anew else { return }
            before = after
            former = state
            for _ in 0..<Int.random(in: 0...3, using: &random) { RandomCluster.change(&state, &random) }
            let isDue = random.chance(20)
            state.now =
                isDue ? max(state.now, after.nextDeadline ?? 0) : state.now + Int64.random(in: 0...300, using: &random)
        }
    }

    @Test("changes when the next identifier may be used again, and not before", arguments: seeds)
    func deadline(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var state = RandomCluster.state(&random)
        var planner = state.planner()
        _ = planner.plan(now: state.now)
        for _ in 0..<20 { RandomCluster.change(&state, &random) }
        var told = state.planner()
        for (group, ledger) in Plan(planner, of: state).ledgers { told.restore(ledger: ledger, of: group) }
        _ = told.plan(now: state.now)
        // What a conflict has changed is said once.
        _ = told.plan(now: state.now)
        while let deadline = told.nextDeadline {
            #expect(told.plan(now: deadline - 1).isEmpty)
            #expect(!told.plan(now: deadline).groups.isEmpty)
            #expect(told.nextDeadline ?? .max > deadline)
        }
    }

    @Test("does not follow what does not matter of nodes", arguments: seeds)
    func nodes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var state = RandomCluster.state(&random)
        var planner = state.planner()
        _ = planner.plan(now: state.now)
        for place in state.nodes.indices {
            state.nodes[place].labels["kubernetes.io/os"] = "linux"
            // A second address of a family is not the one that others use.
            state.nodes[place].addresses.append(IPAddress("10.9.0.\(place)")!)
        }
        for place in state.groups.indices where state.groups[place].isUnicast {
            // Whoever had no IPv4 address has one now.
            planner.remove(group: state.groups[place].name)
        }
        _ = planner.plan(now: state.now)
        planner.set(nodes: state.nodes.shuffled(using: &random))
        #expect(planner.plan(now: state.now).isEmpty)
    }

    @Test("moves nothing between nodes that stay when another comes or goes", arguments: seeds)
    func movement(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var state = RandomCluster.state(&random)
        state.nodes = (0..<6).map { Node("node\($0)", labels: ["pool": $0 < 3 ? "a" : "b"]) }
        for place in state.groups.indices { state.groups[place].isUnicast = false }
        var planner = state.planner()
        _ = planner.plan(now: state.now)
        let before = Plan(planner, of: state)

        let gone = state.nodes.remove(at: Int.random(in: 0..<6, using: &random))
        planner.set(nodes: state.nodes)
        _ = planner.plan(now: state.now)
        let without = Plan(planner, of: state)
        expectStable(from: before, to: without) { $0 != gone.name }

        planner.set(nodes: state.nodes + [Node("node9", labels: gone.labels)])
        _ = planner.plan(now: state.now)
        expectStable(from: without, to: Plan(planner, of: state)) { _ in
            true
        } unlessNow: {
            $0 == "node9"
        }
    }

    private func expectStable(
        from before: Plan, to after: Plan, whereBest wasThere: (String) -> Bool,
        unlessNow isNew: (String) -> Bool = { _ in false }
    ) {
        let now = Dictionary(uniqueKeysWithValues: after.routers.map { ("\($0.group) \($0.objectName)", $0) })
        for router in before.routers where wasThere(router.members[0].node) {
            guard let next = now["\(router.group) \(router.objectName)"] else { continue }
            #expect(next.routerID == router.routerID)
            #expect(next.members[0].node == router.members[0].node || isNew(next.members[0].node))
        }
    }

    @Test("is the same for all others, whatever one bad Service says", arguments: seeds)
    func badService(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let state = RandomCluster.state(&random)
        var planner = state.planner()
        _ = planner.plan(now: state.now)
        let before = Plan(planner, of: state)
        var bad = Service(ObjectName("ns9", "bad"))
        for annotation in ["", "x", "a/b/c", "nowhere/nothing", state.groups[0].name.description] {
            bad.groupAnnotation = annotation
            bad.isLoadBalancer = true
            bad.ingressAddresses = ["224.0.0.18", "::", "256.0.0.1", String(repeating: "9", count: 10_000)]
            planner.set(bad)
            let changes = planner.plan(now: state.now)
            #expect(changes.groups.isEmpty && changes.subjects == [.service(bad.name)])
            #expect(Plan(planner, of: state).routers == before.routers)
        }
        planner.remove(service: bad.name)
        #expect(planner.plan(now: state.now) == Changes(subjects: [.service(bad.name)]))
        #expect(Plan(planner, of: state) == before)
    }
}
