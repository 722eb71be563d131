public import VRRP

/// An IPv4 or IPv6 packet in a captured frame.
public struct CapturedPacket: Sendable {
    /// The address that the packet comes from.
    public let source: IPAddress
    /// The address that the packet is for.
    public let destination: IPAddress
    /// IPv4's time to live or IPv6's hop limit.
    public let timeToLive: UInt8
    /// IPv4's type of service or IPv6's traffic class.
    public let trafficClass: UInt8
    /// IPv4's protocol, or the next header of IPv6's fixed header: 112 is VRRP.
    public let protocolNumber: UInt8
    /// What follows the IP header; extension headers of IPv6 are not taken off, padding of the frame is.
    public let payload: [UInt8]

    /// Reads the packet that a frame of the type `etherType` carries; nil when it is none or is cut short.
    init?(_ octets: ArraySlice<UInt8>, etherType: UInt16) {
        let octets = Array(octets)
        switch etherType {
        case 0x0800:
            guard octets.count >= 20, octets[0] >> 4 == 4 else { return nil }
            let header = Int(octets[0] & 0xf) * 4
            let length = Int(octets[2]) << 8 | Int(octets[3])
            guard header >= 20, length >= header, length <= octets.count else { return nil }
            trafficClass = octets[1]
            timeToLive = octets[8]
            protocolNumber = octets[9]
            source = IPAddress(.ipv4, in: octets.span, at: 12)
            destination = IPAddress(.ipv4, in: octets.span, at: 16)
            payload = Array(octets[header..<length])
        case 0x86dd:
            guard octets.count >= 40, octets[0] >> 4 == 6 else { return nil }
            let length = 40 + (Int(octets[4]) << 8 | Int(octets[5]))
            guard length <= octets.count else { return nil }
            trafficClass = octets[0] << 4 | octets[1] >> 4
            timeToLive = octets[7]
            protocolNumber = octets[6]
            source = IPAddress(.ipv6, in: octets.span, at: 8)
            destination = IPAddress(.ipv6, in: octets.span, at: 24)
            payload = Array(octets[40..<length])
        default: return nil
        }
    }
}
