import Testing
import VRRP

@Suite("What others say of where an address is")
struct NeighborClaimTests {
    private let macAddress = MACAddress(rawValue: 0x0200_0000_0020)
    private let ipv4 = IPv4Address(192, 0, 2, 100)
    private let ipv6 = IPv6Address(high: 0x2001_0db8_0000_0001, low: 0x64)

    private var arp: [UInt8] {
        var frame: [UInt8] = []
        NeighborAnnouncement.appendGratuitousARP(ipv4, from: macAddress, to: &frame)
        return Array(frame[14...])
    }

    private var advertisement: [UInt8] {
        var frame: [UInt8] = []
        NeighborAnnouncement.appendNeighborAdvertisement(ipv6, from: macAddress, to: &frame)
        return Array(frame[54...])
    }

    @Test("What this program announces itself is understood, and padding behind it")
    func own() {
        let claim = NeighborClaim(.v4(ipv4), at: macAddress)
        #expect(NeighborClaim(arp: arp.span) == claim)
        #expect(NeighborClaim(arp: (arp + [UInt8](repeating: 0, count: 18)).span) == claim)
        #expect(NeighborClaim(icmpv6: advertisement.span, hopLimit: 255) == NeighborClaim(.v6(ipv6), at: macAddress))
    }

    @Test(
        "ARP that claims nothing: a probe, another network, another operation, no hardware address of a host",
        arguments: [(14, [0, 0, 0, 0]), (0, [0, 6]), (2, [0x86, 0xdd]), (4, [8]), (5, [16]), (6, [0, 8]), (8, [1])]
            as [(Int, [UInt8])])
    func otherARP(offset: Int, octets: [UInt8]) {
        var packet = arp
        packet.replaceSubrange(offset..<offset + octets.count, with: octets)
        #expect(NeighborClaim(arp: packet.span) == nil)
    }

    @Test("A reply claims as a request does")
    func reply() {
        var packet = arp
        packet[7] = 2
        #expect(NeighborClaim(arp: packet.span) != nil)
    }

    @Test("A neighbour advertisement may have other options first; without the option, or from afar, it claims nothing")
    func otherAdvertisements() {
        var packet = advertisement
        packet.insert(contentsOf: [14, 1, 0, 0, 0, 0, 0, 0], at: 24)
        #expect(NeighborClaim(icmpv6: packet.span, hopLimit: 255)?.macAddress == macAddress)
        #expect(NeighborClaim(icmpv6: packet.span, hopLimit: 254) == nil)
        packet[25] = 0
        #expect(NeighborClaim(icmpv6: packet.span, hopLimit: 255) == nil, "an option of no length")
        #expect(NeighborClaim(icmpv6: Array(advertisement[..<24]).span, hopLimit: 255) == nil)
        var solicitation = advertisement
        solicitation[0] = 135
        #expect(NeighborClaim(icmpv6: solicitation.span, hopLimit: 255) == nil)
    }

    @Test("Whatever is cut off or random is read within its bounds")
    func hostile() {
        for length in 0..<28 { #expect(NeighborClaim(arp: Array(arp[..<length]).span) == nil) }
        for length in 0..<32 {
            #expect(NeighborClaim(icmpv6: Array(advertisement[..<length]).span, hopLimit: 255) == nil)
        }
        var generator = SplitMix64(seed: 7)
        for _ in 0..<2000 {
            var message = generator.octets(.random(in: 0...64, using: &generator))
            if message.count > 2 { message.replaceSubrange(0..<2, with: [136, 0]) }
            let claim = NeighborClaim(icmpv6: message.span, hopLimit: 255)
            if let claim { #expect(claim.address.family == .ipv6 && claim.macAddress.isUnicast && message.count >= 32) }
        }
    }
}
