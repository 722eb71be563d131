/// The IP authentication header in front of a VRRPv2 message (RFC 2402), as far as a receiver looks at it.
public struct AuthenticationHeader: Hashable, Sendable {
    /// The security parameters index; keepalived makes it the sender's address.
    public var securityParametersIndex: UInt32
    /// The number that no advert before has had.
    public var sequenceNumber: UInt32
    /// What proves that the sender knows the key.
    public var integrityCheckValue: IntegrityCheckValue

    /// The IP protocol number.
    public static let ipProtocol: UInt8 = 51
    /// Its length with an integrity check value of 96 bits, in octets.
    public static let length = 24

    /// Where a field starts, counted in octets from the start of the header.
    enum Offset {
        static let nextHeader = 0
        static let payloadLength = 1
        static let securityParametersIndex = 4
        static let sequenceNumber = 8
        static let integrityCheckValue = 12
    }

    /// The length field: 32-bit words, two left out (RFC 2402, section 2.2).
    static let payloadLength = UInt8(length / 4 - 2)

    /// Reads a header that is known to lie within `octets`; nil where something else than VRRP follows it, or it is not as
    /// long as ``length``.
    init?(in octets: Span<UInt8>, at offset: Int) {
        guard octets[offset + Offset.nextHeader] == VRRPNumbers.ipProtocol,
            octets[offset + Offset.payloadLength] == Self.payloadLength
        else { return nil }
        securityParametersIndex = octets.uint32(at: offset + Offset.securityParametersIndex)
        sequenceNumber = octets.uint32(at: offset + Offset.sequenceNumber)
        integrityCheckValue = IntegrityCheckValue(in: octets, at: offset + Offset.integrityCheckValue)
    }
}

/// Which octets of an IPv4 packet the integrity check value covers as zero (RFC 2402, section 3.3.3.1).
///
/// keepalived covers the TTL of multicast adverts, which is 255 for all of them, and counts it as one that changes on its way
/// with unicast alone. Options are covered as they are.
struct AuthenticationCoverage {
    /// Where the authentication header starts in the packet.
    var headerOffset: Int
    /// Whether the packet is for one peer.
    var isUnicast: Bool

    /// Whether the octet at a place of the packet counts as zero: type of service, flags and fragment offset, the header's
    /// checksum, the value itself, and with unicast the TTL.
    func countsAsZero(_ place: Int) -> Bool {
        switch place {
        case 1, 6, 7, 10, 11: return true
        case 8: return isUnicast
        default:
            let start = headerOffset + AuthenticationHeader.Offset.integrityCheckValue
            return place >= start && place < start + IntegrityCheckValue.length
        }
    }
}

/// The sequence numbers of all routers of a virtual router, which share one row of them as keepalived's do: what is sent has
/// a higher number than all that was heard, and what is heard must have one.
public struct AuthenticationSequence: Hashable, Sendable {
    /// The highest number that was sent or heard.
    public private(set) var last: UInt32 = 0
    private var lastIsOwn = false

    /// The row of a router that has not heard anything yet.
    public init() {}

    /// The number for the next advert. The one behind the last is 0 again, which those who heard the last refuse until they
    /// take over and begin anew as well; at one advert a second that comes after 136 years.
    public mutating func next() -> UInt32 {
        last &+= 1
        lastIsOwn = true
        return last
    }

    /// Takes a number in; false where it has been used before.
    ///
    /// - Parameter isAhead: Whether the local router is the better one. Of two active routers whose adverts cross with the same
    ///   number the better one then leaves one out, or the other would refuse its adverts for ever.
    public mutating func admit(_ number: UInt32, isAhead: Bool) -> Bool {
        guard number > last else {
            if number == last, lastIsOwn, isAhead { _ = next() }
            return false
        }
        last = number
        lastIsOwn = false
        return true
    }
}
