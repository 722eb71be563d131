public import VRRP

/// How a host of the lab differs from a plain one.
public struct HostOptions: Sendable {
    /// Whether the host forwards packets of both families between its interfaces.
    public var forwarding: Bool
    /// The kernel's `rp_filter` of all interfaces: 0 is off, 1 strict, 2 loose.
    public var reversePathFilter: Int
    /// The Ethernet address of the first interface; nil lets the lab choose one that is its own.
    public var hardwareAddress: MACAddress?

    /// A plain host unless told otherwise.
    public init(forwarding: Bool = false, reversePathFilter: Int = 0, hardwareAddress: MACAddress? = nil) {
        self.forwarding = forwarding
        self.reversePathFilter = reversePathFilter
        self.hardwareAddress = hardwareAddress
    }
}
