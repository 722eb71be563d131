public import VRRP

extension Engine {
    /// Takes the whole truth of the kernel: at the start, and after events were lost.
    ///
    /// Addresses with the tag of nobody who lives that no router holds are leftovers of a dead process and are removed; so
    /// are configured addresses that stand on an interface although their router is neither active nor handing over.
    public mutating func interfacesResynchronized(
        _ all: [HostInterface], at now: Instant, effects: inout [Effect]
    ) {
        let indices = Set(all.map(\.index))
        awaitedRemovals.removeAll(keepingCapacity: true)
        for index in interfaces.interfaces.keys.sorted() where !indices.contains(index) {
            forgetInterface(index, effects: &effects)
        }
        for interface in all {
            var link = interface
            link.addresses = []
            hold(link, at: now)
            _ = interfaces.update(link)
            let present = Set(interface.addresses.map(\.address))
            for known in interfaces[interface.index]?.addresses ?? [] where !present.contains(known.address) {
                _ = interfaces.removeAddress(known.address, on: interface.index)
            }
        }
        for slot in routers.indices where routers[slot].isInUse {
            resolve(slot, effects: &effects)
        }
        for slot in routers.indices {
            for position in routers[slot].addresses.indices {
                routers[slot].addresses[position].standingPrefixLengths = []
            }
        }
        var seen: Set<AddressKey> = []
        for interface in all {
            for address in interface.addresses {
                seen.insert(AddressKey(interfaceIndex: interface.index, address: address.address))
                reconcile(address, on: interface, at: now, effects: &effects)
            }
        }
        for slot in routers.indices where routers[slot].isInUse {
            for (position, managed) in routers[slot].addresses.enumerated() where managed.state == .present {
                guard let index = managed.interfaceIndex else { continue }
                if seen.contains(AddressKey(interfaceIndex: index, address: managed.address.address)) { continue }
                noteRemoval(.init(slot: slot, position: position), isExpected: false, at: now, effects: &effects)
            }
        }
        for position in statics.positions.filter({ !seen.contains($0.key) }).values.sorted() {
            restoreStaticAddress(position, isExpected: false, at: now, effects: &effects)
        }
        if knowsInterfaces, watchesRouting { routingRemoved(at: now, effects: &effects) }
        knowsInterfaces = true
        evaluateAll(at: now, effects: &effects)
    }

    /// Notes a new interface or a change of a known one; its addresses come one by one.
    public mutating func interfaceChanged(
        _ interface: HostInterface, at now: Instant, effects: inout [Effect]
    ) {
        var link = interface
        link.addresses = []
        let previous = interfaces[interface.index]
        let previousName = previous?.name
        hold(link, at: now)
        guard interfaces.update(link) else { return }
        if interface.isRunning, previous?.isRunning != true, watchesRouting {
            // The kernel took the IPv4 routes of the interface away without a word, or it is another interface.
            routingRemoved(at: now, effects: &effects)
        }
        evaluate(affectedBy: [interface.name, previousName], at: now, effects: &effects)
    }

    /// Notes that an interface is gone.
    public mutating func interfaceRemoved(index: Int32, at now: Instant, effects: inout [Effect]) {
        guard let name = interfaces[index]?.name else { return }
        forgetInterface(index, effects: &effects)
        evaluate(affectedBy: [name], at: now, effects: &effects)
    }

    /// Notes an address that appeared on an interface, or whose properties changed.
    public mutating func addressAdded(
        _ address: HostAddress, interfaceIndex: Int32, at now: Instant, effects: inout [Effect]
    ) {
        guard let name = interfaces[interfaceIndex]?.name else { return }
        let key = AddressKey(interfaceIndex: interfaceIndex, address: address.address)
        let places = places(of: key)
        for place in places { noteStanding(address, place) }
        if isHeldBySomeRouter(key) {
            for place in places where routers[place.slot].holdsAddresses {
                if routers[place.slot].addresses[place.position].state == .absent {
                    routers[place.slot].addresses[place.position].state = .present
                }
                if !address.isTentative { noteUsability(place) }
            }
        } else if let first = places.first {
            let owner = places.first { routers[$0.slot].definition.priority.isAddressOwner }
            settleStray(address, owner ?? first, at: now, effects: &effects)
            if owner != nil { evaluate(affectedBy: [name], at: now, effects: &effects) }
        } else if interfaces.set(address, on: interfaceIndex) {
            evaluate(affectedBy: [name], at: now, effects: &effects)
        }
    }

    /// Notes that an address is gone from an interface; a virtual one of an active router is put back.
    public mutating func addressRemoved(
        _ address: IPAddress, prefixLength: UInt8, interfaceIndex: Int32, at now: Instant, effects: inout [Effect]
    ) {
        let key = AddressKey(interfaceIndex: interfaceIndex, address: address)
        let isAwaited = endAwaiting(key)
        let places = placesByOrigin(of: key)
        for place in places {
            routers[place.slot].addresses[place.position].standingPrefixLengths.removeAll { $0 == prefixLength }
            let managed = routers[place.slot].addresses[place.position]
            // The kernel may tell of a removal that the engine itself asked for when it wants the address again already.
            let isExpected = !managed.isAdopted && (isAwaited || managed.address.prefixLength != prefixLength)
            noteRemoval(place, isExpected: isExpected, at: now, effects: &effects)
        }
        if let place = places.first {
            // It may stand there under another prefix length still.
            settleStray(nil, place, at: now, effects: &effects)
            return
        }
        if interfaces.removeAddress(address, on: interfaceIndex) != nil, let name = interfaces[interfaceIndex]?.name {
            evaluate(affectedBy: [name], at: now, effects: &effects)
        }
        if let position = statics.positions[key] {
            restoreStaticAddress(position, isExpected: isAwaited, at: now, effects: &effects)
        }
    }

