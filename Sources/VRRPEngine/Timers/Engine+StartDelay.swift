public import VRRP

extension Engine {
    /// Keeps every virtual router out of the election until a time: nothing is sent, nothing that is received counts, and
    /// timers start afterwards.
    ///
    /// For the start alone: call it before the first ``apply(_:at:effects:)``.
    public mutating func delayStart(until time: Instant) { startsAt = time }

    /// Lets the routers take part when the delay is over.
    mutating func endStartDelay(at now: Instant, effects: inout [Effect]) {
        guard let time = startsAt, time <= now else { return }
        startsAt = nil
        evaluateAll(at: now, effects: &effects)
    }
}
