/// The state machine of one virtual router (RFC 9568, section 6.4, with errata 8298–8301; RFC 3768 where it differs).
///
/// A value without I/O and clock: events come in with the time, an outcome comes back, and ``deadline`` says when
/// `.timerExpired` is due. At most one timer can be armed, because the state holds it. Runs on the engine's thread.
public struct VirtualRouter: Sendable {
    /// The parameters in force.
    public private(set) var configuration: VirtualRouterConfiguration
    /// The state and its timer.
    public private(set) var state: VirtualRouterState = .initialize
    /// The primary address of the interface, the source of adverts and the breaker of ties; set before startup.
    public var primaryAddress: IPAddress

    /// A router that waits for its startup event.
    public init(_ configuration: VirtualRouterConfiguration, primaryAddress: IPAddress) {
        self.configuration = configuration
        self.primaryAddress = primaryAddress
    }

    /// When the timer of the state fires; nil in Initialize, which has none.
    public var deadline: Instant? {
        switch state {
        case .initialize: nil
        case .backup(let backup): backup.activeDownDeadline
        case .active(let active): active.advertisementDeadline
        }
    }

    /// Takes new parameters into use without a change of state.
    ///
    /// A backup's running timer is left alone, unless the interval that it was computed from changed and it would run for
    /// longer than the new Active_Down_Interval: a new priority counts from the next advert on. An active router whose
    /// interval changed sends its next advert within the shorter of both.
    public mutating func reconfigure(_ new: VirtualRouterConfiguration, at now: Instant) {
        let old = configuration
        configuration = new
        switch state {
        case .initialize: break
        case .backup(var backup):
            // VRRPv3 keeps what it learned; VRRPv2 has nothing but its own interval.
            if new.version == .v2 || backup.activeRouter == nil,
                backup.activeAdvertisementInterval != new.advertisementInterval
            {
                backup.activeAdvertisementInterval = new.advertisementInterval
                backup.activeDownDeadline = min(backup.activeDownDeadline, now + ownActiveDownInterval)
            }
            state = .backup(backup)
        case .active(var active):
            if new.advertisementInterval != old.advertisementInterval {
                active.advertisementDeadline = min(
                    active.advertisementDeadline, now + new.advertisementInterval.duration)
            }
            state = .active(active)
        }
    }

    /// Moves the armed Adver_Timer earlier, so that the adverts of several routers share one wake-up.
    public mutating func alignAdvertisement(to earlier: Instant) {
        guard case .active(var active) = state, earlier < active.advertisementDeadline else { return }
        active.advertisementDeadline = earlier
        state = .active(active)
    }

    /// Handles one event: the cell of the state table where the state meets the event.
    public mutating func handle(_ event: VirtualRouterEvent, at now: Instant) -> VirtualRouterOutcome {
        switch (state, event) {
        // 6.4.1 Initialize
        case (.initialize, .startup):
            return start(at: now)
        case (.initialize, .shutdown), (.initialize, .timerExpired), (.initialize, .advertisement),
            (.initialize, .synchronize), (.initialize, .drain):
            return VirtualRouterOutcome()

        // 6.4.2 Backup
        case (.backup, .startup):
            return VirtualRouterOutcome()
        case (.backup, .shutdown):
            state = .initialize
            return change(from: .backup, .shutdown)
        case (.backup(let backup), .timerExpired):
            return activeDown(backup, at: now)
        case (.backup(let backup), .advertisement(let advertisement)):
            hear(advertisement, as: backup, at: now)
            return VirtualRouterOutcome()
        case (.backup, .synchronize(.takeOver)):
            becomeActive(at: now)
            return change(from: .backup, .group(.takeOver), advertising: configuration.priority.rawValue)
        case (.backup(let backup), .synchronize(.wait)):
            waitAnew(backup, at: now)
            return VirtualRouterOutcome()
        case (.backup, .drain(.reclaim)):
            becomeActive(at: now)
            return change(from: .backup, .reclaimed, advertising: configuration.priority.rawValue)
        case (.backup, .synchronize(.makeWay)), (.backup, .synchronize(.listen)), (.backup, .drain(.cede)):
            return VirtualRouterOutcome()

        // 6.4.3 Active
        case (.active, .startup):
            return VirtualRouterOutcome()
        case (.active, .shutdown):
            state = .initialize
            return change(from: .active, .shutdown, advertising: 0)
        case (.active(let active), .timerExpired):
            return advertise(active, at: now)
        case (.active(let active), .advertisement(let advertisement)):
            return contest(advertisement, as: active, at: now)
        case (.active, .synchronize(.makeWay)):
            // One interval longer than a router that is better: that one comes first.
            listen(at: now, for: ownActiveDownInterval + configuration.advertisementInterval.duration)
            return change(from: .active, .group(.makeWay))
        case (.active, .synchronize(.listen)):
            listenBriefly(at: now)
            return change(from: .active, .group(.listen))
        case (.active, .drain(.cede)):
            listen(at: now, for: ownActiveDownInterval)
            return change(from: .active, .ceded, advertising: 0)
        case (.active, .synchronize(.takeOver)), (.active, .synchronize(.wait)), (.active, .drain(.reclaim)):
            return VirtualRouterOutcome()
        }
    }

