/// Where the routers of a group are.
struct Site: Hashable, Sendable {
    /// The interface on each node.
    let interface: InterfaceChoice
    /// The names of the nodes.
    let nodes: Set<String>

    /// Whether the routers of two groups meet on an interface of a node.
    func meets(_ other: Site) -> Bool { interface.mayBe(other.interface) && !nodes.isDisjoint(with: other.nodes) }

    /// Whether they may meet on a network although no node has both.
    func mayMeet(_ other: Site) -> Bool { interface.mayBe(other.interface) && nodes.isDisjoint(with: other.nodes) }
}
