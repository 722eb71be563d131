import VRRP

extension Engine {
    /// Hands an event to the state machine of a router and does what follows.
    mutating func handle(
        _ event: VirtualRouterEvent, _ slot: Int, at now: Instant, effects: inout [Effect]
    ) {
        let activeBefore = activeRouterKnown(to: slot)
        let outcome = routers[slot].machine.handle(event, at: now)
        if let priority = outcome.advertise { transmit(slot, priority: priority, at: now, effects: &effects) }
        if let transition = outcome.transition {
            if transition.from == .active { routers[slot].heard.noteEndOfOwnPart(transition.reason, at: now) }
            // Who ends does so for reasons of its own.
            routers[slot].transitionPeer = event == .shutdown ? nil : event.sender ?? activeBefore
            carryOut(transition, slot, at: now, effects: &effects)
            if routers[slot].membership != nil {
                bringBackGroup(of: slot, after: transition, at: now, effects: &effects)
            }
        }
        if outcome.wonContest {
            routers[slot].statistics.contestsWon += 1
            reportContest(slot, at: now, effects: &effects)
            announceAfterContest(slot, at: now)
            if routers[slot].membership != nil { announceGroupAfterContest(of: slot, at: now) }
        }
        if let conflict = outcome.conflict { report(conflict, slot, at: now, effects: &effects) }
        scheduleTimers(slot)
        if outcome.transition?.to == .active { joinNextWakeUp(slot, at: now) }
        if tellsDecisions { tellWait(slot, at: now, effects: &effects) }
    }

    /// The active router as a backup last heard it.
    ///
    /// A function of the engine, because one of the router would be given a copy of it for each advert.
    func activeRouterKnown(to slot: Int) -> HeardAdvert? {
        guard case .backup(let backup) = routers[slot].machine.state, let source = backup.activeRouter,
            let priority = backup.activePriority
        else { return nil }
        return HeardAdvert(source: source, priority: priority)
    }

    /// Puts the timers of a router into the queues.
    mutating func scheduleTimers(_ slot: Int) {
        protocolDeadlines.set(routers[slot].machine.deadline, for: slot)
    }

    /// Sends one advert to the group, or one to each peer.
    mutating func transmit(_ slot: Int, priority: UInt8, at now: Instant, effects: inout [Effect]) {
        guard let interfaceIndex = routers[slot].interfaceIndex, interfaces[interfaceIndex]?.isRunning == true,
            !routers[slot].templates.isEmpty
        else { return }
        var sent: UInt64 = 0
        let number = routers[slot].templates[0].needsSequenceNumber ? routers[slot].authenticationSequence.next() : 0
        switch routers[slot].definition.transport {
        case .multicast:
            effects.append(
                .transmit(
                    Transmission(
                        router: RouterSlot(index: slot), interfaceIndex: interfaceIndex, priority: priority,
                        destination: .group, sequenceNumber: number)))
            routers[slot].captureSent(0, priority: priority, sequenceNumber: number, at: now)
            sent = 1
        case .unicast(let peers):
            // A list of all nodes names this one too, and is written so by many tools.
            for place in peers.indices where peers[place].address != routers[slot].machine.primaryAddress {
                effects.append(
                    .transmit(
                        Transmission(
                            router: RouterSlot(index: slot), interfaceIndex: interfaceIndex, priority: priority,
                            destination: .peer(place), sequenceNumber: number)))
                // One stands for all, or an advert to many peers would drive out those that were heard.
                if sent == 0 {
                    routers[slot].captureSent(place, priority: priority, sequenceNumber: number, at: now)
                }
                sent += 1
            }
        }
        routers[slot].statistics.advertisementsSent += sent
        if priority == 0 { routers[slot].statistics.priorityZeroSent += sent }
    }

