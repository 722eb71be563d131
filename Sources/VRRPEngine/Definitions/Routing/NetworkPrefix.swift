public import VRRP

/// The addresses that begin with the same bits: a network, or a single host.
public struct NetworkPrefix: Hashable, Sendable {
    /// An address of the network.
    public var address: IPAddress
    /// How many of its bits count, from 0 on.
    public var length: UInt8

    /// A prefix of at most the bits of the address.
    public init?(_ address: IPAddress, length: UInt8) {
        guard length <= address.family.maximumPrefixLength else { return nil }
        self.address = address
        self.length = length
    }

    /// `10.0.0.0/8`, `2001:db8::/32`, or an address alone for a host.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.flatMap({ IPAddress($0) }) else { return nil }
        guard parts.count == 2 else {
            self.init(address, length: address.family.maximumPrefixLength)
            return
        }
        let isNumber = parts[1].utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isNumber, let length = UInt8(parts[1]) else { return nil }
        self.init(address, length: length)
    }

    /// Every address of a family.
    public static func all(_ family: AddressFamily) -> NetworkPrefix {
        NetworkPrefix(address: RouterRuntime.unspecified(family), length: 0)
    }

    private init(address: IPAddress, length: UInt8) {
        self.address = address
        self.length = length
    }

    /// Whether every bit of the address is zero that does not count.
    public var hasNoHostBits: Bool {
        switch address {
        case .v4(let address): length >= 32 || address.rawValue << UInt32(length) == 0
        case .v6(let address):
            (length >= 64 || address.high << UInt64(length) == 0)
                && (length >= 128 || address.low << UInt64(max(0, Int(length) - 64)) == 0)
        }
    }

    /// The family of the address.
    public var family: AddressFamily { address.family }
}

extension NetworkPrefix: CustomStringConvertible {
    /// The prefix as `ip route` writes it: `10.0.0.0/8`, and `192.0.2.1` for a host.
    public var description: String {
        length == family.maximumPrefixLength ? "\(address)" : "\(address)/\(length)"
    }
}
