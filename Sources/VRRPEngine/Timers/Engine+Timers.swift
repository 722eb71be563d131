public import VRRP

extension Engine {
    /// Fires the protocol timers that are due, and with them the adverts that are due soon.
    ///
    /// A wake-up costs far more than an advert, so adverts that lie close together share one, the later ones early: early
    /// is safe, late is not. They stay together from then on, because each counts on from when it was sent.
    mutating func fireProtocolTimers(at now: Instant, effects: inout [Effect]) {
        noteLateness(at: now)
        var lastAdvertisement: Instant?
        while let (slot, deadline) = protocolDeadlines.first, deadline <= now {
            guard isActive(slot) else {
                if tellsDecisions { tellExpiry(slot, at: now, effects: &effects) }
                // One that takes over now joins the others, and not they it.
                if routers[slot].membership == nil {
                    claim(slot, .timerExpired, at: now, effects: &effects)
                } else {
                    claimWithGroup(slot, at: now, effects: &effects)
                }
                continue
            }
            handle(.timerExpired, slot, at: now, effects: &effects)
            if isActive(slot) { lastAdvertisement = deadline }
        }
        guard let lastAdvertisement else { return }
        // Only a wake-up in time is shared: counted on from one that was late, the next deadline could lie in the window
        // again.
        while let (slot, deadline) = protocolDeadlines.first, isActive(slot),
            max(deadline, now) - lastAdvertisement <= sharingWindow(slot)
        {
            routers[slot].machine.alignAdvertisement(to: lastAdvertisement)
            handle(.timerExpired, slot, at: now, effects: &effects)
        }
    }

    /// Lets a backup that may take over decide and advertise; what that means for the node follows in
    /// ``assumeDuties(limit:at:effects:)``, so that no advert waits for the addresses of other routers.
    mutating func claim(_ slot: Int, _ event: VirtualRouterEvent, at now: Instant, effects: inout [Effect]) {
        let activeBefore = activeRouterKnown(to: slot)
        if case .backup(let backup) = routers[slot].machine.state {
            routers[slot].latencyMarks.isPreempting = backup.isPreempting
        }
        let outcome = routers[slot].machine.handle(event, at: now)
        if let priority = outcome.advertise { transmit(slot, priority: priority, at: now, effects: &effects) }
        scheduleTimers(slot)
        if tellsDecisions { tellWait(slot, at: now, effects: &effects) }
        guard let transition = outcome.transition else { return }
        routers[slot].pendingTransition = transition
        routers[slot].transitionPeer = activeBefore
        slotsWithoutDuties.append(slot)
        joinNextWakeUp(slot, at: now)
    }

    /// Carries out what the take-overs of ``advertise(at:effects:)`` mean for the node, for `limit` routers at most.
    ///
    /// - Returns: Whether some are left.
    public mutating func assumeDuties(limit: Int, at now: Instant, effects: inout [Effect]) -> Bool {
        for slot in slotsWithoutDuties.prefix(limit) {
            guard let transition = routers[slot].pendingTransition else { continue }
            routers[slot].pendingTransition = nil
            carryOut(transition, slot, at: now, effects: &effects)
        }
        slotsWithoutDuties.removeFirst(min(limit, slotsWithoutDuties.count))
        return !slotsWithoutDuties.isEmpty
    }

    /// Lets a router that has just become active share the next wake-up of those that are active already, where that
    /// comes soon: its second advert leaves early, instead of theirs from then on.
    mutating func joinNextWakeUp(_ slot: Int, at now: Instant) {
        guard let (other, deadline) = protocolDeadlines.first, other != slot, isActive(other), deadline > now,
            deadline - now <= sharingWindow(slot)
        else { return }
        routers[slot].machine.alignAdvertisement(to: deadline)
        scheduleTimers(slot)
    }

    /// How early an advert may leave to share a wake-up: a sixteenth of its interval, at most 1 ms, so that a
    /// router that joins shifts the adverts of the others by no more than that.
    ///
    /// A function of the engine, because one of the router would be given a copy of it for each advert.
    private func sharingWindow(_ slot: Int) -> Nanoseconds {
        min(routers[slot].definition.advertisementInterval.duration / 16, .milliseconds(1))
    }

    private func isActive(_ slot: Int) -> Bool { routers[slot].machine.state.name == .active }
}
