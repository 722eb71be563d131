import VRRP

/// What a virtual router remembers of moments that durations are counted from.
struct LatencyMarks: Sendable {
    /// When the last advert was heard as a backup; nil before the first since the router became one.
    var lastAdvertisement: Instant?
    /// Whether the router was preempting when it was told to take over.
    var isPreempting = false
    /// When the router became active, as long as none of its addresses was announced since.
    var unannouncedSince: Instant?
}

extension Engine {
    /// Counts how late the protocol timers fire that are due.
    mutating func noteLateness(at now: Instant) {
        let deadline = protocolDeadlines.earliest
        if deadline <= now { latencies.lateness.count(now - deadline) }
    }

    /// Counts how long the addresses had nobody, where a router takes the place of one that is gone.
    mutating func noteTransition(_ transition: VirtualRouterOutcome.Transition, _ slot: Int, at now: Instant) {
        if transition.to == .active, let last = routers[slot].latencyMarks.lastAdvertisement {
            switch transition.reason {
            // The group decides when, but each member takes the place of a router of its own.
            case .group(.takeOver) where routers[slot].latencyMarks.isPreempting: break
            case .activeRouterSilent, .activeRouterResigned, .group(.takeOver): latencies.takeOver.count(now - last)
            case .startedAsAddressOwner, .started, .preempted, .higherPriority, .higherAddress, .stalled, .shutdown,
                .ceded,
                .reclaimed, .group(.makeWay), .group(.listen), .group(.wait):
                break
            }
        }
        routers[slot].latencyMarks = LatencyMarks(unannouncedSince: transition.to == .active ? now : nil)
    }

    /// Counts how long the first announcement after a take-over took.
    mutating func noteAnnouncement(_ slot: Int, at now: Instant) {
        guard let since = routers[slot].latencyMarks.unannouncedSince else { return }
        latencies.announcement.count(now - since)
        routers[slot].latencyMarks.unannouncedSince = nil
    }
}

extension RouterRuntime {
    /// Counts an advert of a second active router, or, as a backup, finds the time since the advert before. One of priority 0
    /// comes when its sender leaves, so that it says nothing about how regularly adverts arrive.
    mutating func noteArrival(
        priority: UInt8, in state: VirtualRouterState.Name, at now: Instant
    ) -> Nanoseconds? {
        switch state {
        case .initialize: return nil
        case .active:
            if priority > 0 { statistics.advertisementsWhileActive += 1 }
            return nil
        case .backup: break
        }
        defer { latencyMarks.lastAdvertisement = now }
        guard priority > 0, let last = latencyMarks.lastAdvertisement else { return nil }
        return now - last
    }
}