    private mutating func noteRemoval(
        _ place: ManagedAddressPlace, isExpected: Bool, at now: Instant, effects: inout [Effect]
    ) {
        guard routers[place.slot].addresses[place.position].state == .present else { return }
        let wasAdopted = routers[place.slot].addresses[place.position].isAdopted
        let isActive = routers[place.slot].isActive && !isShutDown
        if isActive, isExpected {
            addAddress(place.slot, place.position, effects: &effects)
        } else if isActive, handOverPlan == nil || routers[place.slot].departure == nil {
            restore(place.slot, place.position, at: now, effects: &effects)
        } else {
            routers[place.slot].addresses[place.position].state = .absent
            routers[place.slot].addresses[place.position].isBorrowed = false
            routers[place.slot].addresses[place.position].isAdopted = false
            // Who takes an address away from a router that is about to leave wants it gone, as wrappers of daemons do.
            if handOverPlan != nil, routers[place.slot].departure != nil {
                leave(place.slot, at: now, effects: &effects)
            }
        }
        if wasAdopted { evaluate(place.slot, at: now, effects: &effects) }
    }

    /// Compares an address that the kernel has with what the engine knows.
    private mutating func reconcile(
        _ address: HostAddress, on interface: HostInterface, at now: Instant, effects: inout [Effect]
    ) {
        let key = AddressKey(interfaceIndex: interface.index, address: address.address)
        let places = places(of: key)
        guard let first = places.first else {
            guard owners.isLeftover(address), statics.positions[key] == nil else {
                _ = interfaces.set(address, on: interface.index)
                return
            }
            let leftover = VirtualAddress(address.address, prefixLength: address.prefixLength)
            remove(.init(interfaceIndex: interface.index, address: leftover, router: nil), effects: &effects)
            effects.append(.report(.leftoverRemoved(address.address, interface: interface.name)))
            return
        }
        for place in places { noteStanding(address, place) }
        let holders = places.filter { routers[$0.slot].holdsAddresses }
        for place in holders {
            let isUnknown = routers[place.slot].addresses[place.position].state == .absent
            if isUnknown { routers[place.slot].addresses[place.position].state = .present }
        }
        if holders.isEmpty, !places.contains(where: { routers[$0.slot].addresses[$0.position].isAdopted }) {
            let owner = places.first { routers[$0.slot].definition.priority.isAddressOwner }
            let place = owner ?? first
            takeOver(address, place.slot, place.position, effects: &effects)
        }
    }

    /// Takes what was known of an interface back, and the sockets on it: one that comes back under the same number is in no
    /// group any more, whatever they were members of.
    private mutating func forgetInterface(_ index: Int32, effects: inout [Effect]) {
        guard let interface = interfaces.remove(index) else { return }
        heldInterfaces[index] = nil
        forgetVirtualInterfaces(named: interface.name, above: index)
        awaitedRemovals = awaitedRemovals.filter { $0.key.interfaceIndex != index }
        for subscription in subscriptions.filter({ $0.interfaceIndex == index }).sorted() {
            effects.append(.stopListening(subscription))
            subscriptions.remove(subscription)
            deafSubscriptions.remove(subscription)
        }
        subscriptionsAreStale = true
    }

    /// Resolves names to interfaces without starting or stopping anything.
    private mutating func resolve(_ slot: Int, effects: inout [Effect]) {
        guard routers[slot].machine.state == .initialize else { return }
        let index = interfaces[routers[slot].definition.interface]?.index
        if index != routers[slot].interfaceIndex {
            unregisterReceiver(slot)
            routers[slot].interfaceIndex = index
            registerReceiver(slot)
        }
        if routers[slot].definition.virtualMAC == nil { routers[slot].addressInterfaceIndex = index }
        register(slot, effects: &effects)
    }

    /// Looks at the routers to which anything about the named interfaces matters.
    mutating func evaluate(
        affectedBy names: [String?], at now: Instant, effects: inout [Effect]
    ) {
        var groups: Set<Int> = []
        for slot in routers.indices where routers[slot].isInUse {
            guard names.contains(where: { $0.map { dependsOn($0, slot) } ?? false }) else { continue }
            evaluate(slot, concerning: &groups, at: now, effects: &effects)
        }
        settleGroups(groups, at: now, effects: &effects)
        settleStatics(effects: &effects)
        refreshSubscriptions(effects: &effects)
    }

    private func dependsOn(_ interface: String, _ slot: Int) -> Bool {
        routers[slot].definition.dependsOn(interface: interface)
            || statics.dependencies[routers[slot].definition.name]?.contains { $0.interfaces.contains(interface) }
                == true
            || routers[slot].definition.tracking.sourceAddress
            || groupConditions(of: slot).contains { $0.object == .interface(interface) }
    }

    mutating func evaluateAll(at now: Instant, effects: inout [Effect]) {
        var groups: Set<Int> = []
        for slot in routers.indices where routers[slot].isInUse {
            evaluate(slot, concerning: &groups, at: now, effects: &effects)
        }
        settleGroups(groups, at: now, effects: &effects)
        settleStatics(effects: &effects)
        refreshSubscriptions(effects: &effects)
    }
}

extension VirtualRouterDefinition {
    /// Whether anything about the interface matters to the router.
    fileprivate func dependsOn(interface name: String) -> Bool {
        interface == name || virtualMAC?.name == name
            || tracking.conditions.contains { $0.object == .interface(name) }
            || addresses.contains { $0.interface == name } || unadvertisedAddresses.contains { $0.interface == name }
            || routing.contains { $0.interfaces.contains(name) }
    }
}