    /// Does what entering or leaving Active means for the node.
    mutating func carryOut(
        _ transition: VirtualRouterOutcome.Transition, _ slot: Int, at now: Instant, effects: inout [Effect]
    ) {
        if transition.from == .active, handOverPlan != nil, routers[slot].departure != nil {
            return standDown(transition, slot, at: now, effects: &effects)
        }
        if isDrained(slot) || routers[slot].departure != nil, transition.leavesToSuccessor {
            return standAside(transition, slot, at: now, effects: &effects)
        }
        routers[slot].capture.freeze()
        noteTransition(transition, slot, at: now)
        routers[slot].stateSince = now
        routers[slot].lastReason = transition.reason
        routers[slot].lastPeer = routers[slot].transitionPeer
        if transition.from == .active { leaveActive(slot, effects: &effects) }
        if transition.to == .active { enterActive(slot, at: now, effects: &effects) }
        effects.append(
            .report(
                .transition(
                    router: routers[slot].definition.name,
                    StateChange(transition, cause: groupCause(slot), peer: routers[slot].transitionPeer),
                    priority: routers[slot].machine.configuration.priority)))
        routers[slot].transitionPeer = nil
        routers[slot].membership?.forgetElection()
    }

    private mutating func enterActive(_ slot: Int, at now: Instant, effects: inout [Effect]) {
        routers[slot].statistics.becameActive += 1
        routers[slot].heard.noteOwnPart()
        // What a router that is drained had not given away yet is there.
        let hasKept = endDeparture(slot)
        if let interface = virtualInterface(of: slot) {
            effects.append(.setVirtualInterface(interface, isUp: true))
        }
        for position in routers[slot].addresses.indices
        where !hasKept || routers[slot].addresses[position].state != .present {
            addAddress(slot, position, effects: &effects)
        }
        addRouting(RouterSlot(index: slot), effects: &effects)
        startRun(slot, routers[slot].definition.announcements.afterBecomingActive, only: nil, at: now)
        scheduleRefresh(slot, at: now)
    }

    private mutating func leaveActive(_ slot: Int, effects: inout [Effect]) {
        routers[slot].statistics.leftActive += 1
        _ = endDeparture(slot)
        stopAnnouncing(slot)
        releaseAddresses(slot, effects: &effects)
    }

    /// Takes the rules and routes of a router away, and its addresses off their interfaces.
    mutating func releaseAddresses(_ slot: Int, effects: inout [Effect]) {
        removeRouting(RouterSlot(index: slot), effects: &effects)
        for position in routers[slot].addresses.indices { removeAddress(slot, position, effects: &effects) }
        retryDeadlines.set(nil, for: slot)
        if let interface = virtualInterface(of: slot) {
            effects.append(.setVirtualInterface(interface, isUp: false))
        }
    }

    /// Looks at everything that a router depends on, and starts or stops it accordingly, with its sync group.
    mutating func evaluate(_ slot: Int, at now: Instant, effects: inout [Effect]) {
        var concerned: Set<Int> = []
        evaluate(slot, concerning: &concerned, at: now, effects: &effects)
        settleGroups(concerned, at: now, effects: &effects)
    }

    /// Looks at everything that a router depends on, and starts or stops it accordingly unless it is in a sync group.
    ///
    /// - Parameter groups: Takes its sync group up, for ``settleGroups(_:at:effects:)``: once for all members that are looked at.
    mutating func evaluate(
        _ slot: Int, concerning groups: inout Set<Int>, at now: Instant, effects: inout [Effect]
    ) {
        guard !isShutDown else { return }
        refresh(slot, at: now, effects: &effects)
        if let membership = routers[slot].membership {
            groups.insert(membership.group)
        } else {
            settle(slot, faults: routers[slot].ownFaults ?? [], at: now, effects: &effects)
        }
    }

    /// Looks at everything that a router depends on.
    private mutating func refresh(_ slot: Int, at now: Instant, effects: inout [Effect]) {
        let index = interfaces[routers[slot].definition.interface]?.index
        if index != routers[slot].interfaceIndex {
            // Another interface, even of the same name, has none of our addresses: what was is over.
            leave(slot, at: now, effects: &effects)
            unregisterReceiver(slot)
            routers[slot].interfaceIndex = index
            registerReceiver(slot)
        }
        resolveVirtualInterface(slot, effects: &effects)
        register(slot, effects: &effects)
        refreshSource(slot)
        updateConfiguration(slot, at: now, effects: &effects)
        routers[slot].ownFaults = currentFaults(slot)
    }

