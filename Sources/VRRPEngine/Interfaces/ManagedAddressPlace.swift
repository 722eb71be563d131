/// Where a virtual address stands in the engine.
struct ManagedAddressPlace: Hashable, Sendable {
    var slot: Int
    var position: Int
}

/// The places of one address in an order. Almost always there is one at most, for which nothing is allocated.
struct ManagedAddressPlaces: RandomAccessCollection {
    private let leader: ManagedAddressPlace?
    private let others: [ManagedAddressPlace]

    /// No place.
    init() {
        leader = nil
        others = []
    }

    /// A place, and those behind it.
    init(_ leader: ManagedAddressPlace, _ others: [ManagedAddressPlace]) {
        self.leader = leader
        self.others = others
    }

    var startIndex: Int { 0 }
    var endIndex: Int { leader == nil ? 0 : 1 + others.count }

    subscript(position: Int) -> ManagedAddressPlace {
        if position == 0, let leader { return leader }
        return others[position - 1]
    }
}
