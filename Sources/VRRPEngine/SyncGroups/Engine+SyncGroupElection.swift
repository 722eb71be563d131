import VRRP

/// How a sync group takes over and makes way; `docs/decisions/sync-groups.md` says why.
extension Engine {
    /// The Active_Down_Timer of a member has run out: the group takes over as soon as that is true of every member.
    ///
    /// To take over when the first of them runs out would tear the group apart where only one network has failed. The
    /// adverts of all members leave before the duties of any are assumed.
    mutating func claimWithGroup(_ slot: Int, at now: Instant, effects: inout [Effect]) {
        guard let group = routers[slot].membership?.group else { return }
        var machine = routers[slot].machine
        guard machine.handle(.timerExpired, at: now).transition != nil else {
            // It was late and listens longer: what it wanted before is no longer known to be right.
            routers[slot].machine = machine
            routers[slot].membership?.wantsActive = false
            scheduleTimers(slot)
            return
        }
        routers[slot].membership?.wantsActive = true
        let isReady = groups[group].slots.allSatisfy { member in
            routers[member].isActive || routers[member].membership?.wantsActive == true
        }
        guard isReady else {
            _ = routers[slot].machine.handle(.synchronize(.wait), at: now)
            scheduleTimers(slot)
            return
        }
        claim(slot, .timerExpired, at: now, effects: &effects)
        claimOthers(of: group, with: slot, at: now, effects: &effects)
    }

    /// Lets the backups of a group become active as one member is.
    private mutating func claimOthers(
        of group: Int, with slot: Int, at now: Instant, effects: inout [Effect]
    ) {
        for member in groups[group].slots where member != slot && routers[member].machine.state.name == .backup {
            routers[member].membership?.decidedBy = slot
            claim(member, .synchronize(.takeOver), at: now, effects: &effects)
        }
    }

    /// The member that decided about the change of state of a router that is under way; nil where it did itself.
    func groupCause(_ slot: Int) -> SyncGroupCause? {
        guard let membership = routers[slot].membership, let member = membership.decidedBy else { return nil }
        return SyncGroupCause(
            group: groups[membership.group].definition.name, member: routers[member].definition.name)
    }

    /// Hands an advert to a member, unless it is one to yield to and the group waits for the sender to yield first.
    mutating func hearInGroup(
        _ advertisement: ReceivedAdvertisement, _ slot: Int, at now: Instant, effects: inout [Effect]
    ) {
        guard !isPatient(with: advertisement, slot, at: now) else { return }
        let deadline = routers[slot].machine.deadline
        handle(.advertisement(advertisement), slot, at: now, effects: &effects)
        // Whoever restarts the timer is to stay active.
        if routers[slot].machine.deadline != deadline { routers[slot].membership?.wantsActive = false }
    }

    /// Whether a member that is not the first one goes on beside a better router for now.
    ///
    /// Two nodes that are each better for another member would both make way, again and again. So the members yield one
    /// after the other in the order of the group, which is the same on both nodes: who loses at the first contested member
    /// has left before the other one loses patience.
    private mutating func isPatient(
        with advertisement: ReceivedAdvertisement, _ slot: Int, at now: Instant
    ) -> Bool {
        guard let membership = routers[slot].membership, membership.rank > 0, handOverPlan == nil,
            routers[slot].machine.yields(to: advertisement, at: now)
        else { return false }
        let group = groups[membership.group]
        var since = now
        if let contest = membership.contest, now - contest.last <= group.longestInterval * 3 { since = contest.since }
        routers[slot].membership?.contest = (since: since, last: now)
        return now - since < group.patience(ofRank: membership.rank)
    }

    /// Brings the other members back to Backup when one of them is: silently, as who makes way has heard its successor.
    mutating func bringBackGroup(
        of slot: Int, after transition: VirtualRouterOutcome.Transition, at now: Instant, effects: inout [Effect]
    ) {
        guard handOverPlan == nil, !isShutDown, transition.from == .active, transition.to == .backup,
            let group = routers[slot].membership?.group
        else { return }
        let step: GroupStep = if case .stalled = transition.reason { .listen } else { .makeWay }
        for member in groups[group].slots where member != slot {
            guard let change = routers[member].machine.handle(.synchronize(step), at: now).transition else { continue }
            routers[member].membership?.decidedBy = slot
            carryOut(change, member, at: now, effects: &effects)
            scheduleTimers(member)
        }
    }

    /// Announces the addresses of the other members after a contest: neighbours may have learned the loser's for them too.
    mutating func announceGroupAfterContest(of slot: Int, at now: Instant) {
        for member in companions(of: slot) where member != slot && routers[member].isActive {
            announceAfterContest(member, at: now)
        }
    }

    /// Does what follows for groups from what was found of their members.
    mutating func settleGroups(_ concerned: Set<Int>, at now: Instant, effects: inout [Effect]) {
        for group in concerned.sorted() {
            refreshOwnAddresses(ofGroup: group, at: now, effects: &effects)
            settleGroup(group, at: now, effects: &effects)
        }
    }

    /// Starts a group when all members can take part, and takes it out when one cannot.
    ///
    /// Where some members are active and others are not, after an address owner has started or a reload has made the group,
    /// all of them become active.
    mutating func settleGroup(_ group: Int, at now: Instant, effects: inout [Effect]) {
        let slots = groups[group].slots
        guard slots.allSatisfy({ routers[$0].ownFaults != nil }) else { return }
        // All of them before the first one starts or leaves.
        let faults = memberFaults(of: group)
        for (slot, faults) in zip(slots, faults) { settle(slot, faults: faults, at: now, effects: &effects) }
        guard handOverPlan == nil, let active = slots.first(where: { routers[$0].isActive }) else { return }
        claimOthers(of: group, with: active, at: now, effects: &effects)
        _ = assumeDuties(limit: .max, at: now, effects: &effects)
    }

    /// What keeps each member out: its own faults, else those of the group, else the members that have some.
    private func memberFaults(of group: Int) -> [[RouterFault]] {
        let faulty = groups[group].slots.filter { routers[$0].ownFaults?.isEmpty == false }
            .map { RouterFault.groupMember(routers[$0].definition.name) }
        return groups[group].slots.map { slot in
            let own = routers[slot].ownFaults ?? []
            // A router that hands over goes on with it for as long as it can.
            guard own.isEmpty, handOverPlan == nil else { return own }
            let conditions = brokenConditions(
                groups[group].definition.conditions, priority: routers[slot].definition.priority)
            return conditions.isEmpty ? faulty : conditions.map { .trackedObject($0.object) }
        }
    }
}
