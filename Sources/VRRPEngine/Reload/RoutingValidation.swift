import VRRP

extension VirtualRoute {
    /// What does not go together in the route, as a clause.
    var problem: String? {
        let family = destination.family
        let others = [source?.family, preferredSource?.family].compactMap(\.self)
        if others.contains(where: { $0 != family }) { return "\(self) has addresses of two families" }
        if family == .ipv4, !destination.hasNoHostBits { return "\(destination) has bits behind its length" }
        if family == .ipv4, source != nil || routerPreference != nil || lifetime != nil {
            return "\(self) has source, routerPreference or lifetime, which only IPv6 has"
        }
        if family == .ipv6, realms != nil { return "\(self) has realms, which only IPv4 has" }
        let gateways = ([gateway] + nextHops.map(\.gateway)).compactMap(\.self)
        if family == .ipv6, gateways.contains(where: { $0.family == .ipv4 }) {
            return "\(self) has an IPv4 gateway"
        }
        if !nextHops.isEmpty, gateway != nil || interface != nil {
            return "\(self) has nextHops and a gateway or an interface besides"
        }
        // The kernel reads those of the next hops alone.
        if !nextHops.isEmpty, encapsulation != nil {
            return "\(self) has nextHops and an encapsulation besides, which belongs to each of them"
        }
        let encapsulations = ([encapsulation] + nextHops.map(\.encapsulation)).compactMap(\.self)
        if let problem = encapsulations.lazy.compactMap(\.problem).first {
            return "the encapsulation of \(self) \(problem)"
        }
        let names = [interface].compactMap(\.self) + nextHops.compactMap(\.interface)
        if let name = names.first(where: { !VirtualRouterDefinition.isInterfaceName($0) }) {
            return "\"\(name)\" is not an interface name"
        }
        if let name = congestionControl, !(1...15).contains(name.utf8.count) {
            return "congestionControl \"\(name)\" is not 1 to 15 octets"
        }
        if let problem = Self.problem(ofProtocol: protocolNumber, "\(self)") { return problem }
        if nextHops.count > 64 || nextHops.contains(where: { !(1...256).contains($0.weight) }) {
            return "\(self) has more than 64 next hops, or one with a weight that is not 1 to 256"
        }
        return nil
    }

    /// What is wrong with the note of who configured a route or rule, as a clause.
    fileprivate static func problem(ofProtocol number: UInt8, _ entry: String) -> String? {
        guard reservedProtocols.contains(number) else { return nil }
        return
            "\(entry) has the protocol \(number); \(reservedProtocols.lowerBound) to \(reservedProtocols.upperBound) are "
            + "reserved for what vrrpd configures by itself, and would be removed as left behind"
    }
}

extension VirtualRule {
    /// What does not go together in the rule, as a clause.
    var problem: String? {
        if [source, destination].contains(where: { $0 != nil && $0?.family != family }) {
            return "\(self) has addresses of another family"
        }
        if family == .ipv6, realms != nil { return "\(self) has realms, which only IPv4 has" }
        let names = [inputInterface, outputInterface].compactMap(\.self)
        if let name = names.first(where: { !VirtualRouterDefinition.isInterfaceName($0) }) {
            return "\"\(name)\" is not an interface name"
        }
        if let problem = VirtualRoute.problem(ofProtocol: protocolNumber, "\(self)") { return problem }
        if case .goTo(let target) = action, target <= priority {
            return "\(self) leads to a rule that does not come behind it"
        }
        if case .lookup = action { return nil }
        if realms != nil || suppressedPrefixLength != nil || suppressedInterfaceGroup != nil {
            return "\(self) has realms or suppressed routes without a table"
        }
        return nil
    }
}

extension [RoutingEntry] {
    /// What is wrong with a list of routes or rules, as a clause.
    var problem: String? {
        var seen: Set<RoutingEntry> = []
        for entry in self {
            let problem =
                switch entry {
                case .route(let route): route.problem
                case .rule(let rule): rule.problem
                }
            if let problem { return problem }
            if !seen.insert(entry).inserted { return "\(entry) stands twice" }
        }
        return nil
    }
}

extension StaticDefinitions {
    /// The first rule that is broken: the list, the place in it, and what is wrong.
    ///
    /// - Parameter isVirtual: Whether a virtual router has the address of an interface already.
    func brokenRule(
        isVirtual: (_ interface: String, _ address: IPAddress) -> Bool
    ) -> (field: String, position: Int, problem: String)? {
        var seen: Set<String> = []
        for (position, entry) in addresses.enumerated() {
            let address = entry.value
            guard let interface = address.interface else {
                return ("addresses", position, "\(address) has no interface")
            }
            if let problem = VirtualRouterDefinition.problem(of: address) { return ("addresses", position, problem) }
            if isVirtual(interface, address.address) {
                return ("addresses", position, "\(address.address) is also a virtual address on \(interface)")
            }
            if !seen.insert("\(address.address) \(interface)").inserted {
                return ("addresses", position, "\(address.address) stands twice")
            }
        }
        if let problem = routes.map({ RoutingEntry.route($0.value) }).problem { return ("routes", 0, problem) }
        if let problem = rules.map({ RoutingEntry.rule($0.value) }).problem { return ("rules", 0, problem) }
        let names = trackGroups.map(\.name)
        if Set(names).count != names.count { return ("trackGroups", 0, "has the same name twice") }
        let used = addresses.map(\.trackGroup) + routes.map(\.trackGroup) + rules.map(\.trackGroup)
        for name in used.compactMap(\.self) where !names.contains(name) {
            return ("trackGroups", 0, "has no group \"\(name)\"")
        }
        return nil
    }
}
