import VRRP

extension Definitions {
    /// Checks what the types cannot express: rules inside a virtual router and between virtual routers.
    ///
    /// - Throws: the first rule that is broken, with its place.
    public func validate() throws(DefinitionError) {
        var uniqueness = DefinitionUniqueness(
            capacity: virtualRouters.count, allowsSharedAddresses: node.allowsSharedAddresses)
        for (position, router) in virtualRouters.enumerated() {
            guard
                let (field, problem) = router.brokenRule
                    ?? uniqueness.brokenRule(admitting: router, at: position, of: virtualRouters)
            else { continue }
            throw DefinitionError(position: position, name: router.name, field: field, problem: problem)
        }
        if let (field, problem) = node.brokenRule {
            throw DefinitionError(list: .node, position: 0, name: "", field: field, problem: problem)
        }
        let broken = statics.brokenRule { uniqueness.holds($1, on: $0) }
        if let (field, position, problem) = broken {
            throw DefinitionError(list: .statics, position: position, name: field, field: field, problem: problem)
        }
        try validateInterfaceDelays()
        guard !syncGroups.isEmpty else { return }
        var rules = SyncGroupRules(virtualRouters)
        for (position, group) in syncGroups.enumerated() {
            guard let (field, problem) = rules.brokenRule(admitting: group, at: position) else { continue }
            throw DefinitionError(
                list: .syncGroups, position: position, name: group.name, field: field, problem: problem)
        }
    }
}

extension Definitions {
    private func validateInterfaceDelays() throws(DefinitionError) {
        var positions: [String: Int] = [:]
        for (position, delay) in interfaceDelays.enumerated() {
            var broken = delay.brokenRule
            if let first = positions.updateValue(position, forKey: delay.interface), broken == nil {
                broken = ("interface", "\"\(delay.interface)\" has its delays in interfaceDelays[\(first)]")
            }
            guard let (field, problem) = broken else { continue }
            throw DefinitionError(
                list: .interfaceDelays, position: position, name: delay.interface, field: field, problem: problem)
        }
    }
}

extension VirtualRouterDefinition {
    /// The name of the interface that addresses without one of their own belong on.
    var addressInterfaceName: String { virtualMAC?.name ?? interface }

    /// The names of the interfaces that its IPv4 addresses belong on.
    public var addressInterfaces: Set<String> {
        let addresses = (addresses + unadvertisedAddresses).filter { $0.address.family == .ipv4 }
        return Set(addresses.map { $0.interface ?? addressInterfaceName })
    }

    /// The first rule that the definition breaks by itself.
    fileprivate var brokenRule: (field: String, problem: String)? {
        guard !name.isEmpty else { return ("name", "is empty") }
        guard Self.isInterfaceName(interface) else { return ("interface", Self.interfaceNameRule(interface)) }
        if version == .v2, family == .ipv6 { return ("version", "2 does not exist for IPv6; use 3") }
        guard advertisementInterval.isRepresentable(in: version) else {
            return (
                "advertisementIntervalMilliseconds",
                version == .v2
                    ? "\(advertisementInterval) is not a whole number of seconds from 1 to 255, as version 2 needs"
                    : "\(advertisementInterval) is not 10 ms to 40.95 s, as version 3 needs"
            )
        }
        if authentication != .none, version == .v3 { return ("authentication", "does not exist in version 3") }
        if let virtualMAC {
            guard Self.isInterfaceName(virtualMAC.name), virtualMAC.name != interface else {
                return ("virtualMAC.name", Self.interfaceNameRule(virtualMAC.name))
            }
            if let macAddress = virtualMAC.macAddress, !macAddress.isUnicast {
                return ("virtualMAC.macAddress", "\(macAddress) is not the address of one interface")
            }
        }
        guard (1...100).contains(downTimerAdverts) else {
            return ("downTimerAdverts", "is \(downTimerAdverts); allowed is 1 to 100")
        }
        guard unicastHopLimit > 0 else { return ("unicastHopLimit", "is 0; allowed is 1 to 255") }
        return brokenTransportRule ?? brokenAddressRule ?? brokenRoutingRule ?? brokenTrackingRule
    }

    private var brokenTransportRule: (field: String, problem: String)? {
        switch transport {
        case .multicast(let group):
            guard group.isMulticast, group.family == family else {
                return ("transport.group", "\(group) is not an \(family.name) multicast group")
            }
        case .unicast(let peers):
            guard peers.count <= 255 else {
                return ("transport.peers", "has \(peers.count) members; allowed are at most 255")
            }
            for (place, peer) in peers.enumerated() {
                guard peer.address.family == family, peer.address.isUnicast else {
                    return ("transport.peers", "\(peer.address) is not an \(family.name) unicast address")
                }
                guard peer.minimumHopLimit <= peer.maximumHopLimit else {
                    let range = "\(peer.minimumHopLimit) to \(peer.maximumHopLimit)"
                    return ("transport.peers", "\(peer.address) has the hop limits \(range), which none can have")
                }
                guard !peers[..<place].contains(where: { $0.address == peer.address }) else {
                    return ("transport.peers", "\(peer.address) stands twice")
                }
            }
        }
        if let sourceAddress, sourceAddress.family != family || !sourceAddress.isUnicast {
            return ("sourceAddress", "\(sourceAddress) is not an \(family.name) unicast address")
        }
        return nil
    }

