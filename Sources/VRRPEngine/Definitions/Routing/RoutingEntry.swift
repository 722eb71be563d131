import VRRP

/// A route or a rule: what comes and goes with the addresses besides them.
public enum RoutingEntry: Hashable, Sendable {
    /// A route in a table.
    case route(VirtualRoute)
    /// A rule that says which table counts.
    case rule(VirtualRule)

    /// Whether it is put back when somebody removes it, and its interfaces must be up.
    public var isTracked: Bool {
        switch self {
        case .route(let route): route.isTracked
        case .rule(let rule): rule.isTracked
        }
    }

    /// The interfaces whose numbers the kernel has to be told, in the order in which it is: that of the route, then those of its
    /// next hops. Rules name theirs.
    public var resolvedInterfaces: [String] {
        guard case .route(let route) = self else { return [] }
        return [route.interface].compactMap(\.self) + route.nextHops.compactMap(\.interface)
    }

    /// All interfaces that it is about.
    var interfaces: [String] {
        guard case .rule(let rule) = self else { return resolvedInterfaces }
        return [rule.inputInterface, rule.outputInterface].compactMap(\.self)
    }
}

extension RoutingEntry: CustomStringConvertible {
    /// `route default via 192.0.2.1`, `rule 500: from all lookup 100`.
    public var description: String {
        switch self {
        case .route(let route): "route \(route)"
        case .rule(let rule): "rule \(rule)"
        }
    }
}

extension VirtualRouterDefinition {
    /// Routes that come behind the addresses and go before them.
    public var virtualRoutes: [VirtualRoute] {
        get { routing.compactMap { if case .route(let route) = $0 { route } else { nil } } }
        set { routing = newValue.map(RoutingEntry.route) + virtualRules.map(RoutingEntry.rule) }
    }

    /// Rules that come behind the routes and go before them.
    public var virtualRules: [VirtualRule] {
        get { routing.compactMap { if case .rule(let rule) = $0 { rule } else { nil } } }
        set { routing = virtualRoutes.map(RoutingEntry.route) + newValue.map(RoutingEntry.rule) }
    }
}
