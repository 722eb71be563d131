import VRRP
import VRRPEngine

/// A random network in which nothing fails, and of which a node that is active is stopped in order: nobody may notice.
///
/// From the signal on every virtual address is on some node at every moment, and on two of them for no longer than the
/// node lingers. In the end the process has ended and another node is active for each of its virtual routers.
public struct PlannedStop {
    /// The network.
    public private(set) var scenario: Scenario
    private let plan = HandOverPlan()
    /// The longest time from the signal to the end of the process.
    private let longestStop: Nanoseconds = .seconds(25)
    /// How long the network is watched after the end of the process.
    private let aftermath: Nanoseconds = .seconds(2)
    /// How long clocks, timers and changes of addresses may be off in the time that two nodes have an address.
    private let tolerance: Nanoseconds = .milliseconds(12)

    /// The network of a seed.
    public init(seed: UInt64) { scenario = .calm(seed: seed) }

    /// Plays it to its end.
    ///
    /// - Returns: what does not hold, with the seed and the end of the trace; nil when everything does.
    public mutating func run() -> String? {
        let start = (scenario.routers.map(scenario.final).max() ?? .zero) + .seconds(1)
        scenario.lab.run(until: start)
        // The node that has most to hand over.
        let counts = scenario.lab.nodes.map { node in
            (name: node.name, active: node.routers.count { $0.state.name == .active })
        }
        guard scenario.lab.violation == nil, let victim = counts.max(by: { $0.active < $1.active })?.name else {
            return scenario.lab.failureReport()
        }
        let routers = scenario.lab.node(victim).routers.filter { $0.state.name == .active }.map(\.definition)
        let addresses = routers.flatMap { $0.addresses + $0.unadvertisedAddresses }.map(\.address)
        scenario.lab.invariants.append(
            Invariant { lab, _ in
                // By places and not by copies of the nodes, as this is asked after every event.
                let lost = addresses.first { address in
                    !lab.nodes.indices.contains { lab.nodes[$0].kernel.holds(address) }
                }
                return lost.map { "nobody has \($0)" }
            })
        scenario.lab.stop(victim, plan)
        while scenario.lab.node(victim).isRunning, scenario.lab.now < .zero + start + longestStop {
            scenario.lab.run(for: .seconds(1))
            if scenario.lab.violation != nil { break }
        }
        scenario.lab.run(for: aftermath)
        if scenario.lab.violation == nil, let problem = problem(victim, routers, since: start) {
            scenario.lab.violate(problem)
        }
        return scenario.lab.violation == nil ? nil : scenario.lab.failureReport()
    }

    private func problem(
        _ victim: String, _ routers: [VirtualRouterDefinition], since start: Nanoseconds
    ) -> String? {
        let lab = scenario.lab
        guard !lab.node(victim).isRunning else { return "\(victim) runs \(longestStop.inSeconds) s after the signal" }
        for router in routers {
            let active = lab.activeNodes(router.name)
            guard active.count == 1 else { return "in the end \(router.name) is active on \(active)" }
            if resigned(from: router, victim, since: start), hasPreemptingBackup(router, victim) {
                return "\(victim) gave up \(router.name) although a backup was to preempt"
            }
            // An owner's address is its own and stays.
            guard !router.priority.isAddressOwner else { continue }
            for address in router.addresses.map(\.address) {
                if lab.holders(of: address) != active {
                    return "in the end \(address) is on \(lab.holders(of: address))"
                }
                if lab.host.node(reachedAt: address) != active[0] { return "in the end the host misses \(address)" }
                let overlap = overlap(address, victim, since: start)
                if overlap > plan.lingerTime + tolerance {
                    return "two nodes have \(address) for \(overlap.inSeconds) s"
                }
            }
        }
        return nil
    }

    private func hasPreemptingBackup(_ router: VirtualRouterDefinition, _ victim: String) -> Bool {
        router.preemption == .immediate
            && scenario.definitions.contains { node, definitions in
                node != victim && definitions.contains { $0.name == router.name && $0.priority > .lowest }
            }
    }

    private func resigned(
        from router: VirtualRouterDefinition, _ victim: String, since start: Nanoseconds
    ) -> Bool {
        scenario.lab.adverts(from: victim, since: start).contains { advert in
            advert.message.priority == 0 && advert.message.virtualRouterID == router.virtualRouterID.rawValue
                && advert.datagram.family == router.family
        }
    }

    /// From when the successor has an address until the stopped node has it no more.
    private func overlap(_ address: IPAddress, _ victim: String, since start: Nanoseconds) -> Nanoseconds {
        var added: Instant?
        var removed: Instant?
        for entry in scenario.lab.trace.entries where entry.moment >= .zero + start {
            switch entry.occurrence {
            case .addressAdded(address, succeeded: true) where entry.node != victim: added = added ?? entry.moment
            case .addressRemoved(address, wasThere: true) where entry.node == victim: removed = entry.moment
            default: continue
            }
        }
        guard let added, let removed else { return .zero }
        return removed - added
    }
}
