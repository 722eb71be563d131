public import VRRP

extension Engine {
    /// Puts definitions in force: at the start, and whenever they change.
    ///
    /// Touches only what differs. A virtual router is the same one while its interface, family and identifier are, and,
    /// where several have all of them, its name; it keeps its state, timers and counters, and one whose definition did not
    /// change at all sends the same octets at the same times as without the call.
    ///
    /// - Throws: ``DefinitionError`` before anything has changed.
    public mutating func apply(
        _ new: Definitions, at now: Instant, effects: inout [Effect]
    ) throws(DefinitionError) {
        try new.validate()
        freeSlots += retiredSlots
        retiredSlots.removeAll()
        let dissolved = dissolveGroups()
        // What leaves goes first, so that an address may move from one router to another.
        var isSettled = [Bool](repeating: false, count: new.virtualRouters.count)
        var slots = [Int](repeating: -1, count: new.virtualRouters.count)
        for (slot, position) in positions(of: new).enumerated() where routers[slot].isInUse {
            if position < 0 || new.virtualRouters[position].mustReplace(routers[slot].definition) {
                removeRouter(slot, at: now, effects: &effects)
                continue
            }
            slots[position] = slot
            if new.virtualRouters[position] == routers[slot].definition {
                isSettled[position] = true
            } else {
                dropAddresses(slot, notIn: new.virtualRouters[position], effects: &effects)
            }
        }
        let dependents = definitions.statics == new.statics ? [] : dependents(of: definitions.statics, new.statics)
        dropStatics(notIn: new.statics, effects: &effects)
        definitions = new
        announcementGroups.removeAll()
        for (number, group) in new.node.announcementGroups.enumerated() {
            for name in group.interfaces { announcementGroups[name] = number }
        }
        changeStatics(to: new.statics)
        settleStatics(effects: &effects)
        for position in slots.indices where slots[position] < 0 {
            slots[position] = addRouter(new.virtualRouters[position], at: now)
        }
        definedSlots = slots
        let regrouped = formGroups(new, insteadOf: dissolved)
        for position in new.virtualRouters.indices where !isSettled[position] {
            let definition = new.virtualRouters[position]
            guard routers[slots[position]].definition != definition else { continue }
            change(slots[position], to: definition, at: now, effects: &effects)
        }
        // Last, because the members of a group look at each other.
        var concerned: Set<Int> = []
        for position in new.virtualRouters.indices where !isSettled[position] {
            evaluate(slots[position], concerning: &concerned, at: now, effects: &effects)
        }
        for slot in regrouped { evaluate(slot, concerning: &concerned, at: now, effects: &effects) }
        for slot in routers.indices where routers[slot].isInUse && dependents.contains(routers[slot].definition.name) {
            evaluate(slot, concerning: &concerned, at: now, effects: &effects)
        }
        settleGroups(concerned, at: now, effects: &effects)
        forgetUntrackedObjects()
        releaseInterfaces(at: now, effects: &effects)
        refreshSubscriptions(effects: &effects)
    }

    /// The names of the routers in the track groups of both.
    private func dependents(of old: StaticDefinitions, _ new: StaticDefinitions) -> Set<String> {
        Set((old.trackGroups + new.trackGroups).flatMap(\.virtualRouters))
    }

    /// For each slot, where its router stands in new definitions; -1 where it does not.
    private func positions(of new: Definitions) -> [Int] {
        var positions = [Int](repeating: -1, count: routers.count)
        // Most changes leave the routers and their order.
        if definedSlots.count == new.virtualRouters.count,
            definedSlots.indices.allSatisfy({
                let (old, new) = (routers[definedSlots[$0]].definition, new.virtualRouters[$0])
                return old.name == new.name && RouterKey(old) == RouterKey(new)
            })
        {
            for (position, slot) in definedSlots.enumerated() { positions[slot] = position }
            return positions
        }
        let identities = RouterIdentities(of: definitions.virtualRouters, and: new.virtualRouters)
        var slots: [RouterIdentity: Int] = [:]
        for slot in definedSlots { slots[identities.identity(of: routers[slot].definition)] = slot }
        for (position, definition) in new.virtualRouters.enumerated() {
            if let slot = slots[identities.identity(of: definition)] { positions[slot] = position }
        }
        return positions
    }