    /// Starts or stops a router after what keeps it out of the election.
    mutating func settle(_ slot: Int, faults: [RouterFault], at now: Instant, effects: inout [Effect]) {
        if faults != routers[slot].faults {
            routers[slot].faults = faults
            effects.append(.report(.faults(router: routers[slot].definition.name, faults)))
        }
        switch routers[slot].machine.state.name {
        case _ where !faults.isEmpty: leave(slot, at: now, effects: &effects)
        case .initialize where handOverPlan == nil: handle(.startup, slot, at: now, effects: &effects)
        case .active:
            addMissingAddresses(slot, at: now, effects: &effects)
            addRouting(RouterSlot(index: slot), effects: &effects)
        case .initialize, .backup: break
        }
    }

    /// Adds what an active router lacks because the interface of an address is another one than before.
    private mutating func addMissingAddresses(_ slot: Int, at now: Instant, effects: inout [Effect]) {
        var missing: Set<IPAddress> = []
        for position in routers[slot].addresses.indices {
            let managed = routers[slot].addresses[position]
            guard managed.state == .absent, !managed.isForgone, managed.retryAt == nil, managed.interfaceIndex != nil
            else { continue }
            addAddress(slot, position, effects: &effects)
            missing.insert(managed.address.address)
        }
        guard !missing.isEmpty else { return }
        startRun(slot, routers[slot].definition.announcements.afterBecomingActive, only: missing, at: now)
    }

    /// Everything that keeps a router in Initialize, in the order in which one would repair it.
    private func currentFaults(_ slot: Int) -> [RouterFault] {
        let definition = routers[slot].definition
        var faults: [RouterFault] = []
        if let interface = interfaces[definition.interface] {
            if definition.tracking.ownInterface, !isUp(interface.name) {
                faults.append(.interfaceDown(interface.name))
            }
            if interface.macAddress == nil {
                faults.append(.noHardwareAddress(interface.name))
            } else if routers[slot].machine.primaryAddress == RouterRuntime.unspecified(definition.family) {
                faults.append(.noPrimaryAddress(interface.name))
            }
            if isDeaf(slot) { faults.append(.notListening(interface.name)) }
        } else {
            faults.append(.interfaceMissing(definition.interface))
        }
        if let virtual = definition.virtualMAC, routers[slot].addressInterfaceIndex == nil {
            faults.append(.virtualInterfaceMissing(virtual.name))
        }
        for address in routers[slot].addresses {
            guard let name = address.address.interface, name != definition.interface, address.address.isTracked else {
                continue
            }
            if let fault = fault(ofInterface: name), !faults.contains(fault) { faults.append(fault) }
        }
        for entry in definition.routing where entry.isTracked {
            // The virtual MAC interface is down until the router is active.
            for name in entry.interfaces
            where name != definition.interface && name != definition.virtualMAC?.name {
                if let fault = fault(ofInterface: name), !faults.contains(fault) { faults.append(fault) }
            }
        }
        for fault in staticFaults(slot) where !faults.contains(fault) { faults.append(fault) }
        if definition.tracking.sourceAddress, let source = definition.sourceAddress, !interfaces.has(source) {
            faults.append(.sourceAddressMissing(source))
        }
        faults += brokenConditions(definition.tracking.conditions, priority: definition.priority)
            .map { .trackedObject($0.object) }
        if case .unicast(let peers) = definition.transport, peers.isEmpty { faults.append(.noPeers) }
        if startsAt != nil { faults.append(.startDelayed) }
        return faults
    }

    /// What keeps a router out that needs an interface besides its own.
    func fault(ofInterface name: String) -> RouterFault? {
        switch interfaces[name] {
        case nil: .interfaceMissing(name)
        case .some(let interface): interface.isRunning ? nil : .interfaceDown(name)
        }
    }

