public import VRRP

/// An address that the active router holds, with what the kernel needs to configure it.
public struct VirtualAddress: Hashable, Sendable {
    /// The address itself.
    public var address: IPAddress
    /// The length of its prefix in bits; the full length unless the address is to bring a route to its network along.
    public var prefixLength: UInt8
    /// The interface that holds it; nil is the interface of the virtual router, or its virtual MAC interface.
    public var interface: String?
    /// An alias name as `ip address` shows it; IPv4 only, 1 to 15 octets.
    public var label: String?
    /// The kernel's scope: 0 global, 253 link, 254 host; IPv4 only.
    public var scope: UInt8 = 0
    /// The broadcast address; IPv4 only.
    public var broadcast: IPv4Address?

    /// An address with a host prefix unless another length is given.
    public init(_ address: IPAddress, prefixLength: UInt8? = nil) {
        self.address = address
        self.prefixLength = prefixLength ?? address.family.maximumPrefixLength
    }
}

extension VirtualAddress: CustomStringConvertible {
    /// The address as `ip address` writes it: `192.0.2.1/24`, the prefix left out where it is the full length.
    public var description: String {
        prefixLength == address.family.maximumPrefixLength ? "\(address)" : "\(address)/\(prefixLength)"
    }
}
