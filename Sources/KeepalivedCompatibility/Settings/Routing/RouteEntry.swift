import VRRP
import VRRPEngine

/// A line of `virtual_routes` or `static_routes`, which is read like the words behind `ip route add`.
struct RouteEntry {
    /// What such a line may be, for people.
    static let allowed = "[TYPE] PREFIX|default [via ADDRESS] [dev IF] [src ADDRESS] [table TABLE] [metric N] ..."

    /// The route.
    var route: VirtualRoute
    /// The track group of a static route.
    var trackGroup: Located<String>?

    let names: RoutingNames
    private let isStatic: Bool
    let place: SourcePlace
    private var family: AddressFamily?
    private var destination: String?
    /// Where a gateway in the old manner stands beside another one.
    private var alternative: IPAddress?
    private var hasProtocol = false

    private init(_ place: SourcePlace, _ names: RoutingNames, isStatic: Bool) {
        self.names = names
        self.isStatic = isStatic
        self.place = place
        route = VirtualRoute(to: .all(.ipv4))
    }

    /// The route of an entry; nil, and reported, where it is wrong.
    static func read(
        _ entry: Statement, in list: String, _ names: RoutingNames, isStatic: Bool = false, _ log: inout DiagnosticLog
    ) -> RouteEntry? {
        var reader = EntryReader(allWordsOf: entry, in: list, &log)
        var result = RouteEntry(entry.place, names, isStatic: isStatic)
        while let word = reader.next() {
            guard result.read(word, &reader, &log) else { return nil }
        }
        return result.complete(reader, &log) ? result : nil
    }

    private mutating func read(_ word: String, _ reader: inout EntryReader, _ log: inout DiagnosticLog) -> Bool {
        if let kind = VirtualRoute.Kind(rawValue: word) {
            route.kind = kind
            return true
        }
        switch word {
        case "inet": family = .ipv4
        case "inet6": family = .ipv6
        case "to":
            guard let text = reader.value(of: word, .prefixText, &log) else { return false }
            destination = text
        case "via", "gw":
            guard let gateway = gateway(word, &reader, &log) else { return false }
            if route.nextHops.isEmpty {
                route.gateway = gateway
            } else {
                route.nextHops[route.nextHops.count - 1].gateway = gateway
            }
        case "or":
            guard let gateway = gateway(word, &reader, &log) else { return false }
            alternative = gateway
        case "dev", "oif":
            guard let name = reader.value(of: word, .interfaceName, &log) else { return false }
            if route.nextHops.isEmpty {
                route.interface = name
            } else {
                route.nextHops[route.nextHops.count - 1].interface = name
            }
        case "onlink" where !route.nextHops.isEmpty: route.nextHops[route.nextHops.count - 1].isOnLink = true
        case "onlink": route.isOnLink = true
        case "weight" where !route.nextHops.isEmpty:
            guard let weight = reader.value(of: word, .integer(1...256), &log) else { return false }
            route.nextHops[route.nextHops.count - 1].weight = weight
        case "nexthop": route.nextHops.append(NextHop())
        case "src":
            guard let address = reader.value(of: word, .hostAddress, &log) else { return false }
            route.preferredSource = address
        case "from":
            guard let prefix = reader.value(of: word, .prefix, &log) else { return false }
            route.source = prefix
        case "add": route.placement = .only
        case "prepend": route.placement = .first
        case "append": route.placement = .last
        case "no_track": route.isTracked = false
        case "track_group" where isStatic:
            guard let name = reader.value(of: word, .text("the name of a track_group"), &log) else { return false }
            trackGroup = Located(name, at: place, text: name)
        case "ttl-propagate":
            let format = ValueFormat<Bool>.choice(["enabled": true, "disabled": false])
            guard reader.value(of: word, format, &log) != nil else { return false }
            log.warning(place, word, .ignored(because: .labelsAlone))
        case "encap":
            guard let encapsulation = readEncapsulation(&reader, &log) else { return false }
            if route.nextHops.isEmpty {
                route.encapsulation = encapsulation
            } else {
                route.nextHops[route.nextHops.count - 1].encapsulation = encapsulation
            }
        case "vrf", "nat":
            log.error(place, word, .notSupported)
            return false
        default: return readNumber(word, &reader, &log)
        }
        return true
    }

