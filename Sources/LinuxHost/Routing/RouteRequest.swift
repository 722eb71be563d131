import CLinux
import Glibc
import VRRP
import VRRPEngine

/// The messages that configure a route or take it away (rtnetlink(7)).
enum RouteRequest {
    /// The message for a route.
    ///
    /// - Parameters:
    ///   - interfaceIndices: The numbers of its interfaces, as ``RoutingAssignment`` has them.
    ///   - ownProtocol: The mark of this process, for a route that has no number of its own.
    /// - Throws: EINVAL where these are not as many as the route has interfaces.
    static func message(
        for route: VirtualRoute, interfaceIndices: [Int32], ownProtocol: UInt8, isAddition: Bool
    ) throws(SystemCallError) -> NetlinkMessage {
        var indices = interfaceIndices[...]
        guard indices.count == RoutingEntry.route(route).resolvedInterfaces.count else {
            throw SystemCallError("configure", on: "\(route)", errorNumber: EINVAL)
        }
        var header = rtmsg()
        header.rtm_family = UInt8(route.destination.family == .ipv4 ? AF_INET : AF_INET6)
        header.rtm_dst_len = route.destination.length
        header.rtm_src_len = route.source?.length ?? 0
        header.rtm_tos = route.typeOfService
        header.rtm_table = route.table < 256 ? UInt8(route.table) : UInt8(RT_TABLE_UNSPEC.rawValue)
        header.rtm_protocol = route.protocolNumber == VirtualRoute.ownProtocol ? ownProtocol : route.protocolNumber
        header.rtm_scope = isAddition ? route.kernelScope : UInt8(RT_SCOPE_NOWHERE.rawValue)
        header.rtm_type = route.kind.number
        header.rtm_flags = route.isOnLink ? UInt32(RTNH_F_ONLINK) : 0
        let message = try NetlinkMessage(
            type: isAddition ? RTM_NEWROUTE : RTM_DELROUTE,
            flags: NLM_F_ACK | (isAddition ? route.placement.flags : 0), header: header)

        if route.destination.length > 0 { try message.add(RTA_DST, route.destination.address) }
        if let source = route.source, source.length > 0 { try message.add(RTA_SRC, source.address) }
        if let source = route.preferredSource { try message.add(RTA_PREFSRC, source) }
        if route.table > 255 { try message.add(Int(RTA_TABLE.rawValue), route.table) }
        if let metric = route.metric { try message.add(Int(RTA_PRIORITY.rawValue), metric) }
        if let realms = route.realms { try message.add(Int(RTA_FLOW.rawValue), realms) }
        if let preference = route.routerPreference { try message.add(Int(RTA_PREF.rawValue), preference.rawValue) }
        if let gateway = route.gateway { try message.add(gateway: gateway, of: route.destination.family) }
        if route.interface != nil, let index = indices.popFirst() { try message.add(Int(RTA_OIF.rawValue), index) }
        if !route.nextHops.isEmpty {
            let octets = nextHops(of: route, &indices)
            try message.add(Int(RTA_MULTIPATH.rawValue), octets: octets)
        }
        if isAddition {
            if let (kind, attributes) = route.encapsulation?.kernelValues {
                try message.add(Int(RTA_ENCAP_TYPE.rawValue), kind)
                try message.add(Int(RTA_ENCAP.rawValue), octets: attributes)
            }
            if let lifetime = route.lifetime { try message.add(Int(RTA_EXPIRES.rawValue), lifetime) }
            try addMetrics(of: route, to: message)
        }
        return message
    }

    /// The next hops one after the other: a header, then the gateway and the encapsulation as attributes.
    private static func nextHops(of route: VirtualRoute, _ indices: inout ArraySlice<Int32>) -> [UInt8] {
        var octets: [UInt8] = []
        for hop in route.nextHops {
            var attribute: [UInt8] = []
            if let gateway = hop.gateway {
                attribute = gatewayAttribute(gateway, of: route.destination.family)
            }
            if let (kind, attributes) = hop.encapsulation?.kernelValues {
                attribute += Self.attribute(RTA_ENCAP_TYPE.rawValue, withUnsafeBytes(of: kind) { Array($0) })
                attribute += Self.attribute(RTA_ENCAP.rawValue, attributes)
            }
            var header = rtnexthop()
            header.rtnh_len = UInt16(MemoryLayout<rtnexthop>.size + attribute.count)
            header.rtnh_flags = hop.isOnLink ? UInt8(RTNH_F_ONLINK) : 0
            header.rtnh_hops = UInt8(clamping: hop.weight - 1)
            header.rtnh_ifindex = hop.interface == nil ? 0 : indices.popFirst() ?? 0
            withUnsafeBytes(of: header) { octets.append(contentsOf: $0) }
            octets += attribute
        }
        return octets
    }

