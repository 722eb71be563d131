/// The two address families that VRRP serves; a virtual router belongs to exactly one of them.
///
/// An IPv4 and an IPv6 virtual router with the same VRID on one interface are independent (RFC 9568, section 1.2).
public enum AddressFamily: UInt8, Hashable, Sendable, CaseIterable {
    case ipv4 = 4
    case ipv6 = 6

    /// The family as people write it.
    public var name: String {
        switch self {
        case .ipv4: "IPv4"
        case .ipv6: "IPv6"
        }
    }

    /// The length of one address on the wire, in octets.
    public var addressLength: Int {
        switch self {
        case .ipv4: 4
        case .ipv6: 16
        }
    }

    /// The longest prefix of the family, in bits.
    public var maximumPrefixLength: UInt8 {
        switch self {
        case .ipv4: 32
        case .ipv6: 128
        }
    }

    /// The multicast group that adverts are sent to: 224.0.0.18 or ff02::12 (RFC 9568, sections 5.1.1.2 and 5.1.2.2).
    public var vrrpGroup: IPAddress {
        switch self {
        case .ipv4: .v4(IPv4Address(224, 0, 0, 18))
        case .ipv6: .v6(IPv6Address(high: 0xff02_0000_0000_0000, low: 0x12))
        }
    }
}
