import VRRP

/// What an ordinary neighbour asks on a link, as frames.
struct ForgedRequest: Sendable {
    /// The Ethernet address of the asker.
    var hardwareAddress: MACAddress
    /// The addresses of the asker.
    var ipv4: IPv4Address
    var ipv6: IPv6Address

    /// The injector of the standard hosts.
    static let injector = ForgedRequest(
        hardwareAddress: StandardHosts.injectorMAC, ipv4: IPv4Address(192, 0, 2, 20),
        ipv6: IPv6Address(high: 0xfe80_0000_0000_0000, low: 0xff_fe00_000b))

    /// An ARP request to everybody for an address (RFC 826).
    func arp(_ target: IPv4Address) -> [UInt8] {
        var octets: [UInt8] = []
        MACAddress.broadcast.append(to: &octets)
        hardwareAddress.append(to: &octets)
        octets += [0x08, 0x06, 0, 1, 0x08, 0, 6, 4, 0, 1]
        hardwareAddress.append(to: &octets)
        IPAddress.v4(ipv4).append(to: &octets)
        octets += [0, 0, 0, 0, 0, 0]
        IPAddress.v4(target).append(to: &octets)
        return octets
    }

    /// A neighbour solicitation for an address (RFC 4861, section 4.3).
    func neighborSolicitation(_ target: IPv6Address) -> [UInt8] {
        var message: [UInt8] = [135, 0, 0, 0, 0, 0, 0, 0]
        IPAddress.v6(target).append(to: &message)
        message += [1, 1]
        hardwareAddress.append(to: &message)
        return icmpv6(message, to: target.solicitedNodeGroup)
    }

    /// A router solicitation (RFC 4861, section 4.1).
    func routerSolicitation() -> [UInt8] {
        icmpv6([133, 0, 0, 0, 0, 0, 0, 0], to: IPv6Address(high: 0xff02_0000_0000_0000, low: 2))
    }

    /// An ICMP echo request to an IPv4 address in a frame to `destination` (RFC 792).
    func echo(_ target: IPv4Address, inFrameTo destination: MACAddress) -> [UInt8] {
        var message: [UInt8] = [8, 0, 0, 0, 0x4d, 0x4d, 0, 1]
        let sum = internetChecksum(message)
        message[2] = UInt8(sum >> 8)
        message[3] = UInt8(sum & 0xff)
        var envelope = ForgedEnvelope(.ipv4, virtualRouterID: 1)
        (envelope.sourceMAC, envelope.destinationMAC) = (hardwareAddress, destination)
        (envelope.source, envelope.destination) = (.v4(ipv4), .v4(target))
        (envelope.hopLimit, envelope.protocolNumber) = (64, 1)
        return envelope.frame(of: message, identification: 1)
    }

    private func icmpv6(_ message: [UInt8], to group: IPv6Address) -> [UInt8] {
        var envelope = ForgedEnvelope(.ipv6, virtualRouterID: 1)
        (envelope.sourceMAC, envelope.destinationMAC) = (hardwareAddress, .multicast(.v6(group)))
        (envelope.source, envelope.destination) = (.v6(ipv6), .v6(group))
        envelope.protocolNumber = 58
        var pseudoHeader = envelope.pseudoHeader(length: message.count)
        pseudoHeader[pseudoHeader.count - 1] = 58
        var message = message
        let sum = internetChecksum(pseudoHeader + message)
        message[2] = UInt8(sum >> 8)
        message[3] = UInt8(sum & 0xff)
        return envelope.frame(of: message, identification: 0)
    }
}

extension ForgedAdvert {
    /// An advert that puts a router of any lower priority into Backup for 147 s, as it promises one every 40.95 s.
    static func demotion(
        id: UInt8 = 77, _ family: AddressFamily = .ipv4, addresses: [String]? = nil
    ) -> ForgedAdvert {
        let texts = addresses ?? RouterText.addresses(family)
        return ForgedAdvert(id: id, addresses: texts.compactMap { IPAddress($0) }).with {
            $0.priority = 255
            $0.maximumInterval = 4095
        }
    }
}
