/// An address of either family.
public enum IPAddress: Hashable, Sendable {
    case v4(IPv4Address)
    case v6(IPv6Address)

    /// Parses an address of either family; nil when the text is neither.
    public init?(_ text: some StringProtocol) {
        if let address = IPv4Address(text) {
            self = .v4(address)
        } else if let address = IPv6Address(text) {
            self = .v6(address)
        } else {
            return nil
        }
    }

    /// Reads an address in network byte order at `offset`.
    ///
    /// - Precondition: `offset + family.addressLength <= octets.count`; the span checks it.
    public init(_ family: AddressFamily, in octets: Span<UInt8>, at offset: Int) {
        switch family {
        case .ipv4: self = .v4(IPv4Address(rawValue: octets.uint32(at: offset)))
        case .ipv6: self = .v6(IPv6Address(high: octets.uint64(at: offset), low: octets.uint64(at: offset + 8)))
        }
    }

    /// The family of the address.
    public var family: AddressFamily {
        switch self {
        case .v4: .ipv4
        case .v6: .ipv6
        }
    }

    /// Whether the address is one that an advert may come from: neither unspecified, multicast nor loopback.
    public var isUnicast: Bool {
        switch self {
        case .v4(let address):
            address != .unspecified && !address.isMulticast && !address.isLoopback && address.rawValue != .max
        case .v6(let address): address != .unspecified && !address.isMulticast && !address.isLoopback
        }
    }

    /// Whether the address is a group: 224.0.0.0/4 or ff00::/8.
    public var isMulticast: Bool {
        switch self {
        case .v4(let address): address.isMulticast
        case .v6(let address): address.isMulticast
        }
    }

    /// Whether the address lies in fe80::/10; never true of IPv4.
    public var isIPv6LinkLocal: Bool {
        switch self {
        case .v4: false
        case .v6(let address): address.isLinkLocal
        }
    }

    /// Appends the octets of the address in network byte order.
    public func append(to octets: inout [UInt8]) {
        switch self {
        case .v4(let address): octets.appendBigEndian(address.rawValue)
        case .v6(let address):
            octets.appendBigEndian(address.high)
            octets.appendBigEndian(address.low)
        }
    }
}

extension IPAddress: Comparable {
    /// Orders by the unsigned number; every IPv4 address stands before every IPv6 address.
    public static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.v4(let left), .v4(let right)): left < right
        case (.v6(let left), .v6(let right)): left < right
        case (.v4, .v6): true
        case (.v6, .v4): false
        }
    }
}

extension IPAddress: CustomStringConvertible {
    /// The text of the address in the canonical form of its family.
    public var description: String {
        switch self {
        case .v4(let address): address.description
        case .v6(let address): address.description
        }
    }
}
