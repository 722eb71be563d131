import VRRP
import VRRPEngine

/// How keepalived writes routes and rules into its dumps.
extension DumpText {
    /// `prepend 10.0.0.0/8 via inet 192.0.2.1 dev eth0 table 100 proto 18 metric 5`
    static func route(_ route: VirtualRoute, trackGroup: String? = nil) -> String {
        var words: [String] = []
        if route.kind == .unicast {
            switch route.placement {
            case .first: words.append("prepend")
            case .last: words.append("append")
            case .only: words.append("add")
            }
        } else {
            words += ["add", route.kind.rawValue]
        }
        words.append("\(route.destination)")
        if let source = route.source { words.append("from \(source)") }
        if let source = route.preferredSource { words.append("src \(source)") }
        if route.typeOfService != 0 { words.append("tos \(route.typeOfService)") }
        if let encapsulation = route.encapsulation { words += Self.encapsulation(encapsulation) }
        if let gateway = route.gateway { words.append(via(gateway)) }
        if let interface = route.interface { words.append("dev \(interface)") }
        if route.table != 254 { words.append("table \(route.table)") }
        if route.isTracked || route.protocolNumber != VirtualRoute.ownProtocol {
            words.append("proto \(route.protocolNumber)")
        }
        if let scope = route.scope, scope != 0 { words.append("scope \(scope)") }
        if let metric = route.metric { words.append("metric \(metric)") }
        if route.isOnLink { words.append("onlink") }
        if let realms = route.realms { words.append(Self.realms(realms)) }
        if let seconds = route.lifetime { words.append("expires \(seconds)sec") }
        words += metrics(route)
        for hop in route.nextHops {
            words.append("nexthop")
            if let gateway = hop.gateway { words.append(via(gateway)) }
            if let interface = hop.interface { words.append("dev \(interface)") }
            if hop.weight != 1 { words.append("weight \(hop.weight)") }
            if hop.isOnLink { words.append("onlink") }
            if let encapsulation = hop.encapsulation { words += Self.encapsulation(encapsulation) }
        }
        // keepalived does not track a route without an interface, which this program does.
        if !route.isTracked || route.interface == nil { words.append("no_track") }
        if let trackGroup { words.append("track_group \(trackGroup)") }
        return words.joined(separator: " ")
    }

    private static func encapsulation(_ encapsulation: RouteEncapsulation) -> [String] {
        func header(_ header: TunnelHeader, _ kind: String, _ trafficClass: String, _ hopLimit: String) -> [String] {
            var words = ["encap \(kind)"]
            if let identifier = header.identifier { words.append("id \(identifier)") }
            if let address = header.destination { words.append("dst \(address)") }
            if let address = header.source { words.append("src \(address)") }
            if let number = header.trafficClass { words.append("\(trafficClass) \(number)") }
            if let number = header.hopLimit { words.append("\(hopLimit) \(number)") }
            if let flags = header.flags { words.append("flags 0x\(String(flags, radix: 16))") }
            return words
        }
        switch encapsulation {
        case .ipv4(let fields): return header(fields, "ip", "tos", "ttl")
        case .ipv6(let fields): return header(fields, "ip6", "tc", "hoplimit")
        case .mpls(let labels):
            // Of each entry all of its bits, the sign of the last one among them.
            let entries = labels.enumerated().map { $1 << 12 | ($0 == labels.count - 1 ? 0x100 : 0) }
            return ["encap mpls " + entries.map { String($0, radix: 16) }.joined(separator: "/")]
        // The octets as they travel, read as a number of the host.
        case .ila(let locator): return ["encap ila \(locator.bigEndian)"]
        }
    }