    private var brokenAddressRule: (field: String, problem: String)? {
        guard addresses.count <= 255 else {
            return ("addresses", "has \(addresses.count) members; an advert lists at most 255")
        }
        for address in addresses where address.address.family != family {
            return ("addresses", "\(address.address) is not an \(family.name) address")
        }
        if family == .ipv6, interoperability.requiresLinkLocalFirst, addresses.first?.address.isIPv6LinkLocal == false {
            return (
                "addresses",
                "begins with \(addresses[0].address); the first IPv6 address must be link-local, unless "
                    + "interoperability.requiresLinkLocalFirst is false here and on the other routers"
            )
        }
        for list in [addresses, unadvertisedAddresses] {
            for address in list {
                if let problem = Self.problem(of: address) { return ("addresses", problem) }
            }
        }
        return nil
    }

    private var brokenRoutingRule: (field: String, problem: String)? {
        guard !routing.isEmpty else { return nil }
        if let problem = virtualRoutes.map(RoutingEntry.route).problem { return ("virtualRoutes", problem) }
        if let problem = virtualRules.map(RoutingEntry.rule).problem { return ("virtualRules", problem) }
        return nil
    }

    static func problem(of address: VirtualAddress) -> String? {
        guard address.address.isUnicast else { return "\(address.address) is not a unicast address" }
        guard (1...address.address.family.maximumPrefixLength).contains(address.prefixLength) else {
            return "\(address.address) has prefix length \(address.prefixLength); allowed is 1 to "
                + "\(address.address.family.maximumPrefixLength)"
        }
        if let interface = address.interface, !isInterfaceName(interface) { return interfaceNameRule(interface) }
        if let label = address.label, !isInterfaceName(label) || address.address.family == .ipv6 {
            return "label \"\(label)\" is not 1 to 15 octets on an IPv4 address"
        }
        if let peer = address.peer, peer.family != address.address.family || !peer.isUnicast {
            return "peer \(peer) is not a unicast address of the family of \(address.address)"
        }
        return nil
    }

    private var brokenTrackingRule: (field: String, problem: String)? {
        if tracking.sourceAddress, sourceAddress == nil {
            return ("tracking.sourceAddress", "is true, but there is no sourceAddress to track")
        }
        if let problem = tracking.conditions.lazy.compactMap(\.problem).first { return ("tracking", problem) }
        guard announcements.refreshRounds >= 1 else { return ("announcements.refreshRounds", "is not 1 or more") }
        if let refresh = announcements.refreshInterval, refresh < .seconds(1) {
            return ("announcements.refreshIntervalMilliseconds", "is shorter than one second")
        }
        if let extra = announcements.extraInterfaces, extra.interval < .seconds(1) {
            return ("announcements.extraInterfaces.intervalMilliseconds", "is shorter than one second")
        }
        return nil
    }

    /// Whether the kernel takes a text as an interface name: 1 to 15 octets without blanks, `/` or `:`.
    static func isInterfaceName(_ text: String) -> Bool {
        (1...15).contains(text.utf8.count) && text != "." && text != ".."
            && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "/") }
    }

    private static func interfaceNameRule(_ text: String) -> String {
        "\"\(text)\" is not an interface name: 1 to 15 octets without blanks and slashes, not the router's own"
    }
}

extension TrackedCondition {
    /// What is wrong with the weight.
    var problem: String? {
        switch effect {
        case .fault, .reversedFault: nil
        case .weight(let weight), .reversedWeight(let weight):
            object.weights.contains(weight)
                ? nil : "weight \(weight) is not \(object.weights.lowerBound) to \(object.weights.upperBound)"
        }
    }
}

extension TrackedObject {
    /// The weights that conditions on it may have.
    public var weights: ClosedRange<Int> {
        switch self {
        case .interface, .external: -253...253
        // One more, so that the number -1 can take a router out.
        case .number: -254...254
        }
    }
}

extension NodePolicy {
    /// The first rule that the policy breaks.
    fileprivate var brokenRule: (field: String, problem: String)? {
        var names: Set<String> = []
        for group in announcementGroups {
            for name in group.interfaces {
                guard VirtualRouterDefinition.isInterfaceName(name) else {
                    return ("announcementGroups", "\"\(name)\" is not an interface name")
                }
                guard names.insert(name).inserted else {
                    return ("announcementGroups", "\"\(name)\" is in two groups, or in one twice")
                }
            }
        }
        guard filter.table.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), (1...255).contains(filter.table.utf8.count)
        else {
            return ("filter.table", "\"\(filter.table)\" is not 1 to 255 visible ASCII characters")
        }
        return nil
    }
}
