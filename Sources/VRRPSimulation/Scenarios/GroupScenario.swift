public import VRRP
public import VRRPEngine

/// A random history of a few nodes with one sync group over several networks, which ends in peace.
///
/// Half of the seeds have nodes that are each better for another member. From ``settled`` on one node is active for every
/// member of the group, and no other one for any.
public struct GroupScenario {
    /// The seed that everything comes from.
    public let seed: UInt64
    /// The laboratory in which it happens.
    public var lab: Lab
    /// The virtual routers as each node has them in the end, by node.
    public private(set) var definitions: [String: [VirtualRouterDefinition]] = [:]
    /// The group that every node has.
    public private(set) var group = SyncGroupDefinition(name: "group", members: [])
    /// When the faults end; where nothing ever fails, when the last node has started.
    public private(set) var healing: Nanoseconds = .seconds(3)

    var names: [String] { lab.nodes.map(\.name) }
    /// The interfaces of every node, one for each member.
    var interfaces: [String] { group.members.indices.map { "eth\($0)" } }

    /// The history of a seed.
    ///
    /// - Parameter hasFaults: whether faults of every kind happen before the peace.
    public init(seed: UInt64, hasFaults: Bool) {
        self.seed = seed
        lab = Lab(seed: seed)
        var random = SplitMix64(seed: seed)
        group.members = (0..<Int.random(in: 2...3, using: &random)).map { "r\($0)" }
        addNodes(using: &random)
        addRouters(using: &random)
        for name in names {
            let start = random.chance(50) ? Nanoseconds.zero : random.duration(in: .zero...(.seconds(3)))
            lab.at(start) { [definitions, group] in $0.start(name, definitions[name], groups: [group]) }
        }
        guard hasFaults else { return }
        healing = .seconds(12)
        for _ in 0..<Int.random(in: 2...7, using: &random) { planFault(using: &random) }
        lab.at(healing) { [self] lab in restore(&lab) }
    }

    /// By when one node must be active for all members.
    ///
    /// Three Active_Down_Intervals with an interval each, because preemption and a contest may follow one another, and what
    /// preemption waits for.
    public var settled: Nanoseconds {
        let routers = definitions.values.joined()
        let longest = routers.map(\.advertisementInterval.duration).max() ?? .zero
        let hold = routers.map { if case .delayed(let hold) = $0.preemption { hold } else { Nanoseconds.zero } }.max()
        return healing + longest * 15 + (hold ?? .zero) + .milliseconds(100)
    }

    /// Plays the history to its end.
    ///
    /// - Returns: what does not hold, with the seed and the end of the trace; nil when everything does.
    public mutating func run() -> String? {
        lab.at(settled) { [group] lab in
            lab.invariants.append(Invariant { lab, _ in Self.problem(of: group, in: lab) })
        }
        lab.run(until: settled + .seconds(8))
        return lab.violation == nil ? nil : lab.failureReport()
    }

    /// Plays the history until there is one owner, stops it in order, and watches the addresses.
    ///
    /// - Returns: what does not hold, with the seed and the end of the trace; nil when everything does.
    public mutating func runWithPlannedStop() -> String? {
        lab.run(until: settled)
        guard let owner = lab.activeNodes(group.members.first).first else {
            lab.violate("nobody is active")
            return lab.failureReport()
        }
        let addresses = (definitions[owner] ?? []).flatMap(\.addresses).map(\.address)
        lab.invariants.append(
            Invariant { lab, _ in
                // What those that stay do to each other afterwards is not the stop's business.
                guard lab.nodes.contains(where: { $0.name == owner && $0.isRunning }) else { return nil }
                return addresses.first { lab.holders(of: $0).isEmpty }.map { "nobody has \($0)" }
            })
        lab.stop(owner)
        lab.run(for: .seconds(25))
        if lab.violation == nil, let problem = Self.problem(of: group, in: lab) { lab.violate(problem) }
        if lab.node(owner).isRunning { lab.violate("\(owner) still runs") }
        return lab.violation == nil ? nil : lab.failureReport()
    }

    /// Why the group is not active on exactly one node as a whole; nil where it is.
    private static func problem(of group: SyncGroupDefinition, in lab: Lab) -> String? {
        let owners = group.members.map { lab.activeNodes($0) }
        guard owners.allSatisfy({ $0.count == 1 && $0 == owners[0] }) else {
            return "the members \(group.members) are active on \(owners)"
        }
        return nil
    }

    private mutating func addNodes(using random: inout SplitMix64) {
        for (place, name) in ["a", "b", "c"].prefix(Int.random(in: 2...3, using: &random)).enumerated() {
            lab.addNode(name, addresses: [Self.ownAddress(network: 0, place)], segment: "net0")
            for network in group.members.indices.dropFirst() {
                lab.addInterface(
                    "eth\(network)", to: name, addresses: [Self.ownAddress(network: network, place)],
                    segment: "net\(network)")
            }
            let lateness = random.chance(50) ? Nanoseconds.zero : random.duration(in: .zero...(.milliseconds(2)))
            let delay = random.chance(50) ? Nanoseconds.zero : random.duration(in: .zero...(.milliseconds(3)))
            lab.configure(name) { node in
                node.timerLateness = lateness
                node.configurationDelay = delay
            }
        }
    }

    private static func ownAddress(network: Int, _ place: Int) -> HostAddress {
        HostAddress(stringLiteral: "10.0.\(network).\(place + 10)/24")
    }

    private mutating func addRouters(using random: inout SplitMix64) {
        let isMixed = random.chance(50)
        let preemption: Preemption =
            random.chance(60) ? .immediate : random.chance(50) ? .never : .delayed(random.milliseconds(in: 500...3000))
        let common = names.map { _ in UInt8.random(in: 1...254, using: &random) }
        for (network, member) in group.members.enumerated() {
            let interval = [10, 25, 50, 100, 100].randomElement(using: &random) ?? 100
            for (place, name) in names.enumerated() {
                let mixed = UInt8.random(in: 1...254, using: &random)
                var router = VirtualRouterDefinition.example(
                    member, id: VirtualRouterID(integerLiteral: UInt8(10 + network)),
                    priority: Priority(integerLiteral: isMixed ? mixed : common[place]),
                    addresses: [VirtualAddress(stringLiteral: "10.0.\(network).100")])
                router.interface = "eth\(network)"
                router.advertisementInterval = .centiseconds(interval)
                router.preemption = preemption
                definitions[name, default: []].append(router)
            }
        }
    }

    private func restore(_ lab: inout Lab) {
        lab.heal()
        for name in names {
            lab.resume(name)
            for interface in interfaces { lab.setInterface(interface, of: name, isRunning: true) }
            lab.start(name)
            lab.apply(definitions[name] ?? [], groups: [group], to: name)
        }
    }
}