    /// Whether an advert that arrives now would make an active router yield; false in every other state, and for a router
    /// that has stalled, which steps back for another reason.
    public func yields(to advertisement: ReceivedAdvertisement, at now: Instant) -> Bool {
        guard case .active(let active) = state, !hasStalled(active, at: now) else { return false }
        let local = configuration.priority
        guard advertisement.priority == local.rawValue else { return advertisement.priority > local.rawValue }
        return advertisement.source > primaryAddress && (!local.isAddressOwner || configuration.ownersSettleByAddress)
    }
}

// MARK: - 6.4.1 Initialize

extension VirtualRouter {
    private mutating func start(at now: Instant) -> VirtualRouterOutcome {
        if configuration.priority.isAddressOwner {
            becomeActive(at: now)
            return change(from: .initialize, .startedAsAddressOwner, advertising: configuration.priority.rawValue)
        }
        listen(at: now, for: ownActiveDownInterval)
        return change(from: .initialize, .started)
    }
}

// MARK: - 6.4.2 Backup

extension VirtualRouter {
    /// Active_Down_Timer fired.
    private mutating func activeDown(_ backup: VirtualRouterState.Backup, at now: Instant) -> VirtualRouterOutcome {
        let lateness = now - backup.activeDownDeadline
        guard lateness >= .zero else { return VirtualRouterOutcome() }
        if lateness > backup.activeAdvertisementInterval.duration, !backup.listensLonger {
            // Adverts may have come and gone while nobody listened: one more interval shows whether they do. Once only, or
            // a node that is always late would never take over.
            var listening = backup
            listening.listensLonger = true
            listening.isPreempting = false
            listening.activeDownDeadline =
                now + backup.activeAdvertisementInterval.duration + skewTime(backup.activeAdvertisementInterval)
            state = .backup(listening)
            return VirtualRouterOutcome()
        }
        let reason: TransitionReason =
            switch (backup.activeRouter, backup.activePriority) {
            case (let router?, 0): .activeRouterResigned(router)
            case (let router?, _?) where backup.isPreempting: .preempted(router)
            default: .activeRouterSilent
            }
        becomeActive(at: now)
        return change(from: .backup, reason, advertising: configuration.priority.rawValue)
    }

    /// Active_Down_Timer starts anew, with all that is known of the active router; what it was to do is put off.
    private mutating func waitAnew(_ backup: VirtualRouterState.Backup, at now: Instant) {
        var backup = backup
        backup.isPreempting = false
        backup.activeDownDeadline = now + activeDownInterval(backup.activeAdvertisementInterval)
        state = .backup(backup)
    }

