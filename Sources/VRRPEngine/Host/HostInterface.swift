public import VRRP

/// An interface of the node as its kernel describes it.
public struct HostInterface: Equatable, Sendable {
    /// The kernel's number of the interface; another one after it was removed and made again.
    public var index: Int32
    /// The name, which may change.
    public var name: String
    /// Whether it is administratively up and has a carrier.
    public var isRunning: Bool
    /// The hardware address; nil where there is none, as on a tunnel.
    public var macAddress: MACAddress?
    /// The largest IP packet that it carries, in octets.
    public var mtu: Int
    /// Whether it is a loopback interface.
    public var isLoopback: Bool
    /// Its addresses in the kernel's order.
    public var addresses: [HostAddress]

    /// Describes an interface.
    public init(
        index: Int32, name: String, isRunning: Bool, macAddress: MACAddress?, mtu: Int = 1500, isLoopback: Bool = false,
        addresses: [HostAddress] = []
    ) {
        self.index = index
        self.name = name
        self.isRunning = isRunning
        self.macAddress = macAddress
        self.mtu = mtu
        self.isLoopback = isLoopback
        self.addresses = addresses
    }
}

/// An address on an interface of the node.
public struct HostAddress: Hashable, Sendable {
    /// The address.
    public var address: IPAddress
    /// The length of its prefix in bits.
    public var prefixLength: UInt8
    /// Whether the kernel calls it secondary: another address of the same network came first.
    public var isSecondary: Bool
    /// Whether it cannot be used yet or any more: duplicate address detection runs or has failed.
    public var isTentative: Bool
    /// The kernel's note of who configured it (IFA_PROTO); 0 where the kernel does not say.
    public var originTag: UInt8

    /// Describes an address.
    public init(
        _ address: IPAddress, prefixLength: UInt8, isSecondary: Bool = false, isTentative: Bool = false,
        originTag: UInt8 = 0
    ) {
        self.address = address
        self.prefixLength = prefixLength
        self.isSecondary = isSecondary
        self.isTentative = isTentative
        self.originTag = originTag
    }

    /// The tag on the addresses that an engine configures which is alone on its node: the number of the protocol, 112.
    public static let ownTag: UInt8 = 112
    /// The tags of engines that share a node.
    public static let ownerTags: ClosedRange<UInt8> = 112...127

    /// Whether an engine has configured the address, be it this one, another one or one that is dead.
    public var isTagged: Bool { Self.ownerTags.contains(originTag) }
}
