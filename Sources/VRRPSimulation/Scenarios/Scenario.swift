public import VRRP
public import VRRPEngine

/// A random history of a few nodes that ends in peace: what must be true of it is true of every network.
///
/// The faults end at ``healing``, when everything is repaired. From ``settled`` on exactly one node is active for each
/// virtual router, and at the end only that node has the addresses, and the host on the segment reaches it.
public struct Scenario {
    /// The seed that everything comes from.
    public let seed: UInt64
    /// The laboratory in which it happens.
    public var lab: Lab
    /// The virtual routers as each node has them in the end, by node.
    public internal(set) var definitions: [String: [VirtualRouterDefinition]] = [:]
    /// When the faults end; where nothing ever fails, when the last node has started.
    public internal(set) var healing: Nanoseconds = .zero
    /// Whether somebody removes virtual addresses, which active routers then put back.
    var hasStrangers = false
    /// How long the peace lasts: long enough for a refresh of the announcements, which comes every five seconds, where
    /// announcements may have got lost.
    var aftermath: Nanoseconds = .seconds(6)
    /// How long adverts travel and timers are late at most after the healing.
    var slack: Nanoseconds = .milliseconds(1)

    init(seed: UInt64) {
        self.seed = seed
        lab = Lab(seed: seed)
    }

    /// The names of the virtual routers.
    public var routers: [String] { definitions.values.first?.map(\.name) ?? [] }

    /// By when exactly one node must be active for a virtual router: a whole Active_Down_Interval and one interval after
    /// the healing, longer where a clock is slow.
    public func settled(_ router: String) -> Nanoseconds {
        let longest =
            lab.nodes.compactMap { node -> Nanoseconds? in
                guard let definition = definition(router, on: node.name) else { return nil }
                let interval = definition.advertisementInterval
                let configuration = VirtualRouterConfiguration(
                    version: definition.version, priority: lowestPriority(definition))
                let span =
                    configuration.activeDownInterval(activeAdvertisementInterval: interval) + interval.duration
                // A slow clock takes longer; one percent more than the first order covers the second.
                return span + span * max(0, -node.clock.partsPerMillion) / 990_000
            }.max() ?? .zero
        return healing + longest + slack
    }

    /// By when a virtual router is where it stays: preemption may have waited before.
    func final(_ router: String) -> Nanoseconds {
        let hold =
            definitions.values.joined().filter { $0.name == router }.map { definition -> Nanoseconds in
                guard case .delayed(let hold) = definition.preemption else { return .zero }
                return hold
            }.max() ?? .zero
        let first = settled(router)
        return hold == .zero ? first : first + hold + (first - healing)
    }

    /// Plays the history to its end.
    ///
    /// - Returns: what does not hold, with the seed and the end of the trace; nil when everything does.
    public mutating func run() -> String? {
        let checks = routers.map { ($0, settled($0)) }.sorted { $0.1 < $1.1 }
        for (router, time) in checks {
            lab.at(time) { lab in lab.invariants.append(Self.hasOneActiveNode(router)) }
        }
        let end = (routers.map(final).max() ?? .zero) + aftermath
        lab.run(until: end)
        if lab.violation == nil, let problem = problemInTheEnd() { lab.violate(problem) }
        return lab.violation == nil ? nil : lab.failureReport()
    }

    func definition(_ router: String, on node: String) -> VirtualRouterDefinition? {
        definitions[node]?.first { $0.name == router }
    }

    private func lowestPriority(_ definition: VirtualRouterDefinition) -> Priority {
        guard !definition.priority.isAddressOwner else { return definition.priority }
        let lowering = definition.tracking.conditions.reduce(0) { sum, condition in
            guard case .weight(let weight) = condition.effect else { return sum }
            return sum + min(0, weight)
        }
        return .clampedToBackup(Int(definition.priority.rawValue) + lowering)
    }
}

// MARK: - What must hold

extension Scenario {
    /// Exactly one node is active; two may be for as long as the advert of the new one travels.
    private static func hasOneActiveNode(_ router: String) -> Invariant {
        Invariant { lab, _ in
            let active = lab.activeNodes(router)
            if active.count == 1 { return nil }
            // The loser of a handover has not heard the winner yet.
            let isHandover =
                active.count == 2
                && active.contains { name in
                    guard let since = lab.router(name, router)?.since else { return false }
                    let node = lab.node(name)
                    return node.clock.reading(at: lab.now) - since <= .milliseconds(1)
                }
            return isHandover ? nil : "\(router) is active on \(active)"
        }
    }

    private func problemInTheEnd() -> String? {
        for router in routers {
            let active = lab.activeNodes(router)
            guard let winner = active.first, active.count == 1, let definition = definition(router, on: winner) else {
                return "in the end \(router) is active on \(active)"
            }
            if definition.preemption != .never {
                let best = definitions.values.joined().filter { $0.name == router }.map(\.priority).max()
                if definition.priority != best { return "in the end \(winner) is not the best for \(router)" }
            }
            for address in definition.addresses + definition.unadvertisedAddresses {
                let holders = lab.holders(of: address.address)
                if holders != [winner] { return "in the end \(address) is on \(holders), not on \(winner)" }
                let reached = lab.host.node(reachedAt: address.address)
                if reached != winner { return "in the end the host reaches \(reached ?? "nobody") at \(address)" }
            }
        }
        return restorationWithoutCause() ?? lab.nodes.lazy.compactMap(problem(of:)).first
    }

    /// Nobody takes what it did itself for the doing of somebody else.
    private func restorationWithoutCause() -> String? {
        guard !hasStrangers else { return nil }
        for node in lab.nodes {
            for (moment, report) in lab.reports(from: node.name) {
                guard case .addressRestored(_, let address) = report else { continue }
                return "\(node.name) put \(address) back at \(moment.rawValue) ns although nobody removed it"
            }
        }
        return nil
    }

    /// Nobody discards an advert of these nodes, which all agree.
    private func problem(of node: SimulatedNode) -> String? {
        for router in node.routers {
            let discards = router.statistics.discards
            if router.definition.version == .v2, router.definition.priority.isAddressOwner { continue }
            if case .unicast = router.definition.transport { continue }
            if discards.total != 0 { return "\(node.name) discarded \(discards) for \(router.definition.name)" }
        }
        return nil
    }
}