    /// An advert arrived while in Backup.
    private mutating func hear(
        _ advertisement: ReceivedAdvertisement, as backup: VirtualRouterState.Backup, at now: Instant
    ) {
        var backup = backup
        backup.listensLonger = false
        backup.isPreempting = false
        if advertisement.priority == 0 {
            // The active router gives up: wait the skew of the interval learned so far; the one in this advert is void.
            backup.activeRouter = advertisement.source
            backup.activePriority = 0
            backup.preemptionHold = nil
            backup.activeDownDeadline = now + skewTime(backup.activeAdvertisementInterval)
        } else if accepts(advertisement, &backup, at: now) {
            backup.activeRouter = advertisement.source
            backup.activePriority = advertisement.priority
            if configuration.version == .v3 {
                backup.activeAdvertisementInterval = learned(advertisement.interval)
            }
            backup.activeDownDeadline = now + activeDownInterval(backup.activeAdvertisementInterval)
        } else {
            // Discarded: the timer keeps running, and its expiry is the preemption.
            backup.activeRouter = advertisement.source
            backup.activePriority = advertisement.priority
            backup.isPreempting = true
        }
        state = .backup(backup)
    }

    /// Whether the sender is to stay active: it is no worse, or preemption is off or still waits.
    private func accepts(
        _ advertisement: ReceivedAdvertisement, _ backup: inout VirtualRouterState.Backup, at now: Instant
    ) -> Bool {
        switch deference(toPriority: advertisement.priority, hold: backup.preemptionHold, at: now) {
        case .noWorse:
            backup.preemptionHold = nil
            return true
        case .preemptionOff: return true
        case .preemptionHeld(let hold):
            backup.preemptionHold = hold
            return now < hold
        case nil: return false
        }
    }

    /// Why a backup of these parameters lets an active router of a priority be; nil where it does not.
    ///
    /// - Parameters:
    ///   - priority: what the active router advertises, 1 to 255.
    ///   - hold: when preemption stops waiting, as ``VirtualRouterState/Backup/preemptionHold`` has it.
    public func deference(toPriority priority: UInt8, hold: Instant?, at now: Instant) -> Deference? {
        if priority >= configuration.priority.rawValue { return .noWorse }
        // The owner preempts whatever Preempt_Mode says (section 6.1).
        if configuration.priority.isAddressOwner { return nil }
        if !configuration.preempts { return .preemptionOff }
        guard configuration.preemptionHoldTime > .zero else { return nil }
        return .preemptionHeld(until: hold ?? now + configuration.preemptionHoldTime)
    }
}

// MARK: - 6.4.3 Active

extension VirtualRouter {
    /// Adver_Timer fired.
    private mutating func advertise(_ active: VirtualRouterState.Active, at now: Instant) -> VirtualRouterOutcome {
        let interval = configuration.advertisementInterval.duration
        let lateness = now - active.advertisementDeadline
        guard lateness >= .zero else { return VirtualRouterOutcome() }
        if hasStalled(active, at: now) { return listenFirst(active, at: now) }
        // Counted from the deadline and not from now, so that lateness does not add up.
        var active = active
        active.advertisementDeadline = active.advertisementDeadline + interval
        if active.advertisementDeadline <= now { active.advertisementDeadline = now + interval }
        state = .active(active)
        var outcome = VirtualRouterOutcome()
        outcome.advertise = configuration.priority.rawValue
        return outcome
    }

    /// Whether the last advert is so old that a backup has taken over, or is about to.
    private func hasStalled(_ active: VirtualRouterState.Active, at now: Instant) -> Bool {
        now - active.advertisementDeadline
            > configuration.advertisementInterval.duration * Int64(max(configuration.downTimerAdverts, 2) - 1)
    }

    /// Steps back for as long as it takes to hear whether another router is active by now.
    private mutating func listenFirst(
        _ active: VirtualRouterState.Active, at now: Instant
    ) -> VirtualRouterOutcome {
        listenBriefly(at: now)
        return change(from: .active, .stalled(now - active.advertisementDeadline))
    }

