public import VRRP

/// An Ethernet frame as it passed an interface, with what a test asks of it.
///
/// This view is written for the lab alone and shares no parser with the daemon, so that the two can disagree.
public struct CapturedFrame: Sendable {
    /// Which way a frame went, seen from the interface that was listened to.
    public enum Direction: Sendable {
        /// Received, for whomever it was meant.
        case incoming
        /// Sent by the host itself.
        case outgoing
    }

    /// When the kernel saw the frame.
    public let time: Timestamp
    /// Which way it went.
    public let direction: Direction
    /// The frame from the destination address on, without the frame check sequence.
    public let octets: [UInt8]

    /// A frame seen at `time`.
    public init(time: Timestamp, direction: Direction, octets: [UInt8]) {
        self.time = time
        self.direction = direction
        self.octets = octets
    }

    /// The Ethernet address that the frame is for; zero when the frame is too short to say.
    public var destination: MACAddress { MACAddress(rawValue: number(at: 0, octets: 6)) }
    /// The Ethernet address that the frame comes from.
    public var source: MACAddress { MACAddress(rawValue: number(at: 6, octets: 6)) }
    /// The protocol of the frame: 0x0800 IPv4, 0x0806 ARP, 0x86dd IPv6.
    public var etherType: UInt16 { UInt16(truncatingIfNeeded: number(at: 12, octets: 2)) }

    /// Whether this is an ARP packet.
    public var isARP: Bool { etherType == 0x0806 }
    /// Whether this is a VRRP advert of either family.
    public var isVRRP: Bool { packet?.protocolNumber == 112 }

    /// The IP packet in the frame; nil when there is none.
    public var packet: CapturedPacket? { CapturedPacket(octets.dropFirst(14), etherType: etherType) }

    /// The ARP packet in the frame (RFC 826); nil when there is none.
    public var arp: CapturedARP? {
        guard isARP, octets.count >= 42 else { return nil }
        return CapturedARP(
            operation: UInt16(truncatingIfNeeded: number(at: 20, octets: 2)),
            senderHardwareAddress: MACAddress(rawValue: number(at: 22, octets: 6)),
            senderAddress: IPv4Address(rawValue: UInt32(truncatingIfNeeded: number(at: 28, octets: 4))),
            targetHardwareAddress: MACAddress(rawValue: number(at: 32, octets: 6)),
            targetAddress: IPv4Address(rawValue: UInt32(truncatingIfNeeded: number(at: 38, octets: 4))))
    }

    private func number(at offset: Int, octets count: Int) -> UInt64 {
        guard octets.count >= offset + count else { return 0 }
        return octets[offset..<offset + count].reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// An ARP packet for IPv4 over Ethernet (RFC 826).
public struct CapturedARP: Hashable, Sendable {
    /// 1 is a request, 2 a reply.
    public let operation: UInt16
    /// The Ethernet address of the sender.
    public let senderHardwareAddress: MACAddress
    /// The IPv4 address of the sender.
    public let senderAddress: IPv4Address
    /// The Ethernet address of the target; without meaning in a request.
    public let targetHardwareAddress: MACAddress
    /// The IPv4 address of the target.
    public let targetAddress: IPv4Address

    /// Whether the packet announces its sender's address to everybody (RFC 5227, section 3).
    public var isGratuitous: Bool { senderAddress == targetAddress }
}

extension CapturedFrame: CustomStringConvertible {
    /// The frame in hexadecimal digits, after the way it went.
    public var description: String {
        let digits = octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return "\(direction == .incoming ? "<" : ">") \(digits)"
    }
}
