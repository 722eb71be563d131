import NetworkLab
import VRRP

/// A VRRPv3 advert on the wire, as far as the demonstration asks for it (RFC 9568, section 5.1).
struct Advert {
    /// When it passed the bridge.
    let time: Timestamp
    let source: IPAddress
    let identifier: UInt8
    /// 0 says that the sender gives up.
    let priority: UInt8
    let interval: Duration

    /// Nil when the frame carries no such advert.
    init?(_ frame: CapturedFrame) {
        guard let packet = frame.packet, packet.protocolNumber == 112, packet.payload.count >= 8,
            packet.payload[0] == 0x31
        else { return nil }
        time = frame.time
        source = packet.source
        identifier = packet.payload[1]
        priority = packet.payload[2]
        interval = .milliseconds(10 * (Int(packet.payload[4] & 0xf) << 8 | Int(packet.payload[5])))
    }
}