    /// An advert arrived while Active: two routers think that they are.
    private mutating func contest(
        _ advertisement: ReceivedAdvertisement, as active: VirtualRouterState.Active, at now: Instant
    ) -> VirtualRouterOutcome {
        if hasStalled(active, at: now) {
            // Winning now and stepping back when the timer is looked at would leave nobody active.
            let outcome = listenFirst(active, at: now)
            if case .backup(let backup) = state { hear(advertisement, as: backup, at: now) }
            return outcome
        }
        let local = configuration.priority.rawValue
        if advertisement.priority == 0 {
            return answer(active, at: now, restartsTimer: true)
        }
        if advertisement.priority == local, advertisement.source == primaryAddress {
            var outcome = VirtualRouterOutcome()
            outcome.conflict = .duplicateAddress(advertisement.source)
            return outcome
        }
        var conflict: VirtualRouterOutcome.Conflict?
        if configuration.priority.isAddressOwner, advertisement.priority == local {
            conflict = .secondAddressOwner(advertisement.source)
            guard configuration.ownersSettleByAddress else {
                var outcome = VirtualRouterOutcome()
                outcome.conflict = conflict
                return outcome
            }
        }
        var outcome: VirtualRouterOutcome
        if advertisement.priority > local {
            outcome = yield(
                to: advertisement, .higherPriority(advertisement.source, priority: advertisement.priority), at: now)
        } else if advertisement.priority == local, advertisement.source > primaryAddress {
            outcome = yield(to: advertisement, .higherAddress(advertisement.source), at: now)
        } else {
            outcome =
                configuration.answersLowerPriority
                ? answer(active, at: now, restartsTimer: false) : VirtualRouterOutcome()
            outcome.wonContest = true
        }
        outcome.conflict = conflict
        return outcome
    }

    private mutating func yield(
        to advertisement: ReceivedAdvertisement, _ reason: TransitionReason, at now: Instant
    ) -> VirtualRouterOutcome {
        let interval =
            configuration.version == .v3 ? learned(advertisement.interval) : configuration.advertisementInterval
        state = .backup(
            .init(
                activeDownDeadline: now + activeDownInterval(interval), activeAdvertisementInterval: interval,
                activeRouter: advertisement.source, activePriority: advertisement.priority, preemptionHold: nil))
        return change(
            from: .active, reason,
            advertising: configuration.advertisesBeforeYielding ? configuration.priority.rawValue : nil)
    }

    /// Answers another router's advert at once, but not more often than every 100 ms or every interval, whichever is
    /// shorter: who floods the link with adverts must not make this router flood it as well.
    private mutating func answer(
        _ active: VirtualRouterState.Active, at now: Instant, restartsTimer: Bool
    ) -> VirtualRouterOutcome {
        var outcome = VirtualRouterOutcome()
        let interval = configuration.advertisementInterval.duration
        if let last = active.lastAnswer, now - last < min(.milliseconds(100), interval) { return outcome }
        var active = active
        active.lastAnswer = now
        if restartsTimer { active.advertisementDeadline = now + interval }
        state = .active(active)
        outcome.advertise = configuration.priority.rawValue
        return outcome
    }
}

// MARK: - Shared by the states

extension VirtualRouter {
    private mutating func becomeActive(at now: Instant) {
        state = .active(
            .init(advertisementDeadline: now + configuration.advertisementInterval.duration, lastAnswer: nil))
    }

    /// Enters Backup knowing nobody.
    private mutating func listen(at now: Instant, for duration: Nanoseconds) {
        state = .backup(
            .init(
                activeDownDeadline: now + duration,
                activeAdvertisementInterval: configuration.advertisementInterval,
                activeRouter: nil, activePriority: nil, preemptionHold: nil))
    }

    /// Enters Backup for as long as it takes to hear whether another router is active.
    private mutating func listenBriefly(at now: Instant) {
        let interval = configuration.advertisementInterval
        listen(at: now, for: interval.duration + skewTime(interval))
    }

    private var ownActiveDownInterval: Nanoseconds { activeDownInterval(configuration.advertisementInterval) }

    private func skewTime(_ interval: AdvertisementInterval) -> Nanoseconds {
        configuration.skewTime(activeAdvertisementInterval: interval)
    }

    private func activeDownInterval(_ interval: AdvertisementInterval) -> Nanoseconds {
        configuration.activeDownInterval(activeAdvertisementInterval: interval)
    }

    private func learned(_ interval: AdvertisementInterval) -> AdvertisementInterval {
        configuration.longestLearnedInterval.map { min($0, interval) } ?? interval
    }

    private func change(
        from: VirtualRouterState.Name, _ reason: TransitionReason, advertising priority: UInt8? = nil
    ) -> VirtualRouterOutcome {
        var outcome = VirtualRouterOutcome()
        outcome.advertise = priority
        outcome.transition = .init(from: from, to: state.name, reason: reason)
        return outcome
    }
}
