/// Packets that could not be sent, by interface and reason.
///
/// A packet that is lost before it leaves the node is no different from one that is lost on the wire: it is counted and
/// reported, and the protocol gets over it.
struct SendFailures {
    /// What failures are told apart by.
    struct Kind: Hashable {
        /// The interface that the packet was to leave by.
        let interfaceIndex: Int32
        /// The kernel's reason, as in errno(3): ENOBUFS, ENETDOWN, EMSGSIZE ….
        let errorNumber: Int32
    }

    /// How many packets failed since ``takeAll()``.
    private(set) var counts: [Kind: Int] = [:]

    /// How many packets failed since the program started, by the interface that they were to leave by.
    private(set) var totals: [Int32: UInt64] = [:]

    /// Whether nothing failed since ``takeAll()``.
    var isEmpty: Bool { counts.isEmpty }

    /// Counts one packet.
    mutating func record(interfaceIndex: Int32, errorNumber: Int32) {
        counts[Kind(interfaceIndex: interfaceIndex, errorNumber: errorNumber), default: 0] += 1
        totals[interfaceIndex, default: 0] += 1
    }

    /// The counts so far, which start from nothing again.
    mutating func takeAll() -> [Kind: Int] {
        defer { counts.removeAll(keepingCapacity: true) }
        return counts
    }
}
