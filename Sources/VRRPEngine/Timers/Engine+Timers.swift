import VRRP

extension Engine {
    /// Fires the protocol timers that are due, and with them the adverts that are due soon.
    ///
    /// A wake-up costs far more than an advert, so adverts that lie close together share one, the later ones early: early
    /// is safe, late is not. They stay together from then on, because each counts on from when it was sent.
    mutating func fireProtocolTimers(at now: Instant, effects: inout [Effect]) {
        var lastAdvertisement: Instant?
        while let (slot, deadline) = protocolDeadlines.first, deadline <= now {
            handle(.timerExpired, slot, at: now, effects: &effects)
            if routers[slot].isActive { lastAdvertisement = deadline }
        }
        guard let lastAdvertisement else { return }
        // Only a wake-up in time is shared: counted on from one that was late, the next deadline could lie in the window
        // again.
        while let (slot, deadline) = protocolDeadlines.first, routers[slot].isActive,
            deadline - now <= routers[slot].sharingWindow, now - lastAdvertisement <= routers[slot].sharingWindow
        {
            routers[slot].machine.alignAdvertisement(to: lastAdvertisement)
            handle(.timerExpired, slot, at: now, effects: &effects)
        }
    }
}

extension RouterRuntime {
    /// How early an advert may leave to share a wake-up: a sixteenth of its interval, at most 1 ms, so that a
    /// router that joins shifts the adverts of the others by no more than that.
    fileprivate var sharingWindow: Nanoseconds {
        min(definition.advertisementInterval.duration / 16, .milliseconds(1))
    }
}
