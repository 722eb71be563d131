public import VRRP

extension Engine {
    /// Explains the virtual routers that have a name, or an address, in the order of their definitions; none where neither is
    /// one of theirs.
    public func explain(_ subject: ExplanationSubject, at now: Instant) -> [RouterExplanation] {
        definedSlots.compactMap { slot in
            subject.matches(routers[slot].definition) ? explanation(of: slot, at: now) : nil
        }
    }

    private func explanation(of slot: Int, at now: Instant) -> RouterExplanation {
        let router = routers[slot]
        let configuration = router.machine.configuration
        var interval = configuration.advertisementInterval
        if case .backup(let backup) = router.machine.state { interval = backup.activeAdvertisementInterval }
        func wait(_ priority: Priority) -> TakeOverWait {
            var other = configuration
            other.priority = priority
            return TakeOverWait(
                afterSilence: other.activeDownInterval(activeAdvertisementInterval: interval),
                afterResignation: other.skewTime(activeAdvertisementInterval: interval))
        }
        let others = router.heard.routers
            .sorted { ($0.priority, $0.address) > ($1.priority, $1.address) }
            .compactMap { heard in Priority(rawValue: heard.priority).map { (router: heard, wait: wait($0)) } }
        return RouterExplanation(
            router: snapshot(of: slot), priorityChanges: priorityChanges(slot), obstacles: obstacles(slot, at: now),
            ownWait: waitsForSilence(slot) ? wait(configuration.priority) : nil, others: others)
    }

    /// Whether the router takes over when the active one falls silent: it is a backup that lets it be, and its sync group does
    /// not decide alone any more.
    private func waitsForSilence(_ slot: Int) -> Bool {
        guard case .backup(let backup) = routers[slot].machine.state else { return false }
        return !backup.isPreempting && routers[slot].membership?.wantsActive != true
    }

    /// What tracking does to the priority of a router at the moment.
    func priorityChanges(_ slot: Int) -> [PriorityChange] {
        guard !routers[slot].definition.priority.isAddressOwner else { return [] }
        return (routers[slot].definition.tracking.conditions + groupConditions(of: slot)).compactMap { condition in
            guard case .change(let change) = verdict(on: condition), change != 0 else { return nil }
            return PriorityChange(object: condition.object, change: change)
        }
    }

    private func obstacles(_ slot: Int, at now: Instant) -> [TakeOverObstacle] {
        let router = routers[slot]
        var obstacles = router.faults.map(TakeOverObstacle.fault)
        if handOverPlan != nil {
            obstacles.append(.handsOver)
        } else if isDrained {
            obstacles.append(isDrained(slot) ? .drained : .ownAddress)
        }
        guard case .backup(let backup) = router.machine.state else { return obstacles }
        if let membership = router.membership, membership.wantsActive {
            return obstacles + [.waitsForGroup(groups[membership.group].definition.name)]
        }
        switch (backup.activeRouter, backup.activePriority) {
        case (let active?, let priority?) where priority > 0:
            switch router.machine.deference(toPriority: priority, hold: backup.preemptionHold, at: now) {
            case .noWorse: obstacles.append(.betterRouter(active, priority: priority))
            case .preemptionOff: obstacles.append(.preemptionOff(active, priority: priority))
            case .preemptionHeld(let hold) where now < hold:
                obstacles.append(.preemptionHeld(active, priority: priority, until: hold))
            case .preemptionHeld, nil: obstacles.append(.listens(until: takeOverTime(of: slot, backup)))
            }
        default: obstacles.append(.listens(until: takeOverTime(of: slot, backup)))
        }
        return obstacles
    }

    /// When a backup takes over that hears nobody better: with its sync group, when the last member's timer has run out.
    private func takeOverTime(of slot: Int, _ backup: VirtualRouterState.Backup) -> Instant {
        var time = backup.activeDownDeadline
        for member in companions(of: slot) where routers[member].membership?.wantsActive != true {
            if case .backup(let other) = routers[member].machine.state { time = max(time, other.activeDownDeadline) }
        }
        return time
    }
}

/// What a person asks about.
public enum ExplanationSubject: Hashable, Sendable {
    /// The virtual router of this name.
    case router(String)
    /// The virtual routers that have this address, and the one of this name if there is any.
    case address(IPAddress, text: String)

    /// The subject that a text means: an address, with or without a prefix length, or else a name.
    public init(_ text: String) {
        let address = text.split(separator: "/", maxSplits: 1).first.flatMap { IPAddress($0) }
        self = address.map { .address($0, text: text) } ?? .router(text)
    }

    fileprivate func matches(_ definition: VirtualRouterDefinition) -> Bool {
        switch self {
        case .router(let name): definition.name == name
        case .address(let address, let text):
            definition.name == text
                || (definition.addresses + definition.unadvertisedAddresses).contains { $0.address == address }
        }
    }
}
