import VRRP

/// A virtual router of the demonstration, as far as it can be seen from outside.
struct FloatingRouter: Sendable {
    /// What it is called here.
    let name: String
    /// What vrrpd calls it, where that is something else.
    var definitionName: String?
    /// Whether it stays where it is, so that its hosts heed adverts of any priority.
    var isSticky = false
    /// Its identifier.
    let identifier: UInt8
    /// The address that clients use.
    let address: IPAddress

    /// What announces an address to the neighbours in the router's family.
    var announcement: String { address.family == .ipv4 ? "gratuitous ARP" : "neighbour advertisement" }

    static let web = FloatingRouter(name: "web", identifier: 51, address: .v4(IPv4Address(192, 0, 2, 100)))
    static let dns = FloatingRouter(name: "dns", identifier: 52, address: .v4(IPv4Address(192, 0, 2, 101)))
    static let web6 = FloatingRouter(
        name: "web6", identifier: 51, address: .v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: 0x100)))

    /// Those of the example configuration.
    static let ofConfiguration = [web, web6, dns]

    /// What vrrpd calls it.
    var nameInLog: String { definitionName ?? name }
}
