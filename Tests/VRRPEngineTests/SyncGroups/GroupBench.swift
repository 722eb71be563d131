import VRRP
import VRRPEngine
import VRRPSimulation

/// Nodes with a group of two virtual routers: `one` with identifier 51 on `eth0`, `two` with 52 on `eth1`, each on a
/// segment of its own, `net0` and `net1`.
struct GroupBench {
    var lab = Lab(seed: 3)

    static let members = ["one", "two"]
    static let group = SyncGroupDefinition(name: "SG", members: members)

    /// The definitions of a node.
    static func routers(
        _ priorities: (Priority, Priority), _ change: (inout VirtualRouterDefinition) -> Void = { _ in }
    ) -> [VirtualRouterDefinition] {
        let first = VirtualRouterDefinition.example(
            "one", id: 51, priority: priorities.0, addresses: ["10.0.0.100"], change)
        var second = VirtualRouterDefinition.example(
            "two", id: 52, priority: priorities.1, addresses: ["10.0.1.100"], change)
        second.interface = "eth1"
        return [first, second]
    }

    /// Adds a node whose interfaces run.
    mutating func add(_ name: String) {
        let number = (lab.nodes.count + 1) * 10
        lab.addNode(name, addresses: [HostAddress(stringLiteral: "10.0.0.\(number)/24")], segment: "net0")
        lab.addInterface(
            "eth1", to: name, addresses: [HostAddress(stringLiteral: "10.0.1.\(number)/24")], segment: "net1")
    }

    /// Adds a node and starts it with the group.
    mutating func start(
        _ name: String, _ priorities: (Priority, Priority), group: SyncGroupDefinition = GroupBench.group,
        _ change: (inout VirtualRouterDefinition) -> Void = { _ in }
    ) {
        add(name)
        lab.start(name, Self.routers(priorities, change), groups: [group])
    }

    /// Two nodes at rest, of which `a` is the better one for both members.
    static func atRest(_ change: (inout VirtualRouterDefinition) -> Void = { _ in }) -> GroupBench {
        var bench = GroupBench()
        bench.start("a", (200, 200), change)
        bench.start("b", (100, 100), change)
        bench.run(until: 10.05)
        return bench
    }

    mutating func run(until time: Nanoseconds) { lab.run(until: time) }

    /// The states of both members on a node.
    func states(_ name: String) -> [VirtualRouterState.Name?] { Self.members.map { lab.state(name, $0) } }

    /// The nodes that each member is active on.
    var owners: [[String]] { Self.members.map { lab.activeNodes($0) } }

    /// The priorities that a node has advertised for a member since a moment.
    func priorities(_ name: String, _ id: UInt8, since time: Nanoseconds = .zero) -> [UInt8] {
        lab.adverts(from: name, since: time).map(\.message).filter { $0.virtualRouterID == id }.map(\.priority)
    }
}
