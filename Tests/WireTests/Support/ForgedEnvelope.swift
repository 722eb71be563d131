import VRRP

/// The Ethernet and IP headers around a forged message, right or wrong in any field.
struct ForgedEnvelope: Sendable {
    var family: AddressFamily
    var sourceMAC: MACAddress
    var destinationMAC: MACAddress
    var source: IPAddress
    var destination: IPAddress
    /// The TTL or hop limit.
    var hopLimit: UInt8 = 255
    /// The IP protocol or next header.
    var protocolNumber: UInt8 = 112
    /// IPv4's options; a multiple of four octets.
    var options: [UInt8] = []
    /// IPv4's header length in words; nil counts.
    var headerWords: UInt8?
    /// The octet that fills a short frame up to 60 octets, as Ethernet hardware does; nil leaves it short.
    var padding: UInt8?

    /// The address that adverts of a family are injected from.
    static func injector(_ family: AddressFamily) -> IPAddress {
        switch family {
        case .ipv4: .v4(IPv4Address(192, 0, 2, 20))
        case .ipv6: .v6(IPv6Address(high: 0xfe80_0000_0000_0000, low: 0xff_fe00_000b))
        }
    }

    /// What a router of the protocol sends a multicast advert in.
    init(_ family: AddressFamily, virtualRouterID: UInt8) {
        self.family = family
        source = Self.injector(family)
        destination = family.vrrpGroup
        destinationMAC = .multicast(family.vrrpGroup)
        sourceMAC = VirtualRouterID(rawValue: virtualRouterID).map { .virtualRouter($0, family) } ?? .broadcast
    }

    /// What the checksum of VRRPv3 covers besides the message.
    func pseudoHeader(length: Int) -> [UInt8] {
        var octets: [UInt8] = []
        source.append(to: &octets)
        destination.append(to: &octets)
        octets +=
            family == .ipv4
            ? [0, 112, UInt8(length >> 8), UInt8(length & 0xff)]
            : [0, 0, UInt8(length >> 8), UInt8(length & 0xff), 0, 0, 0, 112]
        return octets
    }

    /// One frame with the whole message.
    func frame(of message: [UInt8], identification: UInt16) -> [UInt8] {
        switch family {
        case .ipv4: ethernet(ipv4Header(message.count, identification: identification, fragment: 0) + message)
        case .ipv6: ethernet(ipv6Header(message.count, next: protocolNumber) + message)
        }
    }

    /// Frames that carry at most `payload` octets of the message each; a multiple of eight.
    func fragments(of message: [UInt8], payload: Int, identification: UInt16) -> [[UInt8]] {
        stride(from: 0, to: message.count, by: payload).map { start in
            let part = Array(message[start..<min(start + payload, message.count)])
            let isLast = start + payload >= message.count
            switch family {
            case .ipv4:
                let field = UInt16(start / 8) | (isLast ? 0 : 0x2000)
                return ethernet(ipv4Header(part.count, identification: identification, fragment: field) + part)
            case .ipv6:
                let field = UInt16(start) | (isLast ? 0 : 1)
                let header: [UInt8] = [
                    protocolNumber, 0, UInt8(field >> 8), UInt8(field & 0xff), 0, 0, UInt8(identification >> 8),
                    UInt8(identification & 0xff),
                ]
                return ethernet(ipv6Header(header.count + part.count, next: 44) + header + part)
            }
        }
    }

    private func ipv4Header(_ length: Int, identification: UInt16, fragment: UInt16) -> [UInt8] {
        let total = 20 + options.count + length
        var octets: [UInt8] = [
            0x40 | (headerWords ?? UInt8(5 + options.count / 4)), 0xc0, UInt8(total >> 8), UInt8(total & 0xff),
            UInt8(identification >> 8), UInt8(identification & 0xff), UInt8(fragment >> 8), UInt8(fragment & 0xff),
            hopLimit, protocolNumber, 0, 0,
        ]
        source.append(to: &octets)
        destination.append(to: &octets)
        octets += options
        let sum = internetChecksum(Array(octets.prefix(Int(octets[0] & 0xf) * 4)))
        octets[10] = UInt8(sum >> 8)
        octets[11] = UInt8(sum & 0xff)
        return octets
    }

    private func ipv6Header(_ length: Int, next: UInt8) -> [UInt8] {
        var octets: [UInt8] = [0x6c, 0, 0, 0, UInt8(length >> 8), UInt8(length & 0xff), next, hopLimit]
        source.append(to: &octets)
        destination.append(to: &octets)
        return octets
    }

    private func ethernet(_ packet: [UInt8]) -> [UInt8] {
        var octets: [UInt8] = []
        destinationMAC.append(to: &octets)
        sourceMAC.append(to: &octets)
        octets += family == .ipv4 ? [0x08, 0x00] : [0x86, 0xdd]
        octets += packet
        if let padding, octets.count < 60 { octets += [UInt8](repeating: padding, count: 60 - octets.count) }
        return octets
    }
}
