public import VRRP

/// A host on the segment together with the switch that it is plugged into: whom does it reach under an address?
///
/// It learns from gratuitous ARP and unsolicited neighbour advertisements as Linux does, which for a second after a change
/// believes nobody else, and the switch learns the port of every hardware address that it sees.
public struct NeighborCache: Sendable {
    private struct Entry {
        var macAddress: MACAddress
        var learned: Instant
    }

    private var entries: [IPAddress: Entry] = [:]
    private var ports: [MACAddress: String] = [:]

    /// How long an entry stays as it is after it was changed.
    public var lockTime: Nanoseconds = .seconds(1)

    /// A host that knows nobody.
    public init() {}

    /// The hardware address that the host would send packets for `address` to.
    public func macAddress(of address: IPAddress) -> MACAddress? { entries[address]?.macAddress }

    /// The node at whose port packets for `address` would end.
    public func node(reachedAt address: IPAddress) -> String? { macAddress(of: address).flatMap { ports[$0] } }

    /// Learns from a frame that came in at the port of a node.
    mutating func hear(_ frame: [UInt8], from node: String, at now: Instant) {
        let octets = frame.span
        guard octets.count >= 14 else { return }
        ports[MACAddress(in: octets, at: 6)] = node
        switch octets.uint16(at: 12) {
        case 0x0806 where octets.count >= 42:
            learn(IPAddress(.ipv4, in: octets, at: 28), MACAddress(in: octets, at: 22), at: now)
        case 0x86dd where octets.count >= 86 && octets[20] == 58 && octets[54] == 136:
            // A neighbour advertisement, 40 octets of IPv6 header behind 14 of Ethernet.
            learn(IPAddress(.ipv6, in: octets, at: 62), MACAddress(in: octets, at: 80), at: now)
        default: return
        }
    }

    private mutating func learn(_ address: IPAddress, _ macAddress: MACAddress, at now: Instant) {
        if let entry = entries[address], now - entry.learned < lockTime { return }
        entries[address] = Entry(macAddress: macAddress, learned: now)
    }
}
