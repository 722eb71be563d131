public import VRRP

extension Engine {
    /// Lets every router of the node hand over to another node's and leave; none starts any more.
    ///
    /// Backups leave at once. An active router advertises the lowest priority and stays active until it hears a better
    /// router; then it is silent, and its addresses linger. Where nobody is better in time it gives up with priority 0 and
    /// keeps the addresses for as long as a backup may need to follow that, so that no peer needs to preempt. A fault, an
    /// address that somebody takes away and ``shutDown(at:effects:)`` end the hand-over of a router at once.
    public mutating func beginHandOver(_ plan: HandOverPlan, at now: Instant, effects: inout [Effect]) {
        guard handOverPlan == nil, !isShutDown else { return }
        handOverPlan = plan
        for slot in routers.indices where routers[slot].isInUse {
            switch routers[slot].machine.state.name {
            case .initialize: continue
            case .backup: handle(.shutdown, slot, at: now, effects: &effects)
            case .active: offer(slot, plan, at: now, effects: &effects)
            }
        }
    }

    /// Whether every router has left since ``beginHandOver(_:at:effects:)``; ``shutDown(at:effects:)`` comes next.
    public var hasHandedOver: Bool { handOverPlan != nil && departureDeadlines.count == 0 }

    mutating func offer(
        _ slot: Int, _ plan: HandOverPlan, at now: Instant, effects: inout [Effect]
    ) {
        let priority = routers[slot].machine.configuration.priority
        let timeout = plan.timeout(of: handOverTimes(of: slot))
        enter(.offering, slot, since: now, until: now + timeout)
        updateConfiguration(slot, at: now, effects: &effects)
        // The next announcement that hosts hear is to be the successor's.
        stopRefreshing(slot)
        transmit(slot, priority: Priority.lowest.rawValue, at: now, effects: &effects)
        report(.offered(insteadOf: priority, waiting: timeout), slot, effects: &effects)
    }

    /// A router that hands over is not active any more: it takes no part in the election, and its addresses stay for now.
    mutating func standDown(
        _ transition: VirtualRouterOutcome.Transition, _ slot: Int, at now: Instant, effects: inout [Effect]
    ) {
        let successor = successor(of: transition, slot)
        var transition = transition
        // A backup that waits here would take over again.
        _ = routers[slot].machine.handle(.shutdown, at: now)
        transition.to = .initialize
        leaveActiveHolding(transition, slot, priority: .lowest, at: now, effects: &effects)
        if let successor {
            linger(slot, after: successor, at: now, effects: &effects)
        } else {
            resign(slot, after: transition, at: now, effects: &effects)
        }
    }

    /// Notes and tells that a router is not active any more whose addresses stay for now.
    mutating func leaveActiveHolding(
        _ transition: VirtualRouterOutcome.Transition, _ slot: Int, priority: Priority, at now: Instant,
        effects: inout [Effect]
    ) {
        routers[slot].capture.freeze()
        routers[slot].stateSince = now
        routers[slot].lastReason = transition.reason
        routers[slot].lastPeer = routers[slot].transitionPeer
        routers[slot].statistics.leftActive += 1
        stopAnnouncing(slot)
        retryDeadlines.set(nil, for: slot)
        for position in routers[slot].addresses.indices { routers[slot].addresses[position].isRefused = false }
        effects.append(
            .report(
                .transition(
                    router: routers[slot].definition.name,
                    StateChange(transition, cause: groupCause(slot), peer: routers[slot].transitionPeer),
                    priority: priority)))
        routers[slot].transitionPeer = nil
    }

    /// Who is active now; nil where nobody is known to be.
    func successor(of transition: VirtualRouterOutcome.Transition, _ slot: Int) -> IPAddress? {
        switch (transition.reason, routers[slot].machine.state) {
        case (.higherPriority(let router, _), _), (.higherAddress(let router), _): router
        case (.stalled, .backup(let backup)) where backup.activePriority != 0: backup.activeRouter
        default: nil
        }
    }

    /// Keeps the addresses for a moment after another router has taken over, be it that one which gave up has heard it.
    mutating func linger(_ slot: Int, after successor: IPAddress, at now: Instant, effects: inout [Effect]) {
        let since = routers[slot].departure?.since ?? now
        let lingerTime = (handOverPlan ?? drainPlan).lingerTime
        enter(.lingering, slot, since: since, until: now + lingerTime)
        report(.takenOver(by: successor, after: now - since, lingering: lingerTime), slot, effects: &effects)
    }

    /// Waits for whoever follows an advert of priority 0, which goes out here unless it has already.
    private mutating func resign(
        _ slot: Int, after transition: VirtualRouterOutcome.Transition, at now: Instant, effects: inout [Effect]
    ) {
        guard let departure = routers[slot].departure else { return }
        if transition.reason != .shutdown { transmit(slot, priority: 0, at: now, effects: &effects) }
        let wait = resignationTime(of: slot)
        enter(.resigned, slot, since: departure.since, until: now + wait)
        report(.resigned(after: now - departure.since, waiting: wait), slot, effects: &effects)
    }

    /// How long a router that gave up waits for a successor.
    func resignationTime(of slot: Int) -> Nanoseconds {
        (handOverPlan ?? drainPlan).resignationTime(of: handOverTimes(of: slot))
    }

    /// What a router needs to hand over, or the slowest member of its sync group.
    private func handOverTimes(of slot: Int) -> HandOverTimes {
        routers[slot].membership.map { groups[$0.group].handOverTimes } ?? HandOverTimes(of: routers[slot].definition)
    }

    /// Goes on with every router whose phase has lasted long enough.
    mutating func endDeparturePhases(at now: Instant, effects: inout [Effect]) {
        while let (slot, deadline) = departureDeadlines.first, deadline <= now {
            guard handOverPlan != nil else {
                endDrainPhase(slot, at: now, effects: &effects)
                continue
            }
            switch routers[slot].departure?.phase {
            case .offering:
                // Ends in ``resign(_:after:at:effects:)``.
                handle(.shutdown, slot, at: now, effects: &effects)
            case .resigned, .lingering, nil:
                leave(slot, at: now, effects: &effects)
            }
        }
    }

    /// Lets a router leave at once, whatever it is doing.
    mutating func leave(_ slot: Int, at now: Instant, effects: inout [Effect]) {
        let isReplaced = routers[slot].departure?.phase == .lingering
        guard endDeparture(slot), !routers[slot].isActive else {
            return handle(.shutdown, slot, at: now, effects: &effects)
        }
        releaseAddresses(slot, effects: &effects)
        report(.left(isReplaced: isReplaced), slot, effects: &effects)
        // One that was drained is a backup by now.
        handle(.shutdown, slot, at: now, effects: &effects)
    }

    /// Ends the hand-over of a router; returns whether there was one.
    mutating func endDeparture(_ slot: Int) -> Bool {
        defer {
            routers[slot].departure = nil
            departureDeadlines.set(nil, for: slot)
        }
        return routers[slot].departure != nil
    }

    mutating func enter(_ phase: Departure.Phase, _ slot: Int, since: Instant, until: Instant) {
        routers[slot].departure = Departure(phase: phase, since: since, until: until)
        departureDeadlines.set(until, for: slot)
    }

    func report(_ step: HandOverStep, _ slot: Int, effects: inout [Effect]) {
        effects.append(.report(.handOver(router: routers[slot].definition.name, step)))
    }
}
