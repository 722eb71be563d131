/// The order in which nodes have a claim to a router: highest random weight (Thaler and Ravishankar, 1998).
///
/// A node's coming or going changes nothing in the order of the others. The numbers are part of what a cluster relies on
/// across versions: another hash would move addresses.
enum Rendezvous {
    /// The weight of a node for a router; equal for equal names, on every machine and in every version.
    static func weight(of node: String, for router: String) -> UInt64 { weight(of: node, beginning(for: router)) }

    /// The places of the nodes in the list, that of the one with the best claim first.
    static func order(_ nodes: [String], for router: String) -> [Int] {
        let beginning = beginning(for: router)
        return nodes.indices.map { (weight: weight(of: nodes[$0], beginning), place: $0) }
            .sorted { $0.weight == $1.weight ? nodes[$0.place] < nodes[$1.place] : $0.weight > $1.weight }
            .map(\.place)
    }

    // FNV-1a, with an octet between that no name contains, and the finalizer of SplitMix64 to spread what is alike.

    private static func beginning(for router: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for octet in router.utf8 { hash = (hash ^ UInt64(octet)) &* 0x0000_0100_0000_01b3 }
        return (hash ^ 0xff) &* 0x0000_0100_0000_01b3
    }

    private static func weight(of node: String, _ beginning: UInt64) -> UInt64 {
        var hash = beginning
        for octet in node.utf8 { hash = (hash ^ UInt64(octet)) &* 0x0000_0100_0000_01b3 }
        hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
        hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
        return hash ^ (hash >> 31)
    }
}
