public import VRRP

/// A route that the active router has, with what the kernel needs to configure it; the words are those of `ip route`.
public struct VirtualRoute: Hashable, Sendable {
    /// What happens to packets.
    public var kind = Kind.unicast
    /// Where packets go that take it.
    public var destination: NetworkPrefix
    /// Where packets come from that take it; IPv6 only, nil for anywhere.
    public var source: NetworkPrefix?
    /// The next hop; of IPv6 also for an IPv4 route.
    public var gateway: IPAddress?
    /// The interface that packets leave by; nil leaves it to the kernel.
    public var interface: String?
    /// The next hops of a route that has several, instead of `gateway` and `interface`.
    public var nextHops: [NextHop] = []
    /// What packets are put into; nil for nothing.
    public var encapsulation: RouteEncapsulation?
    /// Whether a gateway is a neighbour on the interface although no network of the interface contains it.
    public var isOnLink = false
    /// The source address that the node itself uses on the way.
    public var preferredSource: IPAddress?
    /// The routing table: 254 is `main`.
    public var table: UInt32 = 254
    /// The type of service that packets must have; 0 for any.
    public var typeOfService: UInt8 = 0
    /// The kernel's note of who configured it.
    public var protocolNumber = Self.ownProtocol
    /// The kernel's scope; nil is 254 (host) for a local route, 253 (link) for a broadcast route, else 0 (global).
    public var scope: UInt8?
    /// The lower the better; nil is the kernel's own: 0 for IPv4, 1024 for IPv6.
    public var metric: UInt32?
    /// The realm of the source in the upper 16 bits, that of the destination in the lower ones; IPv4 only.
    public var realms: UInt32?
    /// The preference of RFC 4191; IPv6 only.
    public var routerPreference: RouterPreference?
    /// The seconds after which the kernel takes it away; IPv6 only, nil for never.
    public var lifetime: UInt32?
    /// What connections over the route begin with.
    public var metrics: [RouteMetric: UInt32] = [:]
    /// Metrics that the kernel must not change by what it learns.
    public var lockedMetrics: Set<RouteMetric> = []
    /// The congestion control of connections over the route; 1 to 15 octets.
    public var congestionControl: String?
    /// Where it stands among routes to the same destination.
    public var placement = Placement.first
    /// Whether it is put back when somebody removes it, and its interfaces must be up.
    public var isTracked = true

    /// A unicast route with defaults in all else.
    public init(to destination: NetworkPrefix, gateway: IPAddress? = nil, interface: String? = nil) {
        self.destination = destination
        self.gateway = gateway
        self.interface = interface
    }

    /// The number that keepalived marks routes and rules with, which `ip route` shows as `proto keepalived`.
    public static let ownProtocol: UInt8 = 18

    /// Notes that definitions must not ask for: they mark what engines configure that are not the first of their node, and what
    /// has the note of one that is dead is removed.
    public static let reservedProtocols = HostAddress.ownTag + 1...HostAddress.ownerTags.upperBound

    /// What happens to packets (RTN_*).
    public enum Kind: String, CaseIterable, Sendable {
        /// They are sent on.
        case unicast
        /// They are the node's own.
        case local
        /// They are sent as broadcast on the link.
        case broadcast
        /// Multicast packets are expected this way.
        case multicast
        /// The search goes on in the next table.
        case `throw`
        /// The sender hears that there is no way.
        case unreachable
        /// The sender hears that it is forbidden.
        case prohibit
        /// They are dropped without a word.
        case blackhole
    }

    /// Where a route stands among others to the same destination with the same metric.
    public enum Placement: String, CaseIterable, Sendable {
        /// Before them, as with `ip route prepend`.
        case first
        /// Behind them, as with `ip route append`.
        case last
        /// Only where there is no other, as with `ip route add`.
        case only
    }

    /// How a router is preferred to others (RFC 4191, section 2.1), with the kernel's number.
    public enum RouterPreference: UInt8, CaseIterable, Sendable {
        /// Neither more nor less.
        case medium = 0
        /// More than others.
        case high = 1
        /// Less than others.
        case low = 3
    }
}

/// One of several next hops of a route.
public struct NextHop: Hashable, Sendable {
    /// The neighbour.
    public var gateway: IPAddress?
    /// The interface; nil leaves it to the kernel.
    public var interface: String?
    /// What packets are put into that take it; nil for nothing.
    public var encapsulation: RouteEncapsulation?
    /// Its share of the packets, 1 to 256.
    public var weight = 1
    /// Whether the gateway is a neighbour on the interface although no network of the interface contains it.
    public var isOnLink = false

    /// A next hop with a weight of 1.
    public init(gateway: IPAddress? = nil, interface: String? = nil) {
        self.gateway = gateway
        self.interface = interface
    }
}

/// What a connection over a route begins with (RTAX_*), by the words of ip-route(8).
public enum RouteMetric: String, CaseIterable, Sendable {
    /// The largest packet in octets.
    case mtu
    /// The largest window in octets.
    case window
    /// The first estimate of the round-trip time, in eighths of a millisecond.
    case rtt
    /// The first estimate of its variance, in quarters of a millisecond.
    case rttvar
    /// The slow start threshold in packets.
    case ssthresh
    /// The largest congestion window in packets, where it is locked.
    case cwnd
    /// The maximal segment size that is advertised.
    case advmss
    /// How far packets may be out of order.
    case reordering
    /// The hop limit of packets.
    case hoplimit
    /// The first congestion window in packets.
    case initcwnd
    /// Bits of features; 1 is explicit congestion notification.
    case features
    /// The shortest retransmission timeout in milliseconds.
    case rto_min
    /// The first receive window in packets.
    case initrwnd
    /// Whether each packet is acknowledged at once: 1 or 0.
    case quickack
    /// Whether TCP Fast Open needs no cookie: 1 or 0.
    case fastopen_no_cookie
}

extension VirtualRoute: CustomStringConvertible {
    /// The route in short, as `ip route` begins it: `default via 192.0.2.1 dev eth0 table 100`.
    public var description: String {
        var words = kind == .unicast ? [] : [kind.rawValue]
        words.append(destination.length == 0 ? "default" : "\(destination)")
        if let gateway { words.append("via \(gateway)") }
        for hop in nextHops { words.append("nexthop" + (hop.gateway.map { " via \($0)" } ?? "")) }
        if let interface { words.append("dev \(interface)") }
        if table != 254 { words.append("table \(table)") }
        if let metric { words.append("metric \(metric)") }
        return words.joined(separator: " ")
    }
}
