import VRRP

/// A frame on its way to being malformed.
struct Mutation {
    private(set) var octets: [UInt8]

    init(octets: [UInt8]) { self.octets = octets }

    /// Changes one thing: a bit, an octet, a telling value, the length.
    mutating func change(using generator: inout SplitMix64) {
        guard octets.count > 34 else { return }
        let random = generator.next()
        // Most changes fall behind the Ethernet header, where the reading happens.
        let place = 12 + Int(random >> 8 & 0xffff) % (octets.count - 12)
        switch random & 7 {
        case 0, 1: octets[place] ^= 1 << UInt8(random >> 24 & 7)
        case 2: octets[place] = UInt8(truncatingIfNeeded: random >> 24)
        case 3: octets[place] = [0, 1, 0x7f, 0x80, 0xff, 0x45, 0x31, 0x21][Int(random >> 24 & 7)]
        case 4: octets.removeLast(Int(random >> 24 & 0xff) % (octets.count - 30))
        case 5: octets += repeatElement(UInt8(truncatingIfNeeded: random >> 32), count: Int(random >> 24 & 31))
        case 6: octets[messageOffset + Int(random >> 24 & 7)] = UInt8(truncatingIfNeeded: random >> 32)
        default: octets.swapAt(place, 12 + Int(random >> 32 & 0xffff) % (octets.count - 12))
        }
    }

    /// Makes the checksum of an IPv4 header without options right.
    mutating func repairIPv4Header() {
        guard octets.count >= 34, octets[12] == 0x08 else { return }
        octets.setUInt16(0, at: 24)
        octets.setUInt16(ReferenceChecksum.of(Array(octets[14..<34])), at: 24)
    }

    /// Makes the checksum of the message right, as far as the frame still has one.
    mutating func repairChecksum() {
        guard let packet = IPPacket(ethernet: octets.span), packet.message.count >= 8 else { return }
        let field = packet.message.lowerBound + 6
        octets.setUInt16(0, at: field)
        let message = Array(octets[packet.message])
        let header =
            message[0] >> 4 == 2
            ? []
            : ReferenceChecksum.pseudoHeader(
                source: packet.datagram.source, destination: packet.datagram.destination, length: message.count)
        octets.setUInt16(ReferenceChecksum.of(header + message), at: field)
    }

    /// Where the message of an untouched frame starts; near enough for a touched one.
    private var messageOffset: Int { octets[12] == 0x86 && octets.count >= 62 ? 54 : min(34, octets.count - 8) }
}
