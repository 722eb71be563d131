/// A 48-bit Ethernet address.
public struct MACAddress: Hashable, Sendable {
    /// The address as a number below 2^48: the first octet is the most significant.
    public let rawValue: UInt64

    /// The address whose number is the low 48 bits of `rawValue`.
    public init(rawValue: UInt64) { self.rawValue = rawValue & 0xffff_ffff_ffff }

    /// Reads six octets at `offset`; the span checks the bounds.
    public init(in octets: Span<UInt8>, at offset: Int) {
        self.init(rawValue: UInt64(octets.uint16(at: offset)) << 32 | UInt64(octets.uint32(at: offset + 2)))
    }

    /// Parses six pairs of hexadecimal digits between colons; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6 else { return nil }
        var value: UInt64 = 0
        for part in parts {
            guard part.utf8.count == 2, part.first != "+", part.first != "-", let octet = UInt8(part, radix: 16) else {
                return nil
            }
            value = value << 8 | UInt64(octet)
        }
        self.init(rawValue: value)
    }

    /// ff:ff:ff:ff:ff:ff.
    public static let broadcast = MACAddress(rawValue: 0xffff_ffff_ffff)

    /// Whether it can be the address of one interface: neither a group's nor all zeros.
    public var isUnicast: Bool { rawValue != 0 && rawValue >> 40 & 1 == 0 }

    /// The virtual router MAC address: 00-00-5E-00-01-{VRID} for IPv4, 00-00-5E-00-02-{VRID} for IPv6
    /// (RFC 9568, section 7.3).
    public static func virtualRouter(_ id: VirtualRouterID, _ family: AddressFamily) -> MACAddress {
        let block: UInt64 =
            switch family {
            case .ipv4: 0x0000_5e00_0100
            case .ipv6: 0x0000_5e00_0200
            }
        return MACAddress(rawValue: block | UInt64(id.rawValue))
    }

    /// The group address that frames to an IP multicast group are sent to (RFC 1112, section 6.4; RFC 2464, section 7).
    public static func multicast(_ group: IPAddress) -> MACAddress {
        switch group {
        case .v4(let address): MACAddress(rawValue: 0x0100_5e00_0000 | UInt64(address.rawValue & 0x7f_ffff))
        case .v6(let address): MACAddress(rawValue: 0x3333_0000_0000 | address.low & 0xffff_ffff)
        }
    }

    /// Appends the six octets in transmission order.
    public func append(to octets: inout [UInt8]) {
        octets.appendBigEndian(UInt16(rawValue >> 32))
        octets.appendBigEndian(UInt32(truncatingIfNeeded: rawValue))
    }
}

extension MACAddress: CustomStringConvertible {
    /// Six pairs of lower-case hexadecimal digits between colons.
    public var description: String {
        (0..<6).map { position in
            let octet = UInt8(truncatingIfNeeded: rawValue >> UInt64(40 - 8 * position))
            return (octet < 16 ? "0" : "") + String(octet, radix: 16)
        }.joined(separator: ":")
    }
}
