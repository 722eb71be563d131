import VRRP

/// A set of identifiers in four words, so that what forty groups have is brought together in no time.
struct RouterIDSet: Hashable, Sendable {
    private var words: SIMD4<UInt64> = .zero

    /// No identifier.
    init() {}

    /// The given identifiers.
    init(_ identifiers: some Sequence<VirtualRouterID>) { for identifier in identifiers { insert(identifier) } }

    /// How many identifiers there are in the set.
    var count: Int { words.indices.reduce(0) { $0 + words[$1].nonzeroBitCount } }

    /// Whether an identifier is in the set.
    func contains(_ identifier: VirtualRouterID) -> Bool {
        words[Int(identifier.rawValue >> 6)] & (1 << UInt64(identifier.rawValue & 63)) != 0
    }

    /// Whether no identifier is in both sets.
    func isDisjoint(with other: Self) -> Bool { words & other.words == .zero }

    /// Puts an identifier in; false where it was there.
    @discardableResult
    mutating func insert(_ identifier: VirtualRouterID) -> Bool {
        guard !contains(identifier) else { return false }
        words[Int(identifier.rawValue >> 6)] |= 1 << UInt64(identifier.rawValue & 63)
        return true
    }

    /// Puts all identifiers of another set in.
    mutating func formUnion(_ other: Self) { words |= other.words }

    /// The identifiers of both sets.
    func union(_ other: Self) -> Self {
        var union = self
        union.formUnion(other)
        return union
    }

    /// All that there are, 1 to 255.
    static let all: [VirtualRouterID] = (1...UInt8.max).compactMap(VirtualRouterID.init)
}
