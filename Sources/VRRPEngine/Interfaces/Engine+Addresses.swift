public import VRRP

extension Engine {
    /// Whether packets to the addresses of a router are accepted while it is active.
    func acceptsTraffic(_ slot: Int) -> Bool {
        routers[slot].definition.acceptMode || routers[slot].definition.priority.isAddressOwner
    }

    /// Asks for an address on its interface.
    mutating func addAddress(_ slot: Int, _ position: Int, effects: inout [Effect]) {
        let managed = routers[slot].addresses[position]
        guard !managed.isAdopted, let assignment = assignment(slot, position) else { return }
        if !acceptsTraffic(slot) { effects.append(.refuseTraffic(managed.address.address)) }
        routers[slot].addresses[position].retryAt = nil
        if borrow(slot, position, assignment.key) { return }
        routers[slot].addresses[position].state = .adding
        routers[slot].addresses[position].isUsable = false
        routers[slot].addresses[position].usableBy = nil
        effects.append(.addAddress(assignment))
    }

    /// Takes an address off its interface, unless it is the node's own or another router holds it as well.
    mutating func removeAddress(_ slot: Int, _ position: Int, effects: inout [Effect]) {
        let managed = routers[slot].addresses[position]
        routers[slot].addresses[position].retryAt = nil
        routers[slot].addresses[position].isRefused = false
        routers[slot].addresses[position].isForgone = false
        switch managed.state {
        case .absent, .removing: return
        case .adding, .present: break
        }
        guard !managed.isAdopted, let assignment = assignment(slot, position) else { return }
        routers[slot].addresses[position].isBorrowed = false
        if let heir = heir(of: managed, slot, assignment.key) {
            bequeath(slot, position, to: heir, effects: &effects)
        } else {
            routers[slot].addresses[position].state = .removing
            remove(assignment, effects: &effects)
            for prefixLength in managed.standingPrefixLengths where prefixLength != managed.address.prefixLength {
                var other = assignment
                other.address.prefixLength = prefixLength
                remove(other, effects: &effects)
            }
        }
        if !acceptsTraffic(slot), !isRefusedElsewhere(assignment.key, than: slot) {
            effects.append(.allowTraffic(managed.address.address))
        }
    }

    /// Asks for the removal of an address, which the kernel then tells of.
    mutating func remove(_ assignment: AddressAssignment, effects: inout [Effect]) {
        if interfaces[assignment.interfaceIndex] != nil { awaitedRemovals[assignment.key, default: 0] += 1 }
        effects.append(.removeAddress(assignment))
    }

    func assignment(_ slot: Int, _ position: Int) -> AddressAssignment? {
        let managed = routers[slot].addresses[position]
        return managed.interfaceIndex.map {
            AddressAssignment(interfaceIndex: $0, address: managed.address, router: RouterSlot(index: slot))
        }
    }

    /// Notes on which interface each address of a router belongs, so that kernel events find it.
    mutating func register(_ slot: Int, effects: inout [Effect]) {
        for position in routers[slot].addresses.indices {
            let managed = routers[slot].addresses[position]
            let index =
                managed.address.interface.map { interfaces[$0]?.index } ?? routers[slot].addressInterfaceIndex
            if index != managed.interfaceIndex {
                forget(slot, position)
                routers[slot].addresses[position].interfaceIndex = index
                routers[slot].addresses[position].state = .absent
                routers[slot].addresses[position].isBorrowed = false
                routers[slot].addresses[position].isAdopted = false
                routers[slot].addresses[position].standingPrefixLengths = []
            }
            guard let index else { continue }
            let key = AddressKey(interfaceIndex: index, address: managed.address.address)
            let place = ManagedAddressPlace(slot: slot, position: position)
            if let first = managedAddresses[key], first.slot != slot {
                share(key, place)
                let standing = routers[first.slot].addresses[first.position].standingPrefixLengths
                routers[slot].addresses[position].standingPrefixLengths = standing
            } else if managedAddresses.updateValue(place, forKey: key) == nil,
                let existing = interfaces.removeAddress(key.address, on: index)
            {
                // It was there before anybody said that it is a virtual one.
                noteStanding(existing, place)
                takeOver(existing, slot, position, effects: &effects)
            }
        }
    }

    /// Forgets where an address of a router belongs.
    mutating func forget(_ slot: Int, _ position: Int) {
        let managed = routers[slot].addresses[position]
        guard let index = managed.interfaceIndex else { return }
        let key = AddressKey(interfaceIndex: index, address: managed.address.address)
        guard !forgetShare(slot, key), managedAddresses[key]?.slot == slot else { return }
        managedAddresses[key] = nil
        if managed.isAdopted {
            _ = interfaces.set(
                HostAddress(managed.address.address, prefixLength: managed.address.prefixLength), on: index)
        }
    }

