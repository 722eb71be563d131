public import VRRP

/// A virtual router of FRR's vrrpd.
public struct FRRVirtualRouter: Sendable {
    /// The virtual router identifier.
    public var id: VirtualRouterID
    /// The addresses without prefix lengths; all of one family.
    public var addresses: [IPAddress]
    /// 1...254, or 255 for the owner.
    public var priority: Int
    /// 2 or 3.
    public var version: Int
    /// The time between two adverts in milliseconds, a multiple of 10.
    public var advertisementInterval: Int
    /// Whether it takes over from a router with a lower priority.
    public var preempts: Bool

    /// A virtual router with FRR's own defaults, apart from what must be said.
    public init(
        id: VirtualRouterID, addresses: [IPAddress], priority: Int = 100, version: Int = 3,
        advertisementInterval: Int = 1_000, preempts: Bool = true
    ) {
        self.id = id
        self.addresses = addresses
        self.priority = priority
        self.version = version
        self.advertisementInterval = advertisementInterval
        self.preempts = preempts
    }

    /// The family, that of the first address.
    var family: AddressFamily { addresses.first?.family ?? .ipv4 }

    /// The device with the virtual MAC address, which FRR finds by that address.
    func device(on index: Int) -> String {
        (family == .ipv4 ? "vrrp4-" : "vrrp6-") + "\(index)-\(id.rawValue)"
    }

    /// The `ip` commands that make the device on top of `interface`.
    func deviceCommands(interface: String, index: Int) -> [String] {
        let device = device(on: index)
        let address = MACAddress.virtualRouter(id, family)
        let prefix = family.maximumPrefixLength
        return [
            "link add name \(device) link \(interface) type macvlan mode bridge",
            // A link-local address from the virtual MAC address would be the same on every router.
            "link set dev \(device) addrgenmode random",
            "link set dev \(device) address \(address)",
        ]
            + addresses.map { "addr add \($0)/\(prefix) \(family == .ipv6 ? "nodad" : "") dev \(device)" }
            + ["link set dev \(device) up"]
    }

    /// The lines of FRR's configuration below `interface`.
    var configuration: [String] {
        let prefix = "vrrp \(id.rawValue)"
        return [
            "\(prefix) version \(version)",
            "\(prefix) priority \(priority)",
            "\(prefix) advertisement-interval \(advertisementInterval)",
            preempts ? "\(prefix) preempt" : "no \(prefix) preempt",
        ] + addresses.map { "\(prefix) \(family == .ipv4 ? "ip" : "ipv6") \($0)" }
    }
}
