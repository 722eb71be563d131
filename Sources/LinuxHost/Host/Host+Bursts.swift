import CLinux
import Glibc
import VRRP

extension Host {
    /// How close together packets must come in to count as a burst.
    private static let burstGap = Nanoseconds.milliseconds(1)
    /// How long the packets of a burst may wait for each other.
    private static let gatheringTime = Nanoseconds.microseconds(400)
    /// What a sleep may take longer than it was asked to.
    private static let sleepMargin = Nanoseconds.microseconds(400)

    /// Notes whether the turn has received packets.
    func noteReception(_ hasReceived: Bool) {
        guard hasReceived else {
            isInBurst = false
            return
        }
        let now = MonotonicClock.now
        isInBurst = now - lastReceptionAt < Self.burstGap
        lastReceptionAt = now
    }

    /// Sleeps for a moment in the middle of a burst, so that the rest of it is read at once: an active node sends the
    /// adverts of all its routers in one go, and to be waked up for every third of them costs more than to read them.
    ///
    /// The first packet is never kept waiting, nor is any deadline of the engine.
    func letBurstGather(before deadline: Instant) {
        guard isInBurst, deadline - MonotonicClock.now > Self.gatheringTime + Self.sleepMargin else { return }
        var time = timespec(tv_sec: 0, tv_nsec: Int(Self.gatheringTime.rawValue))
        // A signal that ends it early does no harm.
        clock_nanosleep(CLOCK_MONOTONIC, 0, &time, nil)
    }
}