    private static func metrics(_ route: VirtualRoute) -> [String] {
        let order: [RouteMetric] = [
            .rtt, .rttvar, .rto_min, .features, .mtu, .window, .ssthresh, .cwnd, .advmss, .reordering, .hoplimit,
            .initcwnd, .initrwnd, .quickack,
        ]
        var words = route.congestionControl.map { ["congctl \($0)"] } ?? []
        func add(_ metric: RouteMetric) {
            guard let value = route.metrics[metric] else { return }
            let lock = route.lockedMetrics.contains(metric) ? "lock " : ""
            let text =
                switch metric {
                case .rtt: roundTripTime(value / 8)
                case .rttvar: roundTripTime(value / 4)
                case .rto_min: roundTripTime(value)
                case .features: "ecn"
                default: "\(value)"
                }
            words.append("\(metric.rawValue) \(lock)\(text)")
        }
        for metric in order { add(metric) }
        if let preference = route.routerPreference { words.append("pref \(preference)") }
        add(.fastopen_no_cookie)
        return words
    }

    /// `200ms`, `1.5s`.
    private static func roundTripTime(_ milliseconds: UInt32) -> String {
        guard milliseconds >= 1000 else { return "\(milliseconds)ms" }
        let digits = String(milliseconds % 1000 + 1000).dropFirst().reversed().drop { $0 == "0" }.reversed()
        return "\(milliseconds / 1000)\(digits.isEmpty ? "" : "." + String(digits))s"
    }

    private static func via(_ gateway: IPAddress) -> String {
        "via \(gateway.family == .ipv4 ? "inet" : "inet6") \(gateway)"
    }

    private static func realms(_ realms: UInt32) -> String {
        realms > 0xffff ? "realms \(realms >> 16)/\(realms & 0xffff)" : "realm \(realms)"
    }

    /// `from 192.0.2.0/24 priority 500 tos 0x0 protocol 18 lookup 100`
    static func rule(_ rule: VirtualRule, trackGroup: String? = nil) -> String {
        var words: [String] = []
        if rule.family == .ipv6, rule.source == nil, rule.destination == nil { words.append("inet6") }
        if rule.isInverted { words.append("not") }
        words.append("from \(rule.source.map { "\($0)" } ?? "all")")
        if let destination = rule.destination { words.append("to \(destination)") }
        words.append("priority \(rule.priority) tos 0x\(String(rule.typeOfService, radix: 16))")
        if let mark = rule.firewallMark {
            let mask = rule.firewallMask.map { $0 == .max ? "" : "/0x" + String($0, radix: 16) } ?? ""
            words.append("fwmark 0x\(String(mark, radix: 16))\(mask)")
        }
        if let name = rule.inputInterface { words.append("iif \(name)") }
        if let name = rule.outputInterface { words.append("oif \(name)") }
        if let length = rule.suppressedPrefixLength { words.append("suppress_prefixlen \(length)") }
        if let group = rule.suppressedInterfaceGroup { words.append("suppress_ifgroup \(group)") }
        if let identifier = rule.tunnelID { words.append("tunnel-id \(identifier)") }
        if let users = rule.userIDs { words.append("uidrange \(users.lowerBound)-\(users.upperBound)") }
        if rule.usesTableOfVRF { words.append("l3mdev") }
        if rule.isTracked { words.append("protocol \(rule.protocolNumber)") }
        if let number = rule.ipProtocol { words.append("ipproto \(number)") }
        if let ports = rule.sourcePorts { words.append("sport \(ports.lowerBound)-\(ports.upperBound)") }
        if let ports = rule.destinationPorts { words.append("dport \(ports.lowerBound)-\(ports.upperBound)") }
        if let realms = rule.realms { words.append("realms \(realms >> 16)/\(realms & 0xffff)") }
        switch rule.action {
        case .lookup(let table): words.append("lookup \(table)")
        case .goTo(let priority): words.append("goto \(priority)")
        case .nothing: words.append("nop")
        case .blackhole: words.append("type blackhole")
        case .unreachable: words.append("type unreachable")
        case .prohibit: words.append("type prohibit")
        }
        if !rule.isTracked { words.append("no_track") }
        if let trackGroup { words.append("track_group \(trackGroup)") }
        return words.joined(separator: " ")
    }
}