    private mutating func readNumber(_ word: String, _ reader: inout EntryReader, _ log: inout DiagnosticLog) -> Bool {
        func number(_ format: ValueFormat<UInt32>) -> UInt32? { reader.value(of: word, format, &log) }
        switch word {
        case "table":
            guard let table = number(names.table) else { return false }
            route.table = table
        case "tos", "dsfield":
            guard let type = number(names.serviceType) else { return false }
            route.typeOfService = UInt8(clamping: type)
        case "protocol", "proto":
            guard let number = number(names.routeProtocol) else { return false }
            route.protocolNumber = UInt8(clamping: number)
            hasProtocol = true
        case "scope":
            guard let scope = number(names.scope) else { return false }
            route.scope = UInt8(clamping: scope)
        case "metric", "priority", "preference":
            guard let metric = number(.number(0...UInt32.max)) else { return false }
            route.metric = metric
        case "expires":
            guard let seconds = number(.number(1...UInt32.max)) else { return false }
            route.lifetime = seconds
        case "realms":
            guard let realms = number(names.realmPair) else { return false }
            route.realms = realms
        case "pref":
            let format = ValueFormat<VirtualRoute.RouterPreference>.choice(
                ["low": .low, "medium": .medium, "high": .high])
            guard let preference = reader.value(of: word, format, &log) else { return false }
            route.routerPreference = preference
        case "congctl":
            var text = reader.value(of: word, .text("the name of a congestion control"), &log)
            if text == "lock" { text = reader.value(of: word, .text("the name of a congestion control"), &log) }
            guard let text else { return false }
            guard text.utf8.count < 16 else {
                log.error(place, word, .notAllowed(value: text, allowed: "a name of 1 to 15 octets"))
                return false
            }
            route.congestionControl = text
        default: return readMetric(word, &reader, &log)
        }
        return true
    }

    private mutating func readMetric(_ word: String, _ reader: inout EntryReader, _ log: inout DiagnosticLog) -> Bool {
        guard let metric = RouteMetric(rawValue: word) else {
            guard destination == nil, ValueFormat<String>.prefixText.read(word) != nil else {
                reader.reject(word, allowed: Self.allowed, &log)
                return false
            }
            destination = word
            return true
        }
        let format = RouteMetricFormat.format(of: metric)
        if reader.skip("lock") { route.lockedMetrics.insert(metric) }
        guard var value = reader.value(of: word, format, &log) else { return false }
        let least = RouteMetricFormat.least(of: metric)
        if value < least {
            log.warning(
                place, word, .changed(value: "\(value)", to: "\(least)", because: .nearestAllowed))
            value = least
        }
        route.metrics[metric] = value
        return true
    }

    private func gateway(_ word: String, _ reader: inout EntryReader, _ log: inout DiagnosticLog) -> IPAddress? {
        let family: AddressFamily? = reader.skip("inet") ? .ipv4 : reader.skip("inet6") ? .ipv6 : nil
        guard let address = reader.value(of: word, .hostAddress, &log) else { return nil }
        guard family == nil || address.family == family else {
            log.error(place, word, .notAllowed(value: "\(address)", allowed: "an address of the family before it"))
            return nil
        }
        return address
    }

    /// Puts together what depends on several words; false, and reported, where they contradict each other.
    private mutating func complete(_ reader: EntryReader, _ log: inout DiagnosticLog) -> Bool {
        guard let destination else {
            reader.reject("a route without a destination", allowed: Self.allowed, &log)
            return false
        }
        let neighbours = [route.gateway, route.preferredSource] + route.nextHops.map(\.gateway)
        let implied = route.source?.family ?? neighbours.lazy.compactMap { $0?.family }.first
        guard let prefix = NetworkPrefix.named(destination, family ?? implied ?? .ipv4) else {
            reader.reject(destination, allowed: Self.allowed, &log)
            return false
        }
        route.destination = prefix
        if let alternative { route.moveGateway(beside: alternative) }
        if hasProtocol, route.isTracked, route.protocolNumber != VirtualRoute.ownProtocol {
            log.warning(
                place, "protocol",
                .changed(value: "\(route.protocolNumber)", to: "18", because: .trackedByProtocol))
            route.protocolNumber = VirtualRoute.ownProtocol
        }
        if let problem = route.problem(family: family ?? prefix.family) {
            log.error(place, destination, problem)
            return false
        }
        return true
    }
}

extension VirtualRoute {
    /// Makes two next hops of the gateway and another one.
    fileprivate mutating func moveGateway(beside other: IPAddress) {
        nextHops = [gateway, other].map { gateway in
            var hop = NextHop(gateway: gateway, interface: interface)
            hop.encapsulation = encapsulation
            return hop
        }
        gateway = nil
        interface = nil
        encapsulation = nil
    }