    /// - Returns: its slot.
    private mutating func addRouter(_ definition: VirtualRouterDefinition, at now: Instant) -> Int {
        let slot = freeSlots.popLast() ?? routers.count
        if slot == routers.count {
            routers.append(RouterRuntime(definition, among: definitions.virtualRouters.count, at: now))
        } else {
            routers[slot] = RouterRuntime(definition, among: definitions.virtualRouters.count, at: now)
        }
        changeRouting(of: slot, to: definition.routing)
        return slot
    }

    private mutating func removeRouter(_ slot: Int, at now: Instant, effects: inout [Effect]) {
        leave(slot, at: now, effects: &effects)
        for position in routers[slot].addresses.indices { forget(slot, position) }
        removeVirtualInterface(of: slot, effects: &effects)
        unregisterReceiver(slot)
        routers[slot].isInUse = false
        protocolDeadlines.set(nil, for: slot)
        announcementDeadlines.set(nil, for: slot)
        retryDeadlines.set(nil, for: slot)
        routing[slot] = nil
        decisions?.waits[slot] = nil
        retiredSlots.append(slot)
    }

    /// Takes away the rules, routes and addresses that a router is to have no more, or to have otherwise.
    private mutating func dropAddresses(
        _ slot: Int, notIn definition: VirtualRouterDefinition, effects: inout [Effect]
    ) {
        dropRouting(RouterSlot(index: slot), notIn: definition.routing, effects: &effects)
        let kept = Set(definition.addresses + definition.unadvertisedAddresses)
        var remaining: [ManagedAddress] = []
        for (position, managed) in routers[slot].addresses.enumerated() {
            if kept.contains(managed.address) {
                remaining.append(managed)
            } else {
                removeAddress(slot, position, effects: &effects)
                forget(slot, position)
            }
        }
        routers[slot].addresses = remaining
        register(slot, effects: &effects)
        // A round may wait for the answer about an address that is no longer this router's.
        unblockRounds(slot)
    }

    private mutating func change(
        _ slot: Int, to definition: VirtualRouterDefinition, at now: Instant, effects: inout [Effect]
    ) {
        let existing = routers[slot].addresses
        let hadAcceptedTraffic = acceptsTraffic(slot)
        if !definition.hears(asMuchAs: routers[slot].definition) { subscriptionsAreStale = true }
        routers[slot].definition = definition
        var added: Set<IPAddress> = []
        routers[slot].addresses = RouterRuntime.managedAddresses(of: definition).map { new in
            guard var kept = existing.first(where: { $0.address == new.address }) else {
                added.insert(new.address.address)
                return new
            }
            kept.isAdvertised = new.isAdvertised
            return kept
        }
        changeRouting(of: slot, to: definition.routing)
        routers[slot].runs.removeAll { run in run.only.map { !$0.isDisjoint(with: added) } ?? false }
        register(slot, effects: &effects)
        // The list is a new one, every address of it as the definition says.
        routers[slot].advertisedLimit = .max
        updateConfiguration(slot, at: now, effects: &effects)
        guard routers[slot].isActive else { return }
        if hadAcceptedTraffic != acceptsTraffic(slot) {
            for managed in routers[slot].addresses where !added.contains(managed.address.address) {
                let key = managed.interfaceIndex.map {
                    AddressKey(interfaceIndex: $0, address: managed.address.address)
                }
                if acceptsTraffic(slot), let key, isRefusedElsewhere(key, than: slot) { continue }
                effects.append(
                    acceptsTraffic(slot)
                        ? .allowTraffic(managed.address.address) : .refuseTraffic(managed.address.address))
            }
        }
        scheduleRefresh(slot, at: now)
        scheduleTimers(slot)
    }
}

extension VirtualRouterDefinition {
    /// Whether adverts reach both the same way, so that the same sockets and groups do.
    fileprivate func hears(asMuchAs old: VirtualRouterDefinition) -> Bool {
        guard (authentication.authenticationHeaderKey == nil) == (old.authentication.authenticationHeaderKey == nil)
        else { return false }
        return switch (transport, old.transport) {
        case (.multicast(let group), .multicast(let other)): group == other
        case (.unicast, .unicast): true
        default: false
        }
    }

    /// Whether the difference is such that the old router must end before the new one starts.
    fileprivate func mustReplace(_ old: VirtualRouterDefinition) -> Bool {
        version != old.version || virtualMAC != old.virtualMAC
            || priority.isAddressOwner != old.priority.isAddressOwner
    }
}
