import VRRP
import VRRPEngine

/// Routes and rules in which every field differs from its default somewhere.
enum RoutingSamples {
    static var routes: [VirtualRoute] {
        var plain = VirtualRoute(
            to: NetworkPrefix("198.51.100.0/24")!, gateway: IPAddress("192.0.2.1"), interface: "eth0")
        plain.isOnLink = true
        plain.preferredSource = IPAddress("192.0.2.100")
        plain.table = 1000
        plain.typeOfService = 16
        plain.scope = 200
        plain.metric = 7
        plain.realms = 0x0003_0004
        for (number, metric) in RouteMetric.allCases.enumerated() { plain.metrics[metric] = UInt32(number + 1) }
        plain.lockedMetrics = [.mtu, .rto_min]
        plain.congestionControl = "cubic"
        plain.placement = .last
        var parted = VirtualRoute(to: .all(.ipv4))
        parted.nextHops = [
            NextHop(gateway: IPAddress("192.0.2.1"), interface: "eth0"), NextHop(gateway: IPAddress("192.0.2.2")),
        ]
        parted.nextHops[0].weight = 256
        parted.nextHops[0].isOnLink = true
        parted.isTracked = false
        parted.protocolNumber = 4
        var ipv6 = VirtualRoute(to: NetworkPrefix("2001:db8:1::/48")!, gateway: IPAddress("2001:db8::9"))
        ipv6.source = NetworkPrefix("2001:db8:2::/48")
        ipv6.routerPreference = .high
        ipv6.lifetime = 60
        let kinds = VirtualRoute.Kind.allCases.filter { $0 != .unicast }.enumerated().map { number, kind in
            var route = VirtualRoute(to: NetworkPrefix("203.0.113.\(number)")!)
            route.kind = kind
            route.placement = .only
            return route
        }
        return [plain, parted, ipv6] + encapsulations + kinds
    }

    private static var encapsulations: [VirtualRoute] {
        var header = TunnelHeader()
        header.identifier = 5
        header.destination = IPAddress("192.0.2.9")
        header.source = IPAddress("192.0.2.8")
        header.trafficClass = 16
        header.hopLimit = 9
        header.flags = 4
        var header6 = TunnelHeader()
        header6.destination = IPAddress("2001:db8::9")
        var tunnel = VirtualRoute(to: NetworkPrefix("198.51.101.0/24")!, interface: "eth0")
        tunnel.encapsulation = .ipv4(header)
        var labelled = VirtualRoute(to: NetworkPrefix("198.51.102.0/24")!)
        labelled.nextHops = [NextHop(gateway: IPAddress("192.0.2.1")), NextHop(gateway: IPAddress("192.0.2.2"))]
        labelled.nextHops[1].encapsulation = .mpls(labels: [100, 1_048_575])
        var tunnel6 = VirtualRoute(to: NetworkPrefix("2001:db8:3::/48")!, interface: "eth0")
        tunnel6.encapsulation = .ipv6(header6)
        var located = VirtualRoute(to: NetworkPrefix("2001:db8:4::/48")!, interface: "eth0")
        located.encapsulation = .ila(locator: 0x2001_0db8_0000_0001)
        return [tunnel, labelled, tunnel6, located]
    }

    static var rules: [VirtualRule] {
        var full = VirtualRule(.lookup(table: 1000), priority: 500, family: .ipv4)
        full.isInverted = true
        full.source = NetworkPrefix("198.51.100.0/24")
        full.destination = NetworkPrefix("203.0.113.0/24")
        full.typeOfService = 16
        full.firewallMark = 5
        full.firewallMask = 0xff
        full.inputInterface = "eth0"
        full.outputInterface = "eth1"
        full.tunnelID = 77
        full.userIDs = 10...20
        full.ipProtocol = 6
        full.sourcePorts = 1000...2000
        full.destinationPorts = 80...80
        full.suppressedPrefixLength = 0
        full.suppressedInterfaceGroup = 3
        full.realms = 5
        full.protocolNumber = 4
        full.isTracked = false
        var vrf = VirtualRule(.lookup(table: 0), priority: 501, family: .ipv6)
        vrf.usesTableOfVRF = true
        let others: [VirtualRule.Action] = [.goTo(900), .nothing, .blackhole, .unreachable, .prohibit]
        return [full, vrf] + others.enumerated().map { VirtualRule($1, priority: 600 + UInt32($0), family: .ipv6) }
    }
}
