import VRRP
import VRRPEngine

// What holds whatever happens; checked after every call of an engine.
extension Lab {
    mutating func checkInvariants(_ node: Int, at local: Instant) {
        guard violation == nil else { return }
        let routers = nodes[node].engine.routerSnapshots
        nodes[node].routers = routers
        var broken = brokenTimerRule(node, routers, at: local)
        // Most packets change neither the state of a router nor an address.
        if broken == nil, !effects.isEmpty || nodes[node].kernel.revision != nodes[node].checkedRevision {
            nodes[node].checkedRevision = nodes[node].kernel.revision
            broken = brokenAddressRule(node, routers) ?? brokenEffectRule(routers)
        }
        if broken == nil { broken = brokenGroupRule(node, routers) }
        if let broken { violate(broken, node: nodes[node].name) }
        for invariant in invariants where violation == nil {
            if let broken = invariant.violation(self, node) { violate(broken, node: nodes[node].name) }
        }
    }

    /// No timer is forgotten, and none is armed for longer than the protocol allows.
    private mutating func brokenTimerRule(
        _ node: Int, _ routers: [RouterSnapshot], at local: Instant
    ) -> String? {
        let next = nodes[node].engine.nextDeadline
        for router in routers {
            let name = router.definition.name
            let (deadline, longest): (Instant, Nanoseconds)
            switch router.state {
            case .initialize:
                nodes[node].armedDeadlines[name] = nil
                continue
            case .backup(let backup):
                var configuration = VirtualRouterConfiguration(
                    version: router.definition.version, priority: router.priority)
                configuration.downTimerAdverts = router.definition.downTimerAdverts
                deadline = backup.activeDownDeadline
                let interval = backup.activeAdvertisementInterval
                // A member of a group that made way is an interval more reluctant.
                longest =
                    configuration.activeDownInterval(activeAdvertisementInterval: interval)
                    + (router.syncGroup == nil ? .zero : interval.duration)
            case .active(let active):
                deadline = active.advertisementDeadline
                longest = router.definition.advertisementInterval.duration
            }
            if next > deadline { return "\(name): the timer is armed for \(deadline) but nobody waits for it" }
            // Judged by what was in force when it was armed.
            guard nodes[node].armedDeadlines.updateValue(deadline, forKey: name) != deadline else { continue }
            if deadline > local + longest { return "\(name): the timer is armed for longer than \(longest)" }
        }
        return nil
    }

    /// Addresses stand on interfaces, and virtual interfaces are up, only while their router is active or hands over.
    private func brokenAddressRule(_ node: Int, _ routers: [RouterSnapshot]) -> String? {
        guard nodes[node].isSynchronized else { return nil }
        let statics = Set(nodes[node].definitions.statics.addresses.map(\.value.address))
        for index in nodes[node].kernel.indices {
            guard let interface = nodes[node].kernel.interfaces[index] else { continue }
            for address in interface.addresses
            where address.originTag == HostAddress.ownTag && !statics.contains(address.address) {
                let isWanted = routers.contains { router in
                    // One that could not be removed is known to stand, and tried again.
                    router.addresses.contains {
                        $0.address.address == address.address && (router.holdsAddresses || $0.isPresent)
                    }
                }
                if !isWanted, !isBeingRemoved(address.address, node) {
                    return "\(address.address) stands although no router that has it is active"
                }
            }
            guard interface.parentIndex != nil, interface.description.isRunning else { continue }
            let router = routers.first { $0.definition.virtualMAC?.name == interface.description.name }
            if let router, !router.holdsAddresses, nodes[node].configuration.isEmpty {
                return "\(interface.description.name) is up although its router is not active"
            }
        }
        return nil
    }

    /// Whether the process has decided to remove an address and has yet to do it.
    private func isBeingRemoved(_ address: IPAddress, _ node: Int) -> Bool {
        nodes[node].configuration.contains { effect in
            guard case .removeAddress(let assignment) = effect else { return false }
            return assignment.address.address == address
        }
    }

    /// The members of a sync group are in the same state, unless they hand over one by one.
    private func brokenGroupRule(_ node: Int, _ routers: [RouterSnapshot]) -> String? {
        guard !nodes[node].isStopping else { return nil }
        var states: [String: VirtualRouterState.Name] = [:]
        for router in routers {
            guard let group = router.syncGroup else { continue }
            guard let other = states.updateValue(router.state.name, forKey: group), other != router.state.name else {
                continue
            }
            return "\(group): \(router.definition.name) is \(router.state.name) and another member \(other)"
        }
        return nil
    }

    /// Whoever is not active neither announces nor advertises, giving up excepted.
    private func brokenEffectRule(_ routers: [RouterSnapshot]) -> String? {
        for effect in effects {
            guard case .announce(let announcement) = effect else { continue }
            let isWanted = routers.contains { router in
                router.state.name == .active && router.addresses.contains { $0.address.address == announcement.address }
            }
            if !isWanted { return "announces \(announcement.address) although no router that has it is active" }
        }
        return nil
    }
}

extension RouterSnapshot {
    /// Whether the addresses belong on their interfaces.
    fileprivate var holdsAddresses: Bool { state.name == .active || departure != nil }
}
