public import VRRP

/// An interface of a host, as the lab makes it and makes it again.
public struct InterfaceDefinition: Sendable {
    /// The name inside the host: `eth0`.
    public let name: String
    /// The Ethernet address.
    public let hardwareAddress: MACAddress
    /// The addresses with their prefix lengths: `192.0.2.10/24`, `fe80::ff:fe00:a/64`.
    public let addresses: [String]
    /// The segment that the interface is plugged into.
    public let segment: String

    /// The name of the bridge's end of the cable.
    let port: String

    /// The `ip` commands that put the addresses on the interface and bring it up.
    var commands: [String] {
        // With a link-local address of the test's choice the kernel shall not add another one.
        let ownLinkLocal = addresses.contains { address in
            IPAddress(address.prefix { $0 != "/" })?.isIPv6LinkLocal == true
        }
        return ["link set dev \(name) address \(hardwareAddress)"]
            + (ownLinkLocal ? ["link set dev \(name) addrgenmode none"] : [])
            + ["link set dev \(name) up"]
            + addresses.map { address in
                "addr add \(address) \(address.contains(":") ? "nodad" : "brd +") dev \(name)"
            }
    }
}