    /// What does not go together.
    fileprivate func problem(family: AddressFamily) -> Diagnostic.Problem? {
        let addresses: [IPAddress] = [destination.address, source?.address, preferredSource].compactMap(\.self)
        if let foreign = addresses.first(where: { $0.family != family }) {
            return .notAllowed(value: "\(foreign)", allowed: "\(family.name) addresses as the others of the route")
        }
        if family == .ipv4, !destination.hasNoHostBits {
            return .notAllowed(value: "\(destination)", allowed: "a prefix without bits of a host behind it")
        }
        if family == .ipv4, routerPreference != nil {
            return .notAllowed(value: "pref", allowed: "pref with IPv6 alone")
        }
        if family == .ipv4, lifetime != nil {
            return .notAllowed(value: "expires", allowed: "expires with IPv6 alone")
        }
        if family == .ipv4, let source { return .notAllowed(value: "from \(source)", allowed: "from with IPv6 alone") }
        if !nextHops.isEmpty, gateway != nil || interface != nil || encapsulation != nil {
            let word = gateway != nil ? "via" : interface != nil ? "dev" : "encap"
            return .notAllowed(value: word, allowed: "\(word) behind each nexthop where there are any")
        }
        let gateways = [gateway] + nextHops.map(\.gateway)
        if family == .ipv6, let foreign = gateways.lazy.compactMap(\.self).first(where: { $0.family == .ipv4 }) {
            return .notAllowed(value: "via \(foreign)", allowed: "IPv6 gateways with IPv6")
        }
        return nil
    }
}

/// How the metrics of a route are written.
enum RouteMetricFormat {
    /// What stands behind the word of a metric.
    static func format(of metric: RouteMetric) -> ValueFormat<UInt32> {
        switch metric {
        case .rtt: .roundTripTime(fractions: 8)
        case .rttvar: .roundTripTime(fractions: 4)
        case .rto_min: .roundTripTime(fractions: 1)
        case .features: .choice(["ecn": 1])
        case .quickack, .fastopen_no_cookie: .number(0...1)
        case .hoplimit: .number(0...255)
        default: .number(0...UInt32.max)
        }
    }

    /// The least that keepalived configures, in the unit of the metric: it takes shorter times for 200 ms.
    static func least(of metric: RouteMetric) -> UInt32 {
        switch metric {
        case .rtt: 1600
        case .rttvar: 800
        case .rto_min: 200
        default: 0
        }
    }
}

extension ValueFormat<UInt32> {
    /// A number within a range, in decimal or hexadecimal.
    static func number(_ range: ClosedRange<UInt32>) -> Self {
        ValueFormat(allowed: "\(range.lowerBound) to \(range.upperBound)") { text in
            RoutingNames.number(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A time in `fractions` of a millisecond: a number of these, or one of `ms` or `s`.
    static func roundTripTime(fractions: UInt32) -> Self {
        ValueFormat(allowed: "a number of at most 3600000, or one followed by s or ms") { text in
            let isMilliseconds = text.hasSuffix("ms")
            let isSeconds = !isMilliseconds && text.hasSuffix("s")
            let digits = text.dropLast(isMilliseconds ? 2 : isSeconds ? 1 : 0)
            guard let number = RoutingNames.number(digits), number <= (isSeconds ? 3600 : 3_600_000) else { return nil }
            return number * (isSeconds ? 1000 * fractions : isMilliseconds ? fractions : 1)
        }
    }
}

extension ValueFormat<String> {
    /// A prefix of either family as it is written, or a word for every address.
    static var prefixText: Self {
        ValueFormat(allowed: "ADDRESS[/LENGTH] or default") { NetworkPrefix.named($0, .ipv4) == nil ? nil : $0 }
    }
}

extension ValueFormat<NetworkPrefix> {
    /// A prefix of either family.
    static var prefix: Self { ValueFormat(allowed: "ADDRESS[/LENGTH]") { NetworkPrefix($0) } }
}

extension NetworkPrefix {
    /// The prefix of a text; that of every address of a family for the words that mean it.
    static func named(_ text: String, _ family: AddressFamily) -> NetworkPrefix? {
        switch text {
        case "default", "any", "all": .all(family)
        default: NetworkPrefix(text)
        }
    }
}
