import VRRP

/// The surroundings of the reception tests: a backup of virtual router 77 with two addresses, and a neighbour that
/// sends it packets.
enum Bench {
    static let local = IPAddress.v4(IPv4Address(192, 0, 2, 10))
    static let injector = IPAddress.v4(IPv4Address(192, 0, 2, 20))
    static let addresses: [IPAddress] = [.v4(IPv4Address(192, 0, 2, 100)), .v4(IPv4Address(192, 0, 2, 101))]

    static let local6 = IPAddress.v6(IPv6Address(high: 0xfe80 << 48, low: 0xff_fe00_000a))
    static let injector6 = IPAddress.v6(IPv6Address(high: 0xfe80 << 48, low: 0xff_fe00_000b))
    static let addresses6: [IPAddress] = [
        .v6(IPv6Address(high: 0xfe80 << 48, low: 0x64)), .v6(IPv6Address(high: 0x2001_0db8_0000_0001, low: 0x64)),
    ]

    /// The rules of the backup.
    static func rules(_ version: ProtocolVersion = .v3, _ family: AddressFamily = .ipv4) -> ReceptionRules {
        var rules = ReceptionRules(
            version: version, family: family, addresses: family == .ipv4 ? addresses : addresses6)
        rules.ownAddress = family == .ipv4 ? local : local6
        return rules
    }

    /// The rules of a backup that hears one unicast peer.
    static func unicastRules(minimumHopLimit: UInt8 = 255) -> ReceptionRules {
        var rules = rules()
        rules.destination = local
        rules.peers = [.init(address: injector, minimumHopLimit: minimumHopLimit)]
        return rules
    }
}

extension ReceptionRules {
    /// The rules after a change.
    func with(_ change: (inout ReceptionRules) -> Void) -> ReceptionRules {
        var copy = self
        change(&copy)
        return copy
    }
}