    /// Chooses the hardware and IP address that adverts come from, and encodes them anew where either changed.
    private mutating func refreshSource(_ slot: Int) {
        let definition = routers[slot].definition
        let interface = routers[slot].interfaceIndex.flatMap { interfaces[$0] }
        let macAddress =
            definition.virtualMACAddress ?? interface?.macAddress
        let advertisementMACAddress =
            definition.virtualMAC?.advertisesFromParent == true ? interface?.macAddress : macAddress
        let source =
            interface.flatMap { definition.sourceAddress ?? ownSource(slot, on: $0.index) }
            ?? RouterRuntime.unspecified(definition.family)
        guard
            source != routers[slot].machine.primaryAddress || macAddress != routers[slot].macAddress
                || advertisementMACAddress != routers[slot].advertisementMACAddress
        else { return }
        routers[slot].macAddress = macAddress
        routers[slot].advertisementMACAddress = advertisementMACAddress
        routers[slot].machine.primaryAddress = source
        routers[slot].rules = RouterRuntime.rules(
            of: definition, priority: routers[slot].machine.configuration.priority, ownAddress: source,
            advertisedLimit: routers[slot].advertisedLimit)
        routers[slot].rebuildTemplates()
    }

    private func ownSource(_ slot: Int, on index: Int32) -> IPAddress? {
        let definition = routers[slot].definition
        let isRouted: Bool =
            switch definition.transport {
            case .multicast: false
            case .unicast(let peers): !peers.contains { $0.address.isIPv6LinkLocal }
            }
        // Only the owner may use a virtual address, because it is the interface's own (RFC 9568, section 5.1.1.1).
        return interfaces.primaryAddress(definition.family, on: index, isRouted: isRouted, besides: owners)
            ?? routers[slot].addresses.first {
                $0.isAdopted && $0.address.address.family == definition.family
                    && (definition.family == .ipv4 || $0.address.address.isIPv6LinkLocal != isRouted)
            }?.address.address
    }

    /// Takes definition and tracking into use.
    mutating func updateConfiguration(_ slot: Int, at now: Instant, effects: inout [Effect]) {
        let definition = routers[slot].definition
        let priority = effectivePriority(slot)
        let configuration = RouterRuntime.configuration(of: definition, priority: priority)
        let old = routers[slot].machine.configuration
        if configuration != old {
            routers[slot].machine.reconfigure(configuration, at: now)
            // What a router hands over with is in the report of that.
            if old.priority != priority, handOverPlan == nil {
                effects.append(
                    .report(.priorityChanged(router: definition.name, from: old.priority, to: priority)))
            }
        }
        let source = routers[slot].machine.primaryAddress
        limitAdvertisedAddresses(slot)
        routers[slot].rules = RouterRuntime.rules(
            of: definition, priority: priority, ownAddress: source, advertisedLimit: routers[slot].advertisedLimit)
        routers[slot].rebuildTemplates()
        scheduleTimers(slot)
    }

    /// Finds out how many addresses adverts have room for.
    private mutating func limitAdvertisedAddresses(_ slot: Int) {
        let definition = routers[slot].definition
        let mtu = routers[slot].interfaceIndex.flatMap { interfaces[$0] }?.mtu
        let limit = definition.interoperability.fitsAdvertsToMTU ? definition.addressLimit(mtu: mtu) : .max
        guard limit != routers[slot].advertisedLimit else { return }
        routers[slot].advertisedLimit = limit
        for position in definition.addresses.indices where position < routers[slot].addresses.count {
            routers[slot].addresses[position].isAdvertised = position < limit
        }
    }

    private func effectivePriority(_ slot: Int) -> Priority {
        guard handOverPlan == nil, !isDrained(slot) else { return .lowest }
        let definition = routers[slot].definition
        guard !definition.priority.isAddressOwner else { return definition.priority }
        return .clampedToBackup(totalPriority(slot))
    }

    /// What the priority and all changes of it come to, within the range of priorities or beyond.
    func totalPriority(_ slot: Int) -> Int {
        var total = Int(routers[slot].definition.priority.rawValue)
        for change in priorityChanges(slot) { total += change.change }
        return total
    }
}

extension VirtualRouterEvent {
    /// Who sent the advert that the event is; nil for other events.
    fileprivate var sender: HeardAdvert? {
        guard case .advertisement(let advertisement) = self else { return nil }
        return HeardAdvert(source: advertisement.source, priority: advertisement.priority)
    }
}
