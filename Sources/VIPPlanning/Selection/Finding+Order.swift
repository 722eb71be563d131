extension [Finding.Problem] {
    /// How many of those problems are kept of which an object can have one for each of its addresses or nodes.
    static let mostOfMany = 32

    /// Each problem once, in the order of the sentences; of very many the first ones and how many there are besides, for
    /// whatever is told of one object, all others wait for.
    var inOrder: Self { inOrder(leavingOut: 0) }

    /// The same where so many have been left out before.
    func inOrder(leavingOut surplus: Int) -> Self {
        guard count > 1 || surplus > 0 else { return self }
        let surplus = reduce(surplus) { $0 + $1.countOfOthers }
        let all = Set(self).filter { $0.countOfOthers == 0 }.map { (text: $0.description, problem: $0) }
            .sorted { $0.text < $1.text }
        let many = all.filter(\.problem.isOneOfMany)
        let rest = Swift.max(0, many.count - Self.mostOfMany) + surplus
        guard rest > 0 else { return all.map(\.problem) }
        // Those that say that something is not to be had come first.
        let kept = many.filter { !$0.problem.isOfWhoHas } + many.filter(\.problem.isOfWhoHas)
        let told = kept.prefix(Self.mostOfMany) + all.filter { !$0.problem.isOneOfMany }
        return told.sorted { $0.text < $1.text }.map(\.problem) + [.more(count: rest)]
    }
}

extension Finding.Problem {
    /// Whether an object can have such a problem with each of many addresses, nodes or keys.
    fileprivate var isOneOfMany: Bool {
        switch self {
        case .addressMalformed, .addressUnusable, .addressOfNode, .addressAlsoOfNode, .addressNotAdmitted, .addressHeld,
            .addressLeft, .addressWanted, .routerIDChanged, .nodeWithoutAddress:
            true
        case .groupNameMalformed, .groupMissing, .groupUnreadable, .namespaceNotAdmitted, .noLoadBalancer,
            .addressPending, .addressesTooMany, .addressesNotLookedAt, .intervalTooShort, .routerIDPending,
            .routerIDsKept,
            .routerIDsShort, .noNode, .noNodeForFamily, .tooManyNodes, .healthUnknown, .more:
            false
        }
    }

    /// For how many others it stands.
    fileprivate var countOfOthers: Int { if case .more(let count) = self { count } else { 0 } }

    /// Whether it is about an address that the Service has.
    fileprivate var isOfWhoHas: Bool {
        switch self {
        case .addressAlsoOfNode, .addressWanted: true
        default: false
        }
    }
}
