public import VRRP

/// What packets are put into that take a route (LWTUNNEL_ENCAP_*), as `ip route` has it behind `encap`.
public enum RouteEncapsulation: Hashable, Sendable {
    /// An IPv4 packet of a tunnel interface that leaves the outer header to the route.
    case ipv4(TunnelHeader)
    /// An IPv6 packet of such an interface.
    case ipv6(TunnelHeader)
    /// Labels of MPLS, each at most 1,048,575, the outermost one first.
    case mpls(labels: [UInt32])
    /// Another upper half of the IPv6 destination (Identifier-Locator Addressing).
    case ila(locator: UInt64)

    /// The most labels that the kernel takes.
    public static let mostLabels = 30
    /// The greatest label.
    public static let greatestLabel: UInt32 = 0xfffff
}

/// The outer header of a tunnel; what is nil is left to the tunnel.
public struct TunnelHeader: Hashable, Sendable {
    /// The identifier of the tunnel, such as a VXLAN network identifier.
    public var identifier: UInt64?
    /// Where the outer packet goes.
    public var destination: IPAddress?
    /// Where it comes from.
    public var source: IPAddress?
    /// Its type of service or traffic class.
    public var trafficClass: UInt8?
    /// Its TTL or hop limit.
    public var hopLimit: UInt8?
    /// The kernel's flags of the tunnel (TUNNEL_*).
    public var flags: UInt16?

    /// A header that leaves all to the tunnel.
    public init() {}

    /// The greatest identifier: a number in JSON goes no further.
    public static let greatestIdentifier = UInt64(Int64.max)
}

extension RouteEncapsulation {
    /// What does not go together, as a clause; nil where all does.
    var problem: String? {
        switch self {
        case .ipv4(let header): header.problem(of: .ipv4)
        case .ipv6(let header): header.problem(of: .ipv6)
        case .mpls(let labels):
            (1...Self.mostLabels).contains(labels.count) && labels.allSatisfy { $0 <= Self.greatestLabel }
                ? nil : "has not 1 to \(Self.mostLabels) labels of 0 to \(Self.greatestLabel)"
        case .ila: nil
        }
    }
}

extension TunnelHeader {
    fileprivate func problem(of family: AddressFamily) -> String? {
        if [source, destination].contains(where: { $0.map { $0.family != family } ?? false }) {
            return "has addresses that are not \(family.name)"
        }
        if identifier ?? 0 > Self.greatestIdentifier { return "has an identifier above \(Self.greatestIdentifier)" }
        return destination == nil && identifier == nil ? "has neither destination nor identifier" : nil
    }
}