    /// A gateway as an attribute, padded: RTA_GATEWAY, or RTA_VIA with its family where that is another one.
    private static func gatewayAttribute(_ gateway: IPAddress, of family: AddressFamily) -> [UInt8] {
        let kind = gateway.family == family ? RTA_GATEWAY.rawValue : RTA_VIA.rawValue
        return attribute(kind, gateway.viaData(of: family))
    }

    /// The octets of an attribute that stands inside of another one: its header, the data, and what fills it up.
    static func attribute(_ kind: UInt32, _ data: [UInt8]) -> [UInt8] {
        let header = [UInt16(data.count + 4), UInt16(kind)]
        return header.withUnsafeBytes { Array($0) } + data + repeatElement(0, count: -data.count & 3)
    }

    private static func addMetrics(
        of route: VirtualRoute, to message: borrowing NetlinkMessage
    ) throws(SystemCallError) {
        guard !route.metrics.isEmpty || route.congestionControl != nil else { return }
        var locks: UInt32 = 0
        for metric in route.lockedMetrics { locks |= 1 << UInt32(metric.number) }
        try message.nest(Int(RTA_METRICS.rawValue)) { () throws(SystemCallError) in
            if locks != 0 { try message.add(Int(RTAX_LOCK), locks) }
            for metric in RouteMetric.allCases {
                if let value = route.metrics[metric] { try message.add(metric.number, value) }
            }
            if let name = route.congestionControl { try message.add(Int(RTAX_CC_ALGO), text: name) }
        }
    }
}

extension NetlinkMessage {
    /// Adds an attribute that is an address.
    fileprivate func add(_ attribute: rtattr_type_t, _ address: IPAddress) throws(SystemCallError) {
        var octets: [UInt8] = []
        address.append(to: &octets)
        try add(Int(attribute.rawValue), octets: octets)
    }

    /// Adds the gateway of a route.
    fileprivate func add(gateway: IPAddress, of family: AddressFamily) throws(SystemCallError) {
        let kind = gateway.family == family ? RTA_GATEWAY : RTA_VIA
        try add(Int(kind.rawValue), octets: gateway.viaData(of: family))
    }
}

extension IPAddress {
    /// The octets of a gateway, with its family before them where the route is of another one.
    fileprivate func viaData(of family: AddressFamily) -> [UInt8] {
        var octets: [UInt8] = []
        if self.family != family {
            let number = UInt16(self.family == .ipv4 ? AF_INET : AF_INET6)
            withUnsafeBytes(of: number) { octets.append(contentsOf: $0) }
        }
        append(to: &octets)
        return octets
    }
}

extension VirtualRoute {
    /// The scope that the kernel is told; IPv6 has none.
    fileprivate var kernelScope: UInt8 {
        switch kind {
        case _ where destination.family == .ipv6: 0
        case .local: scope ?? UInt8(RT_SCOPE_HOST.rawValue)
        case .broadcast: scope ?? UInt8(RT_SCOPE_LINK.rawValue)
        default: scope ?? UInt8(RT_SCOPE_UNIVERSE.rawValue)
        }
    }
}

extension VirtualRoute.Kind {
    /// The kernel's number.
    fileprivate var number: UInt8 {
        switch self {
        case .unicast: UInt8(RTN_UNICAST)
        case .local: UInt8(RTN_LOCAL)
        case .broadcast: UInt8(RTN_BROADCAST)
        case .multicast: UInt8(RTN_MULTICAST)
        case .throw: UInt8(RTN_THROW)
        case .unreachable: UInt8(RTN_UNREACHABLE)
        case .prohibit: UInt8(RTN_PROHIBIT)
        case .blackhole: UInt8(RTN_BLACKHOLE)
        }
    }
}

extension VirtualRoute.Placement {
    /// The flags of a request that stand for it; none of them replaces a route that is there.
    fileprivate var flags: Int32 {
        switch self {
        case .first: NLM_F_CREATE
        case .last: NLM_F_CREATE | NLM_F_APPEND
        case .only: NLM_F_CREATE | NLM_F_EXCL
        }
    }
}

extension RouteMetric {
    /// The kernel's number.
    fileprivate var number: Int {
        switch self {
        case .mtu: Int(RTAX_MTU)
        case .window: Int(RTAX_WINDOW)
        case .rtt: Int(RTAX_RTT)
        case .rttvar: Int(RTAX_RTTVAR)
        case .ssthresh: Int(RTAX_SSTHRESH)
        case .cwnd: Int(RTAX_CWND)
        case .advmss: Int(RTAX_ADVMSS)
        case .reordering: Int(RTAX_REORDERING)
        case .hoplimit: Int(RTAX_HOPLIMIT)
        case .initcwnd: Int(RTAX_INITCWND)
        case .features: Int(RTAX_FEATURES)
        case .rto_min: Int(RTAX_RTO_MIN)
        case .initrwnd: Int(RTAX_INITRWND)
        case .quickack: Int(RTAX_QUICKACK)
        case .fastopen_no_cookie: Int(RTAX_FASTOPEN_NO_COOKIE)
        }
    }
}
