import NetworkLab
import VRRP

/// The hosts of the tests that look at one daemon from outside: the device under test, an injector that forges adverts,
/// and an ordinary host, all on one segment.
enum StandardHosts {
    /// The Ethernet address of the device under test.
    static let deviceMAC = MACAddress(rawValue: 0x0200_0000_0010)
    /// The Ethernet address of the injector.
    static let injectorMAC = MACAddress(rawValue: 0x0200_0000_0020)

    /// The addresses of the device under test.
    static let deviceAddresses = ["192.0.2.10/24", "2001:db8:0:1::10/64", "fe80::ff:fe00:a/64"]
    /// The addresses of the injector.
    static let injectorAddresses = ["192.0.2.20/24", "2001:db8:0:1::20/64", "fe80::ff:fe00:b/64"]
    /// The addresses of the ordinary host.
    static let hostAddresses = ["192.0.2.50/24", "2001:db8:0:1::50/64", "fe80::ff:fe00:c/64"]
}

extension Lab {
    /// Adds the device under test.
    func device(addresses: [String] = StandardHosts.deviceAddresses, forwarding: Bool = false) async throws -> Host {
        try await host(
            "dut", addresses: addresses,
            options: HostOptions(forwarding: forwarding, hardwareAddress: StandardHosts.deviceMAC))
    }

    /// Adds the injector.
    func injector() async throws -> Host {
        try await host(
            "inj", addresses: StandardHosts.injectorAddresses,
            options: HostOptions(hardwareAddress: StandardHosts.injectorMAC))
    }

    /// Adds the ordinary host.
    func ordinaryHost() async throws -> Host { try await host("host", addresses: StandardHosts.hostAddresses) }
}

extension CapturedFrame {
    /// The virtual router that an advert is of; nil for other frames.
    var virtualRouterID: UInt8? {
        guard isVRRP, let message = packet?.payload, message.count > 1 else { return nil }
        return message[1]
    }

    /// The priority in an advert; nil for other frames.
    var advertisedPriority: UInt8? {
        guard isVRRP, let message = packet?.payload, message.count > 2 else { return nil }
        return message[2]
    }

    /// Whether this is a gratuitous ARP or an unsolicited neighbour advertisement for `address`.
    func announces(_ address: String) -> Bool {
        switch IPAddress(address) {
        case .v4(let address): arp.map { $0.isGratuitous && $0.senderAddress == address } ?? false
        case .v6(let address):
            neighborAdvertisement.map { $0.target == address && !$0.isSolicited } ?? false
        case nil: false
        }
    }

    /// Whether this is an announcement of any address.
    var isAnnouncement: Bool { arp?.isGratuitous ?? neighborAdvertisement.map { !$0.isSolicited } ?? false }

    /// The neighbour advertisement in the frame (RFC 4861, section 4.4); nil where there is none.
    var neighborAdvertisement: CapturedNeighborAdvertisement? {
        guard let packet, packet.protocolNumber == 58, packet.payload.count >= 24, packet.payload[0] == 136,
            case .v6(let target) = IPAddress(.ipv6, in: packet.payload.span, at: 8)
        else { return nil }
        let option = packet.payload.dropFirst(24)
        let link = option.count >= 8 && option.first == 2 ? MACAddress(in: packet.payload.span, at: 26) : nil
        return CapturedNeighborAdvertisement(flags: packet.payload[4], target: target, linkAddress: link)
    }
}

/// A neighbour advertisement on the wire.
struct CapturedNeighborAdvertisement: Sendable {
    /// R, S and O in the upper three bits.
    let flags: UInt8
    /// The address that is advertised.
    let target: IPv6Address
    /// The target link-layer address option.
    let linkAddress: MACAddress?

    /// Whether somebody had asked.
    var isSolicited: Bool { flags & 0x40 != 0 }
}
