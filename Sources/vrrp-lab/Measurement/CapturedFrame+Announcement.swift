import NetworkLab
import VRRP

extension CapturedFrame {
    /// The address that the frame announces to everybody: by a gratuitous ARP packet (RFC 5227, section 3) or by an
    /// unsolicited neighbour advertisement (RFC 4861, section 7.2.6); nil when it announces none.
    var announcedAddress: IPAddress? {
        if let arp { return arp.isGratuitous ? .v4(arp.senderAddress) : nil }
        guard let packet, packet.protocolNumber == 58, packet.payload.count >= 24, packet.payload[0] == 136,
            packet.destination.isMulticast
        else { return nil }
        return IPAddress(.ipv6, in: packet.payload.span, at: 8)
    }
}
