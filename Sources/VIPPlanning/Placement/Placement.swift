import VRRP

/// Which node of a group has the best claim to each router, and in which order the others follow.
///
/// Every node has the best claim to as many routers as every other, or to one more. A router stays where it is unless that
/// says otherwise, or its node is gone; the order of the nodes behind the first is ``Rendezvous``, so that what a dead
/// node had is spread over the others.
struct Placement {
    private let welcome: Group
    private let avoided: Group

    /// Nodes, and their names at the same places.
    private struct Group {
        var nodes: [Membership.Member]
        var names: [String]

        init(_ nodes: [Membership.Member]) {
            self.nodes = nodes
            names = nodes.map(\.name)
        }

        func order(for key: String) -> [Membership.Member] { Rendezvous.order(names, for: key).map { nodes[$0] } }
    }

    /// A router that is to be placed.
    struct Request {
        /// The key of the router.
        var key: String
        /// The node that had the best claim so far; nil where none had.
        var previous: String?
    }

    /// - Parameter nodes: The nodes of the group that can be in the routers, in the order of their names.
    init(on nodes: [Membership.Member]) {
        let isEvery = nodes.allSatisfy(\.isAvoided)
        // Where all are to be avoided, none is.
        welcome = Group(nodes.filter { isEvery || !$0.isAvoided })
        avoided = Group(nodes.filter { !isEvery && $0.isAvoided })
    }

    /// The node with the best claim to each router; nil where there is no node.
    ///
    /// - Parameter routers: All routers on these nodes, in the order of their keys, each once.
    func best(for routers: [Request]) -> [String?] {
        guard !welcome.names.isEmpty else { return Array(repeating: nil, count: routers.count) }
        var room = Room(for: routers.count, on: welcome.names)
        var best = [String?](repeating: nil, count: routers.count)
        keep(routers, &best, &room)
        for place in routers.indices where best[place] == nil {
            best[place] = welcome.order(for: routers[place].key).first { room.take($0.name) }?.name
        }
        return best
    }

    /// The nodes in the order of their claims to a router, `best` at the head.
    func order(for key: String, best: String) -> [Membership.Member] {
        let order = welcome.order(for: key)
        return order.filter { $0.name == best } + order.filter { $0.name != best } + avoided.order(for: key)
    }

    /// Leaves the routers where they are for which there is room; of a node with too many those go that belong there least.
    private func keep(_ routers: [Request], _ best: inout [String?], _ room: inout Room) {
        var placesByNode = Dictionary(uniqueKeysWithValues: welcome.names.map { ($0, [Int]()) })
        for (place, router) in routers.enumerated() {
            if let node = router.previous { placesByNode[node]?.append(place) }
        }
        // Who has more may keep one more, so that the fewest move.
        let nodes = placesByNode.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        for (node, places) in nodes {
            for place in room.fits(places.count, on: node) ? places : sorted(places, of: routers, on: node)
            where room.take(node) {
                best[place] = node
            }
        }
    }

    /// The routers in the order in which they belong to a node.
    private func sorted(_ places: [Int], of routers: [Request], on node: String) -> [Int] {
        places.map { (weight: Rendezvous.weight(of: node, for: routers[$0].key), place: $0) }
            .sorted { ($1.weight, $0.place) < ($0.weight, $1.place) }
            .map(\.place)
    }

    /// How many routers each node may still have the best claim to.
    private struct Room {
        private var left: [String: Int]
        /// How many nodes may have one more than the others.
        private var extras: Int

        init(for count: Int, on nodes: [String]) {
            left = Dictionary(uniqueKeysWithValues: nodes.map { ($0, count / nodes.count) })
            extras = count % nodes.count
        }

        /// Whether a node has so many places, those of its own and one more where there is one.
        func fits(_ count: Int, on node: String) -> Bool { count <= (left[node] ?? 0) + min(1, extras) }

        /// Takes a place at the node; false where it has none.
        mutating func take(_ node: String) -> Bool {
            guard let places = left[node], places > 0 || (places == 0 && extras > 0) else { return false }
            if places == 0 { extras -= 1 }
            left[node] = places - 1
            return true
        }
    }
}
