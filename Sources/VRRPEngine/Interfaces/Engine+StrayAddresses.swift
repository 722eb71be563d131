import VRRP

// Addresses of routers that stand on their interfaces although the engine did not put them there.
extension Engine {
    /// Whether an address is the node's own, because its router is the address owner.
    private func isOwn(_ existing: HostAddress, _ slot: Int, _ position: Int) -> Bool {
        // What stands on the virtual MAC interface was put there by an engine, tag or not.
        let isOnVirtualInterface =
            routers[slot].definition.virtualMAC != nil && routers[slot].addresses[position].address.interface == nil
        return routers[slot].definition.priority.isAddressOwner && !existing.isTagged && !isOnVirtualInterface
    }

    /// An address of a router stands on its interface although the engine did not put it there: the address owner's own
    /// is adopted; any other one is a leftover, and goes unless the router is active, or somebody else who lives has it.
    mutating func takeOver(
        _ existing: HostAddress, _ slot: Int, _ position: Int, effects: inout [Effect]
    ) {
        let managed = routers[slot].addresses[position]
        let isOwn = isOwn(existing, slot, position)
        if isOwn || routers[slot].holdsAddresses {
            routers[slot].addresses[position].state = .present
            routers[slot].addresses[position].isAdopted = isOwn
            return
        }
        // An address may move from one engine of the node to another: who has it takes it away.
        guard !owners.others.contains(existing.originTag) else { return }
        guard let index = managed.interfaceIndex, let interface = interfaces[index] else { return }
        routers[slot].addresses[position].state = .removing
        var leftover = managed.address
        // The prefix in the kernel may be another one than the configured.
        leftover.prefixLength = existing.prefixLength
        remove(
            AddressAssignment(interfaceIndex: index, address: leftover, router: RouterSlot(index: slot)),
            effects: &effects)
        effects.append(.report(.leftoverRemoved(existing.address, interface: interface.name)))
    }

    /// Notes under which prefix length the kernel has an address of a router, unless another engine of the node has put it
    /// there.
    mutating func noteStanding(_ existing: HostAddress, _ place: ManagedAddressPlace) {
        guard !owners.others.contains(existing.originTag),
            !routers[place.slot].addresses[place.position].standingPrefixLengths.contains(existing.prefixLength)
        else { return }
        routers[place.slot].addresses[place.position].standingPrefixLengths.append(existing.prefixLength)
    }

    /// Ends the wait for one removal of an address that the engine asked for.
    ///
    /// - Returns: Whether there was any.
    @discardableResult
    mutating func endAwaiting(_ key: AddressKey) -> Bool {
        guard let count = awaitedRemovals[key], count > 0 else { return false }
        awaitedRemovals[key] = count > 1 ? count - 1 : nil
        return true
    }

    /// Whether an address stands on its interface by somebody else's doing although no router of it is active or hands
    /// over.
    func isStray(_ place: ManagedAddressPlace) -> Bool {
        let managed = routers[place.slot].addresses[place.position]
        guard !isShutDown, !managed.isAdopted, !managed.standingPrefixLengths.isEmpty,
            let index = managed.interfaceIndex
        else { return false }
        let key = AddressKey(interfaceIndex: index, address: managed.address.address)
        // What the engine takes away already may be told of late.
        return !isHeldBySomeRouter(key) && awaitedRemovals[key] == nil
    }

    /// Somebody configured an address of a router that does not hold it: it goes as what is found at the start does, or two
    /// nodes would answer for it. Whoever insists on it is not fought faster than once a second.
    ///
    /// - Parameter existing: the address; nil where it is known already.
    mutating func settleStray(
        _ existing: HostAddress?, _ place: ManagedAddressPlace, at now: Instant, effects: inout [Effect]
    ) {
        if let existing, isOwn(existing, place.slot, place.position) {
            return takeOver(existing, place.slot, place.position, effects: &effects)
        }
        guard isStray(place) else { return }
        routers[place.slot].addresses[place.position].state = .present
        if let last = routers[place.slot].addresses[place.position].lastRemoved,
            now - last < ManagedAddress.retryInterval
        {
            tryAgain(place.slot, place.position, at: last + ManagedAddress.retryInterval)
        } else {
            removeStray(place.slot, place.position, at: now, effects: &effects)
        }
    }

    /// Takes away what stands on the interface although its router does not hold it, or what could not be taken away before.
    mutating func removeStray(_ slot: Int, _ position: Int, at now: Instant, effects: inout [Effect]) {
        let managed = routers[slot].addresses[position]
        guard !isShutDown, !managed.isAdopted, managed.state == .present, let assignment = assignment(slot, position),
            !isHeldBySomeRouter(assignment.key)
        else { return }
        routers[slot].addresses[position].state = .removing
        routers[slot].addresses[position].lastRemoved = now
        if managed.standingPrefixLengths.isEmpty { remove(assignment, effects: &effects) }
        for prefixLength in managed.standingPrefixLengths {
            var standing = assignment
            standing.address.prefixLength = prefixLength
            remove(standing, effects: &effects)
        }
        if let last = managed.lastStrayReport, now - last < RouterRuntime.reportInterval { return }
        routers[slot].addresses[position].lastStrayReport = now
        effects.append(
            .report(.strayRemoved(router: routers[slot].definition.name, managed.address.address)))
    }
}
