public import VRRP

/// A network: the addresses that begin with the same bits.
public struct AddressRange: Hashable, Sendable {
    /// The first address.
    public let network: IPAddress
    /// The number of bits that are the same.
    public let prefixLength: Int

    /// Parses `address/length`; nil where the text is none, or where bits behind the prefix are set.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(parts[0]), let length = Int(parts[1]),
            String(length) == parts[1],
            (0...Int(address.family.maximumPrefixLength)).contains(length)
        else { return nil }
        network = address
        prefixLength = length
        guard Self.prefix(of: address, length) == Self.bits(of: address) else { return nil }
    }

    /// Whether an address lies in the network.
    public func contains(_ address: IPAddress) -> Bool {
        address.family == network.family && Self.prefix(of: address, prefixLength) == Self.bits(of: network)
    }

    private static func bits(of address: IPAddress) -> UInt128 {
        switch address {
        case .v4(let address): UInt128(address.rawValue) << 96
        case .v6(let address): UInt128(address.high) << 64 | UInt128(address.low)
        }
    }

    private static func prefix(of address: IPAddress, _ length: Int) -> UInt128 {
        length == 0 ? 0 : bits(of: address) & (UInt128.max << UInt128(128 - length))
    }
}

extension AddressRange: CustomStringConvertible {
    /// `address/length`.
    public var description: String { "\(network)/\(prefixLength)" }
}
