import VRRP

/// The nodes of a group, with what matters of them to its routers.
struct Membership: Hashable, Sendable {
    /// A node that takes part.
    struct Member: Hashable, Sendable {
        /// The name of the node.
        var name: String
        /// Where others reach it, by family; nil of both with multicast, where nobody needs to know.
        var addresses: FamilyPair<IPAddress?>
        /// Whether new work is to go to other nodes.
        var isAvoided: Bool
    }

    /// The interface on each of them.
    let interface: InterfaceChoice
    /// The nodes that take part, by name, at most as many as a router can have.
    let members: [Member]
    /// The names of the nodes that take part.
    let names: Set<String>
    private let isUnicast: Bool
    private let surplus: Int

    /// - Parameter nodes: The nodes of the cluster in the order of their names.
    init(of group: AddressGroup, in nodes: [Node]) {
        interface = group.interface
        isUnicast = group.isUnicast
        let matching = nodes.filter { $0.matches(group.nodeSelector) }
        members = matching.prefix(PriorityLadder.length).map { node in
            Member(
                name: node.name,
                addresses: group.isUnicast
                    ? FamilyPair { node.address($0) } : FamilyPair { _ in nil },
                isAvoided: node.isAvoided)
        }
        names = Set(members.map(\.name))
        surplus = matching.count - members.count
    }

    /// Where its routers are.
    var site: Site { Site(interface: interface, nodes: names) }

    /// The nodes that can be in all the routers of the families.
    func candidates(for families: FamilySet) -> [Member] {
        guard isUnicast else { return members }
        return members.filter { member in families.families.allSatisfy { member.addresses[$0] != nil } }
    }

    /// The families that no node can have a router of, though there are nodes.
    var familiesWithoutNode: FamilySet {
        guard !members.isEmpty else { return [] }
        return AddressFamily.allCases.reduce(into: []) { families, family in
            if candidates(for: FamilySet(family)).isEmpty { families.formUnion(FamilySet(family)) }
        }
    }

    /// What the writer of the group should know, where it has routers of the given families.
    func problems(for families: FamilySet) -> [Finding.Problem] {
        guard !families.isEmpty else { return [] }
        var problems: [Finding.Problem] = []
        if members.isEmpty { problems.append(.noNode) }
        problems += familiesWithoutNode.intersection(families).families.map { .noNodeForFamily($0) }
        if surplus > 0 { problems.append(.tooManyNodes(surplus: surplus)) }
        if isUnicast {
            for family in families.families {
                problems += members.filter { $0.addresses[family] == nil }
                    .map { .nodeWithoutAddress($0.name, family) }
            }
        }
        return problems
    }
}

/// A value for each family.
struct FamilyPair<Value> {
    private var ipv4: Value
    private var ipv6: Value

    init(_ value: (AddressFamily) -> Value) {
        ipv4 = value(.ipv4)
        ipv6 = value(.ipv6)
    }

    subscript(family: AddressFamily) -> Value {
        switch family {
        case .ipv4: ipv4
        case .ipv6: ipv6
        }
    }
}

extension FamilyPair: Equatable where Value: Equatable {}
extension FamilyPair: Hashable where Value: Hashable {}
extension FamilyPair: Sendable where Value: Sendable {}

extension Node {
    /// The address of a family that the node is reached at.
    fileprivate func address(_ family: AddressFamily) -> IPAddress? { addresses.first { $0.family == family } }
}
