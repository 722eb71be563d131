import VRRP

/// The routers of a group sorted by the nodes that they can be on: with unicast adverts, those with an address of the
/// family.
struct CandidateLists {
    /// Routers of one key that are to have the same best node.
    struct Unit {
        var key: String
        /// The routers, IPv4 first; never empty.
        var claims: [Claim]
    }

    /// Routers that can be on the same nodes.
    struct List {
        /// The nodes, in the order of their names.
        var nodes: [Membership.Member]
        /// The routers, in the order of their keys.
        var units: [Unit] = []
    }

    private let membership: Membership
    private(set) var lists: [List] = []
    /// The place in ``lists`` for each set of families that was asked for.
    private var places: [FamilySet: Int] = [:]

    init(_ membership: Membership) { self.membership = membership }

    /// Puts the routers of one key where they belong; keys come in their order.
    ///
    /// All of them have the same best node, unless no node can be in all.
    mutating func sort(_ claims: [Claim], ofKey key: String) {
        let place = place(for: FamilySet(claims))
        guard lists[place].nodes.isEmpty, claims.count > 1 else {
            lists[place].units.append(Unit(key: key, claims: claims))
            return
        }
        for claim in claims {
            lists[self.place(for: FamilySet(claim.family))].units.append(Unit(key: key, claims: [claim]))
        }
    }

    private mutating func place(for families: FamilySet) -> Int {
        if let place = places[families] { return place }
        let nodes = membership.candidates(for: families)
        // Families that are on the same nodes share them evenly.
        let place = lists.firstIndex { $0.nodes == nodes } ?? lists.endIndex
        if place == lists.endIndex { lists.append(List(nodes: nodes)) }
        places[families] = place
        return place
    }
}
