import VRRP
public import VRRPEngine

/// What a configuration for IP failover depends on besides the environment: the node's network as it is now.
public struct NodeFacts: Sendable {
    /// The interfaces with their addresses, in the kernel's order.
    public var interfaces: [HostInterface]
    /// The interface that leads to the world: the one of the route to 8.8.8.8; nil where there is no such route.
    public var outwardInterface: String?

    /// Describes a node.
    public init(interfaces: [HostInterface], outwardInterface: String?) {
        self.interfaces = interfaces
        self.outwardInterface = outwardInterface
    }

    /// Interfaces that are tried before the routes are asked, as OpenShift's image does; names of virtual machines.
    private static let usualInterfaces = ["enp0s3", "enp0s8", "eth1", "ens3"]

    /// The first of the wanted interfaces that is there, else a usual one, else the one that leads to the world.
    func interface(wanted: [String]) -> HostInterface? {
        let names = wanted + Self.usualInterfaces + [outwardInterface].compactMap(\.self)
        return names.lazy.compactMap { name in interfaces.first { $0.name == name } }.first
    }

    /// Reports that there is no interface to work on.
    func reportMissing(_ reader: inout EnvironmentReader) {
        let present = interfaces.filter { !$0.isLoopback }.map(\.name).sorted()
        reader.report(
            .interface,
            "there is no such interface, none of \(Self.usualInterfaces.joined(separator: ", ")), and no route to"
                + " 8.8.8.8; allowed is one of \(present.joined(separator: ", "))")
    }
}

extension HostInterface {
    /// The address that the node itself has here: the first of IPv4, else the lowest of IPv6, link-local ones last.
    ///
    /// - Parameter virtual: addresses that may have been left by a process that died, and are not the node's own.
    func ownAddress(besides virtual: [IPAddress]) -> IPAddress? {
        let virtual = Set(virtual)
        let own = addresses.filter {
            !$0.isTagged && $0.address.isUnicast && !virtual.contains($0.address)
        }.map(\.address)
        if let first = own.first(where: { $0.family == .ipv4 }) { return first }
        return own.filter { !$0.isIPv6LinkLocal }.min() ?? own.min()
    }
}
