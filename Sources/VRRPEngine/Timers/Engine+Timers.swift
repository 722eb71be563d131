import VRRP

extension Engine {
    /// Fires the protocol timers that are due, and with them the adverts that are due soon.
    ///
    /// A wake-up costs far more than an advert, so adverts that lie close together share one, the later ones early: early
    /// is safe, late is not. They stay together from then on, because each counts on from when it was sent.
    mutating func fireProtocolTimers(at now: Instant, effects: inout [Effect]) {
        var lastAdvertisement: Instant?
        while let (slot, deadline) = protocolDeadlines.first, deadline <= now {
            // One that takes over now joins the others, and not they it.
            let wasActive = routers[slot].isActive
            handle(.timerExpired, slot, at: now, effects: &effects)
            if wasActive, routers[slot].isActive { lastAdvertisement = deadline }
        }
        guard let lastAdvertisement else { return }
        // Only a wake-up in time is shared: counted on from one that was late, the next deadline could lie in the window
        // again.
        while let (slot, deadline) = protocolDeadlines.first, routers[slot].isActive {
            let window = Self.sharingWindow(routers[slot].definition.advertisementInterval)
            guard deadline - lastAdvertisement <= window, now - lastAdvertisement <= window else { break }
            routers[slot].machine.alignAdvertisement(to: lastAdvertisement)
            handle(.timerExpired, slot, at: now, effects: &effects)
        }
    }

    /// Lets a router that has just become active share the next wake-up of those that are active already, where that
    /// comes soon: its second advert leaves early, instead of theirs from then on.
    mutating func joinNextWakeUp(_ slot: Int, at now: Instant) {
        guard let (other, deadline) = protocolDeadlines.first, other != slot, routers[other].isActive, deadline > now,
            deadline - now <= Self.sharingWindow(routers[slot].definition.advertisementInterval)
        else { return }
        routers[slot].machine.alignAdvertisement(to: deadline)
        scheduleTimers(slot)
    }

    /// How early an advert may leave to share a wake-up: a sixteenth of its interval, at most 1 ms, so that a
    /// router that joins shifts the adverts of the others by no more than that.
    private static func sharingWindow(_ interval: AdvertisementInterval) -> Nanoseconds {
        min(interval.duration / 16, .milliseconds(1))
    }
}
