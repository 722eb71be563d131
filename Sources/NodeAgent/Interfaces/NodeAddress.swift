public import VRRP

/// An address that an interface of the node has.
public struct NodeAddress: Hashable, Sendable {
    /// The name of the interface.
    public var interface: String
    /// The address.
    public var address: IPAddress

    /// An address of an interface.
    public init(interface: String, address: IPAddress) {
        self.interface = interface
        self.address = address
    }

    /// Interfaces that no packet comes in by: whoever is meant by one of their addresses, it is not the node on a link. In its
    /// mode "ipvs" kube-proxy gives the address of every Service to an interface of its own.
    private static let innerInterfaces: Set<String> = ["lo", "kube-ipvs0"]

    /// Whether packets come in by the interface.
    public var isOnLink: Bool { !Self.innerInterfaces.contains(interface) }
}

extension Sequence<NodeAddress> {
    /// The interfaces that have an address.
    public func interfaces(with address: IPAddress) -> Set<String> {
        Set(filter { $0.address == address && $0.isOnLink }.map(\.interface))
    }

    /// The addresses that the node can be reached by, from other links as well, in order.
    public var reachable: [IPAddress] {
        filter { $0.isOnLink && !$0.address.isIPv6LinkLocal }.map(\.address).sorted()
    }
}
