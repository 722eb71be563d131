public import VRRP

extension Engine {
    /// Puts definitions in force: at the start, and whenever they change.
    ///
    /// Touches only what differs. A virtual router is the same one while its interface, family and identifier are; it
    /// keeps its state, timers and counters, and one whose definition did not change at all sends the same octets at the
    /// same times as without the call.
    ///
    /// - Throws: ``DefinitionError`` before anything has changed.
    public mutating func apply(
        _ new: Definitions, at now: Instant, effects: inout [Effect]
    ) throws(DefinitionError) {
        try new.validate()
        freeSlots += retiredSlots
        retiredSlots.removeAll()
        var wanted: [RouterKey: VirtualRouterDefinition] = [:]
        for definition in new.virtualRouters { wanted[RouterKey(definition)] = definition }

        // What leaves goes first, so that an address may move from one router to another.
        for slot in routers.indices where routers[slot].isInUse {
            let current = routers[slot].definition
            guard let definition = wanted[routers[slot].key], !definition.mustReplace(current) else {
                removeRouter(slot, at: now, effects: &effects)
                continue
            }
            if definition != current { dropAddresses(slot, notIn: definition, effects: &effects) }
        }
        definitions = new
        for definition in new.virtualRouters {
            if let slot = slotByKey[RouterKey(definition)] {
                if routers[slot].definition != definition {
                    change(slot, to: definition, at: now, effects: &effects)
                }
            } else {
                addRouter(definition, at: now, effects: &effects)
            }
        }
        refreshSubscriptions(effects: &effects)
    }

    private mutating func addRouter(
        _ definition: VirtualRouterDefinition, at now: Instant, effects: inout [Effect]
    ) {
        let slot = freeSlots.popLast() ?? routers.count
        if slot == routers.count {
            routers.append(RouterRuntime(definition, at: now))
        } else {
            routers[slot] = RouterRuntime(definition, at: now)
        }
        slotByKey[RouterKey(definition)] = slot
        evaluate(slot, at: now, effects: &effects)
    }

    private mutating func removeRouter(_ slot: Int, at now: Instant, effects: inout [Effect]) {
        leave(slot, at: now, effects: &effects)
        for position in routers[slot].addresses.indices { forget(slot, position) }
        removeVirtualInterface(of: slot, effects: &effects)
        unregisterReceiver(slot)
        slotByKey[routers[slot].key] = nil
        routers[slot].isInUse = false
        protocolDeadlines.set(nil, for: slot)
        announcementDeadlines.set(nil, for: slot)
        retryDeadlines.set(nil, for: slot)
        retiredSlots.append(slot)
    }

    /// Takes away the addresses that a router is to have no more, or to have otherwise.
    private mutating func dropAddresses(
        _ slot: Int, notIn definition: VirtualRouterDefinition, effects: inout [Effect]
    ) {
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
        routers[slot].runs.removeAll { run in run.only.map { !$0.isDisjoint(with: added) } ?? false }
        register(slot, effects: &effects)
        updateConfiguration(slot, at: now, effects: &effects)
        evaluate(slot, at: now, effects: &effects)
        guard routers[slot].isActive else { return }
        if hadAcceptedTraffic != acceptsTraffic(slot) {
            for managed in routers[slot].addresses where !added.contains(managed.address.address) {
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
    /// Whether the difference is such that the old router must end before the new one starts.
    fileprivate func mustReplace(_ old: VirtualRouterDefinition) -> Bool {
        version != old.version || virtualMAC != old.virtualMAC
            || priority.isAddressOwner != old.priority.isAddressOwner
    }
}
