/// The Internet checksum: the one's complement of the one's complement sum of 16-bit words (RFC 1071).
public struct InternetChecksum: Sendable {
    private var sum: UInt64 = 0

    /// An empty sum.
    public init() {}

    /// Adds octets; an odd last one is filled with zero.
    @inlinable public mutating func add(_ octets: Span<UInt8>, from start: Int = 0, to end: Int? = nil) {
        let end = end ?? octets.count
        var offset = start
        while offset + 1 < end {
            add(octets.uint16(at: offset))
            offset += 2
        }
        if offset < end { add(UInt16(octets[offset]) << 8) }
    }

    /// Adds one word.
    public mutating func add(_ word: UInt16) { sum += UInt64(word) }

    /// Adds an address as the words that it consists of.
    public mutating func add(_ address: IPAddress) {
        switch address {
        case .v4(let address): add(UInt64(address.rawValue))
        case .v6(let address):
            add(address.high)
            add(address.low)
        }
    }

    /// Adds the pseudo-header of RFC 9568, section 5.2.8: source, destination, length and next header 112.
    ///
    /// The IPv4 form of RFC 5798 has the same sum: its protocol and length fields stand in other places, and a one's
    /// complement sum does not know places.
    public mutating func addPseudoHeader(source: IPAddress, destination: IPAddress, length: Int) {
        add(source)
        add(destination)
        add(UInt64(length))
        add(UInt16(VRRPNumbers.ipProtocol))
    }

    /// The sum folded to 16 bits; 0xFFFF over data that contains its own checksum says that the data is intact.
    public var folded: UInt16 {
        var folded = sum
        while folded >> 16 != 0 { folded = folded & 0xffff + folded >> 16 }
        return UInt16(folded)
    }

    /// The value for the checksum field, which must have been zero, or left out, while adding.
    public var field: UInt16 { ~folded }

    /// The checksum after one word of the data has changed (RFC 1624, equation 3).
    public static func updated(_ checksum: UInt16, replacing old: UInt16, with new: UInt16) -> UInt16 {
        var sum = InternetChecksum()
        sum.add(~checksum)
        sum.add(~old)
        sum.add(new)
        return sum.field
    }

    private mutating func add(_ words: UInt64) {
        sum += words >> 48 + words >> 32 & 0xffff + words >> 16 & 0xffff + words & 0xffff
    }
}

/// Which octets the checksum of a message was found to cover.
public enum ChecksumForm: String, Hashable, Sendable {
    /// A pseudo-header and the message: VRRPv3 over IPv6, and over IPv4 as RFC 5798 is read.
    case pseudoHeader = "pseudo-header"
    /// The message alone: VRRPv2, and VRRPv3 over IPv4 as RFC 9568 says.
    case messageOnly = "message-only"
    /// A pseudo-header with the multicast group although the packet was unicast: keepalived before 1.3.7.
    case pseudoHeaderOfGroup = "pseudo-header-of-group"
}

/// Which form of checksum VRRPv3 over IPv4 is sent with (RFC 9568, section 5.2.8 against RFC 5798).
public enum TransmittedChecksumForm: String, Hashable, Sendable, CaseIterable {
    /// With pseudo-header: the only form that keepalived up to 2.2.7 and FRR up to 8.4 take.
    case pseudoHeader = "pseudo-header"
    /// The message alone: RFC 9568 to the letter, and Cisco.
    case messageOnly = "message-only"
    /// The form of the last accepted advert; with pseudo-header until one was heard.
    case followPeer = "follow-peer"
    /// With the pseudo-header of the group although unicast: the only form that keepalived before 1.3.7 takes.
    case pseudoHeaderOfGroup = "pseudo-header-of-group"
}

/// Which forms of checksum VRRPv3 over IPv4 is accepted with.
public enum AcceptedChecksumForms: String, Hashable, Sendable, CaseIterable {
    /// Either.
    case both
    /// With pseudo-header alone.
    case pseudoHeader = "pseudo-header"
    /// The message alone.
    case messageOnly = "message-only"
}

/// What follows when an advert lists other addresses than the receiver is configured with.
public enum AddressListMismatch: String, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case ignore
    /// The advert counts as valid, the mismatch is counted and reported (RFC 9568, section 7.1).
    case count
    /// The advert is discarded unless its sender owns the addresses (RFC 3768, section 7.1).
    case discard
}
