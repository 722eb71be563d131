import NetworkLab
import VRRP

/// What matters of a frame: which node sent which advert, or announced which address.
struct WireEvent: Sendable {
    /// What was sent.
    enum Kind: Sendable, Equatable {
        /// An advert of VRRP for IPv4.
        case advert(identifier: UInt8, priority: UInt8)
        /// A gratuitous ARP packet.
        case announcement(IPv4Address)
    }

    /// The kernel's time stamp, nanoseconds of CLOCK_REALTIME.
    let time: Double
    /// The node, by its place in the bed.
    let node: Int
    let kind: Kind

    /// Nil for a frame of another kind, or of another sender than the first interface of a node.
    init?(_ frame: CapturedFrame) {
        guard let node = Bed.hardwareAddresses.firstIndex(of: frame.source) else { return nil }
        let octets = frame.octets
        switch frame.etherType {
        case 0x0800:
            guard octets.count >= 42, octets[14] == 0x45, octets[23] == 112 else { return nil }
            kind = .advert(identifier: octets[35], priority: octets[36])
        case 0x0806:
            guard let arp = frame.arp, arp.isGratuitous else { return nil }
            kind = .announcement(arp.senderAddress)
        default: return nil
        }
        self.node = node
        time = Double(frame.time.nanoseconds)
    }
}