    /// Tells the engine how an ``Effect/addAddress(_:)`` or ``Effect/removeAddress(_:)`` ended.
    public mutating func addressOperationEnded(
        _ assignment: AddressAssignment, isAdded: Bool, _ outcome: ConfigurationOutcome, at now: Instant,
        effects: inout [Effect]
    ) {
        let succeeded = outcome != .refused
        // The kernel tells of no removal that was none.
        if !isAdded, outcome != .done { endAwaiting(assignment.key) }
        let places = places(of: assignment.key)
        guard let first = places.first else {
            if isAdded { staticAddressEnded(assignment, succeeded: succeeded, at: now, effects: &effects) }
            return
        }
        for place in places {
            switch (routers[place.slot].addresses[place.position].state, isAdded) {
            case (.adding, true): additionEnded(place, succeeded: succeeded, at: now, effects: &effects)
            case (.removing, false): routers[place.slot].addresses[place.position].state = .absent
            case (.absent, _), (.present, _), (.adding, false), (.removing, true): break
            }
        }
        guard !isAdded else { return }
        let place = places.first { $0.slot == assignment.router?.index } ?? first
        // More than one removal may be under way, where it stood under more than one prefix length.
        guard routers[place.slot].addresses[place.position].state == .absent, !isHeldBySomeRouter(assignment.key),
            !succeeded || isStray(place)
        else { return }
        routers[place.slot].addresses[place.position].state = .present
        tryAgain(place.slot, place.position, at: now + ManagedAddress.retryInterval)
    }

    private mutating func additionEnded(
        _ place: ManagedAddressPlace, succeeded: Bool, at now: Instant, effects: inout [Effect]
    ) {
        let slot = place.slot
        let address = routers[slot].addresses[place.position].address.address
        if succeeded {
            routers[slot].addresses[place.position].state = .present
            awaitUsability(place, at: now)
            if routers[slot].addresses[place.position].isRefused {
                routers[slot].addresses[place.position].isRefused = false
                startRun(slot, routers[slot].definition.announcements.afterBecomingActive, only: [address], at: now)
            }
        } else {
            routers[slot].addresses[place.position].state = .absent
            routers[slot].addresses[place.position].isBorrowed = false
            tryAgain(slot, place.position, at: now + ManagedAddress.retryInterval)
            if !routers[slot].addresses[place.position].isRefused {
                routers[slot].addresses[place.position].isRefused = true
                effects.append(.report(.addressRefused(router: routers[slot].definition.name, address)))
            }
        }
        unblockRounds(slot)
    }

    /// Lets announcements of an IPv6 address wait until it works: Linux answers before it has made the route to it, which
    /// it does when it tells of the address. Who believed an announcement before that would send into nothing.
    private mutating func awaitUsability(_ place: ManagedAddressPlace, at now: Instant) {
        let managed = routers[place.slot].addresses[place.position]
        guard managed.address.address.family == .ipv6, !managed.isUsable else { return }
        routers[place.slot].addresses[place.position].usableBy = now + ManagedAddress.usabilityTimeout
    }

    /// The kernel has told that an address can be used.
    mutating func noteUsability(_ place: ManagedAddressPlace) {
        routers[place.slot].addresses[place.position].isUsable = true
        guard routers[place.slot].addresses[place.position].usableBy != nil else { return }
        routers[place.slot].addresses[place.position].usableBy = nil
        unblockRounds(place.slot)
    }

    /// Somebody else took an address of an active router away: put it back unless it is to be left alone then, but do not
    /// fight faster than once a second.
    mutating func restore(_ slot: Int, _ position: Int, at now: Instant, effects: inout [Effect]) {
        routers[slot].addresses[position].state = .absent
        routers[slot].addresses[position].isBorrowed = false
        routers[slot].addresses[position].isAdopted = false
        guard routers[slot].addresses[position].address.isTracked else {
            routers[slot].addresses[position].isForgone = true
            return
        }
        if let last = routers[slot].addresses[position].lastRestored, now - last < ManagedAddress.retryInterval {
            tryAgain(slot, position, at: last + ManagedAddress.retryInterval)
            return
        }
        let address = routers[slot].addresses[position].address.address
        routers[slot].addresses[position].lastRestored = now
        routers[slot].statistics.addressesRestored += 1
        addAddress(slot, position, effects: &effects)
        // The kernel takes routes away with an address, some of them without a word.
        restoreRouting(RouterSlot(index: slot), all: true, effects: &effects)
        startRun(slot, routers[slot].definition.announcements.afterContest, only: [address], at: now)
        effects.append(.report(.addressRestored(router: routers[slot].definition.name, address)))
    }

    mutating func tryAgain(_ slot: Int, _ position: Int, at time: Instant) {
        routers[slot].addresses[position].retryAt = time
        retryDeadlines.set(routers[slot].addresses.compactMap(\.retryAt).min(), for: slot)
    }

    /// Tries to configure the addresses whose wait is over.
    mutating func retryAddresses(at now: Instant, effects: inout [Effect]) {
        while let (slot, deadline) = retryDeadlines.first, deadline <= now {
            for position in routers[slot].addresses.indices {
                guard let time = routers[slot].addresses[position].retryAt, time <= now else { continue }
                routers[slot].addresses[position].retryAt = nil
                guard routers[slot].isActive else {
                    removeStray(slot, position, at: now, effects: &effects)
                    continue
                }
                if routers[slot].addresses[position].isRefused {
                    addAddress(slot, position, effects: &effects)
                } else {
                    restore(slot, position, at: now, effects: &effects)
                }
            }
            retryDeadlines.set(routers[slot].addresses.compactMap(\.retryAt).min(), for: slot)
        }
    }
}
