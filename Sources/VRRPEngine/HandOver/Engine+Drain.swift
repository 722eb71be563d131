public import VRRP

/// A node that is emptied, and stays in the election for the time in which nobody else is there.
extension Engine {
    /// Lets every router of the node leave its part to another node's, now and until ``undrain(at:effects:)``.
    ///
    /// Drained routers have the lowest priority. An active one advertises that and stays active until it hears a better
    /// router; then its addresses linger. Where nobody is better in time it gives up with priority 0 and keeps the addresses,
    /// so that no peer needs to preempt; where nobody takes over then, it is active again, because an address in the wrong
    /// place is better than one that nobody has. Members of a sync group do not give up, since groups take over as a whole.
    /// A drained backup takes over only from nobody.
    ///
    /// An address owner whose address is the node's own takes part as ever, because the address would stay here while
    /// another node takes it; and so does the sync group of one.
    ///
    /// To drain a node again offers what it has come to hold meanwhile. Definitions may change; those to come are drained as
    /// well.
    public mutating func drain(_ plan: HandOverPlan, at now: Instant, effects: inout [Effect]) {
        guard handOverPlan == nil, !isShutDown else { return }
        isDrained = true
        drainPlan = plan
        // The node goes on meanwhile: there is no need to give up before the slowest backup can follow.
        drainPlan.longestWait = nil
        for slot in routers.indices where routers[slot].isInUse {
            if isDrained(slot), routers[slot].isActive, routers[slot].departure == nil {
                offer(slot, drainPlan, at: now, effects: &effects)
            } else {
                updateConfiguration(slot, at: now, effects: &effects)
            }
        }
    }

    /// Lets the routers of the node take part with their own priorities again.
    public mutating func undrain(at now: Instant, effects: inout [Effect]) {
        guard isDrained else { return }
        isDrained = false
        for slot in routers.indices where routers[slot].isInUse {
            // Who has given up already goes on with it, because somebody may be about to take over.
            if routers[slot].departure?.phase == .offering { _ = endDeparture(slot) }
            updateConfiguration(slot, at: now, effects: &effects)
            guard routers[slot].isActive else { continue }
            scheduleRefresh(slot, at: now)
            // Before a backup takes the lowest priority for the last word.
            transmit(slot, priority: routers[slot].machine.configuration.priority.rawValue, at: now, effects: &effects)
        }
    }

    /// Whether a router is to leave its part to others: its node is drained, and none of its addresses would stay here.
    func isDrained(_ slot: Int) -> Bool { isDrained && !keepsOwnAddress(slot) }

    /// Whether an address of the router, or of another one in its sync group, is the node's own and stays on its interface.
    private func keepsOwnAddress(_ slot: Int) -> Bool {
        if let membership = routers[slot].membership { return groups[membership.group].hasOwnAddress }
        return hasOwnAddress(slot)
    }

    /// Whether an address of the router is the node's own and stays on its interface.
    func hasOwnAddress(_ slot: Int) -> Bool { routers[slot].addresses.contains(where: \.isAdopted) }

    /// Looks whether a sync group has an address that is the node's own; where that has changed, a drained node drains the group
    /// or keeps it from now on.
    mutating func refreshOwnAddresses(ofGroup group: Int, at now: Instant, effects: inout [Effect]) {
        let slots = groups[group].slots
        let hasOwnAddress = slots.contains { self.hasOwnAddress($0) }
        guard hasOwnAddress != groups[group].hasOwnAddress else { return }
        groups[group].hasOwnAddress = hasOwnAddress
        guard isDrained else { return }
        for member in slots { updateConfiguration(member, at: now, effects: &effects) }
    }

    /// The names of the routers that are active here, or any of whose addresses is here, as they are defined.
    public var holdingRouters: [String] {
        definedSlots.compactMap { slot in
            let holds = routers[slot].holdsAddresses || routers[slot].addresses.contains { $0.state != .absent }
            return holds ? routers[slot].definition.name : nil
        }
    }

    /// The names of the routers that a drained node keeps, because the node itself has their addresses, as they are defined.
    public var undrainableRouters: [String] {
        definedSlots.compactMap { keepsOwnAddress($0) ? routers[$0].definition.name : nil }
    }

    /// A router that is drained is a backup now: its addresses stay for as long as its successor needs.
    mutating func standAside(
        _ transition: VirtualRouterOutcome.Transition, _ slot: Int, at now: Instant, effects: inout [Effect]
    ) {
        leaveActiveHolding(
            transition, slot, priority: routers[slot].machine.configuration.priority, at: now, effects: &effects)
        routers[slot].membership?.forgetElection()
        if let successor = successor(of: transition, slot) {
            return linger(slot, after: successor, at: now, effects: &effects)
        }
        let since = routers[slot].departure?.since ?? now
        let wait = resignationTime(of: slot)
        enter(.resigned, slot, since: since, until: now + wait)
        guard transition.reason == .ceded else { return }
        report(.resigned(after: now - since, waiting: wait), slot, effects: &effects)
    }

    /// Goes on with a drained router whose phase has lasted long enough.
    mutating func endDrainPhase(_ slot: Int, at now: Instant, effects: inout [Effect]) {
        let isInGroup = routers[slot].membership != nil
        switch routers[slot].departure?.phase {
        case .offering where !isInGroup:
            // Ends in ``standAside(_:_:at:effects:)``.
            handle(.drain(.cede), slot, at: now, effects: &effects)
        case .offering:
            _ = endDeparture(slot)
            // Nobody wants the group: its addresses are announced from here as before.
            if routers[slot].isActive { scheduleRefresh(slot, at: now) }
        case .resigned where routers[slot].lastReason == .ceded && routers[slot].machine.state.name == .backup:
            handle(.drain(.reclaim), slot, at: now, effects: &effects)
            // A reload has put it into a group meanwhile, which changes its state as a whole.
            if let group = routers[slot].membership?.group { settleGroup(group, at: now, effects: &effects) }
        case .resigned, .lingering, nil:
            let isReplaced = routers[slot].departure?.phase == .lingering
            guard endDeparture(slot), !routers[slot].isActive else { return }
            releaseAddresses(slot, effects: &effects)
            report(.left(isReplaced: isReplaced), slot, effects: &effects)
        }
    }
}

extension VirtualRouterOutcome.Transition {
    /// Whether an active router has become a backup for a router that is active now, or is about to be.
    var leavesToSuccessor: Bool {
        guard from == .active, to == .backup else { return false }
        return switch reason {
        case .higherPriority, .higherAddress, .ceded, .group(.makeWay): true
        case .startedAsAddressOwner, .started, .activeRouterSilent, .activeRouterResigned, .preempted, .stalled,
            .shutdown, .group, .reclaimed:
            false
        }
    }
}
