/// Somebody's word that an address of the link is at their hardware address.
///
/// That is the sender of every ARP packet (RFC 826; RFC 5227, section 2.4), and the target of a neighbour advertisement
/// (RFC 4861, section 4.4).
public struct NeighborClaim: Hashable, Sendable {
    /// The address that is claimed.
    public let address: IPAddress
    /// Where it is said to be.
    public let macAddress: MACAddress

    /// A claim.
    public init(_ address: IPAddress, at macAddress: MACAddress) {
        self.address = address
        self.macAddress = macAddress
    }

    /// Reads an ARP packet without its Ethernet header; nil for one that is not of IPv4 over Ethernet, and for a probe, by which
    /// somebody asks before they claim (RFC 5227, section 2.1.1).
    public init?(arp packet: Span<UInt8>) {
        guard packet.count >= 28, packet.uint16(at: 0) == 1, packet.uint16(at: 2) == 0x0800,
            packet[4] == 6, packet[5] == 4, (1...2).contains(packet.uint16(at: 6))
        else { return nil }
        let sender = IPv4Address(rawValue: packet.uint32(at: 14))
        let macAddress = MACAddress(in: packet, at: 8)
        guard sender.rawValue != 0, macAddress.isUnicast else { return nil }
        self.init(.v4(sender), at: macAddress)
    }

    /// Reads an ICMPv6 message; nil for one that is no neighbour advertisement, that a router may have forwarded, or that does
    /// not name a hardware address.
    ///
    /// - Parameter hopLimit: the hop limit that it arrived with.
    public init?(icmpv6 message: Span<UInt8>, hopLimit: UInt8) {
        guard hopLimit == 255, message.count >= 24, message[0] == 136, message[1] == 0 else { return nil }
        let target = IPv6Address(high: message.uint64(at: 8), low: message.uint64(at: 16))
        var offset = 24
        while offset + 8 <= message.count {
            let length = Int(message[offset + 1]) * 8
            guard length > 0, offset + length <= message.count else { return nil }
            if message[offset] == 2 {
                let macAddress = MACAddress(in: message, at: offset + 2)
                guard macAddress.isUnicast else { return nil }
                self.init(.v6(target), at: macAddress)
                return
            }
            offset += length
        }
        return nil
    }
}
