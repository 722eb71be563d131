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
    /// The other end of a point-to-point link, of the same family; `prefixLength` is the length of its prefix then.
    public var peer: IPAddress?
    /// How many seconds connections may start from the address (IFA_CACHEINFO); `UInt32.max` is forever, and 0 makes it
    /// deprecated from the start. IPv6 only; nil is 0 with a prefix of the full length, else forever.
    public var preferredLifetime: UInt32?
    /// How the kernel treats the address.
    public var options: Options = []
    /// Whether the address is put back when somebody removes it, and its own interface must be up.
    public var isTracked = true

    /// Flags of the kernel (IFA_F_*), off by default.
    public struct Options: OptionSet, Hashable, Sendable {
        /// One bit for each option.
        public let rawValue: UInt8
        /// The options whose bits are set.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The home address of a mobile node (RFC 6275); IPv6 only.
        public static let home = Options(rawValue: 1)
        /// Look for duplicates before the address is used, which can take more than a second; IPv6 only.
        public static let duplicateDetection = Options(rawValue: 2)
        /// The kernel makes temporary addresses after this one (RFC 8981); IPv6 with a prefix of 64 only.
        public static let temporaryAddresses = Options(rawValue: 4)
        /// No route to the network of the address comes with it.
        public static let noPrefixRoute = Options(rawValue: 8)
    }

    /// An address with a host prefix unless another length is given.
    public init(_ address: IPAddress, prefixLength: UInt8? = nil) {
        self.address = address
        self.prefixLength = prefixLength ?? address.family.maximumPrefixLength
    }
}

extension VirtualAddress {
    /// The preferred lifetime in seconds that an IPv6 address gets.
    ///
    /// An address that brings no network along is good to be reached at and never chosen as a source (RFC 6724, section
    /// 5, rule 3).
    public var effectivePreferredLifetime: UInt32 {
        preferredLifetime ?? (prefixLength == address.family.maximumPrefixLength ? 0 : .max)
    }
}

extension VirtualAddress: CustomStringConvertible {
    /// The address as `ip address` writes it: `192.0.2.1/24`, the prefix left out where it is the full length.
    public var description: String {
        let suffix = prefixLength == address.family.maximumPrefixLength ? "" : "/\(prefixLength)"
        return peer.map { "\(address) peer \($0)\(suffix)" } ?? "\(address)\(suffix)"
    }
}
