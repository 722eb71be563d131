import VRRP

/// Which node of a group has the best claim to each router, and in which order the others follow.
///
/// Every node has the best claim to as many routers as every other, or to one more. A router stays where it is unless that
/// says otherwise, or its node is gone; the order of the nodes behind the first is ``Rendezvous``, so that what a dead
/// node had is spread over the others.
struct Placement {
    private let welcome: [String]
    private let avoided: [String]
    /// The node with the best claim to each router, by the router's key.
    private(set) var preferred: [String: String] = [:]

    /// - Parameters:
    ///   - keys: The keys of the group's routers.
    ///   - nodes: The nodes of the group.
    ///   - previous: Who had the best claim so far.
    init(of keys: Set<String>, on nodes: [Node], previous: [String: String]) {
        let names = nodes.map(\.name).sorted()
        let avoidedNames = Set(nodes.filter(\.isAvoided).map(\.name))
        // Where all are to be avoided, none is.
        welcome = avoidedNames.count == names.count ? names : names.filter { !avoidedNames.contains($0) }
        avoided = avoidedNames.count == names.count ? [] : names.filter(avoidedNames.contains)
        guard !welcome.isEmpty else { return }
        var room = Room(for: keys.count, on: welcome)
        keep(previous.filter { keys.contains($0.key) }, &room)
        for key in keys.sorted() where preferred[key] == nil {
            preferred[key] = Rendezvous.order(welcome, for: key).first { room.take($0) }
        }
    }

    /// The nodes in the order of their claims to a router.
    func order(for key: String) -> [String] {
        let first = preferred[key]
        return (first.map { [$0] } ?? []) + Rendezvous.order(welcome, for: key).filter { $0 != first }
            + Rendezvous.order(avoided, for: key)
    }

    /// Leaves the routers where they are for which there is room; of a node with too many those go that belong there least.
    private mutating func keep(_ previous: [String: String], _ room: inout Room) {
        let keysByNode = Dictionary(grouping: previous.keys.sorted()) { previous[$0] ?? "" }
        // Who has more may keep one more, so that the fewest move.
        let nodes = keysByNode.keys.filter(Set(welcome).contains)
            .sorted { (keysByNode[$1]?.count ?? 0, $0) < (keysByNode[$0]?.count ?? 0, $1) }
        for node in nodes {
            let keys = (keysByNode[node] ?? []).map { (weight: Rendezvous.weight(of: node, for: $0), key: $0) }
                .sorted { ($1.weight, $0.key) < ($0.weight, $1.key) }
            for (_, key) in keys where room.take(node) { preferred[key] = node }
        }
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

        /// Takes a place at the node; false where it has none.
        mutating func take(_ node: String) -> Bool {
            guard let places = left[node], places > 0 || (places == 0 && extras > 0) else { return false }
            if places == 0 { extras -= 1 }
            left[node] = places - 1
            return true
        }
    }
}
