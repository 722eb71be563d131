import CLinux
import Glibc
public import VRRP

/// The clock that deadlines are measured on: CLOCK_MONOTONIC, which no one can set.
public enum MonotonicClock {
    /// The present.
    public static var now: Instant {
        var time = timespec()
        // Cannot fail: the clock exists on every Linux and the pointer is ours.
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
