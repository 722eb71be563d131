/// The integrity check value of an authentication header: HMAC-MD5, of which 96 bits travel (RFC 2104, RFC 2403).
public struct IntegrityCheckValue: Hashable, Sendable {
    /// The first eight octets in network byte order.
    private var high: UInt64
    /// The last four.
    private var low: UInt32

    /// Its length in octets.
    public static let length = 12

    /// The value that stands at `offset`.
    init(in octets: Span<UInt8>, at offset: Int) {
        high = octets.uint64(at: offset)
        low = octets.uint32(at: offset + 8)
    }

    /// The value over `count` octets, which a closure gives by their place; allocates nothing.
    init(of count: Int, key: SimpleTextPassword, _ octet: (Int) -> UInt8) {
        var inner = MD5()
        for place in 0..<MD5.blockLength { inner.update(key.octet(place) ^ 0x36) }
        for place in 0..<count { inner.update(octet(place)) }
        let digest = inner.finish()
        var outer = MD5()
        for place in 0..<MD5.blockLength { outer.update(key.octet(place) ^ 0x5c) }
        for place in digest.indices { outer.update(digest[place]) }
        let result = outer.finish()
        self.init(in: result.span, at: 0)
    }

    /// The octet at a place, 0 to 11.
    public func octet(_ place: Int) -> UInt8 {
        place < 8
            ? UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * place))
            : UInt8(truncatingIfNeeded: low >> UInt32(24 - 8 * (place - 8)))
    }

    /// Whether two values are the same, in a time that does not tell where they differ.
    func matches(_ other: Self) -> Bool { (high ^ other.high) | UInt64(low ^ other.low) == 0 }
}

extension SimpleTextPassword {
    /// The octet at a place, zero behind the eighth: what fills a key up to a block changes nothing about HMAC.
    fileprivate func octet(_ place: Int) -> UInt8 {
        place < 8 ? UInt8(truncatingIfNeeded: octets >> UInt64(56 - 8 * place)) : 0
    }
}
