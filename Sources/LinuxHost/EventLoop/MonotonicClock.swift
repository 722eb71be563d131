import CLinux
import Glibc
public import VRRP

/// The clock that deadlines are measured on: CLOCK_MONOTONIC, which no one can set.
public enum MonotonicClock {
    /// The present.
    public static var now: Instant { Instant(read(CLOCK_MONOTONIC)) }

    /// How long ago the node was started, the time in which it was suspended included.
    static var uptime: Nanoseconds { Nanoseconds(read(CLOCK_BOOTTIME)) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        // Cannot fail: the clock exists on every Linux and the pointer is ours.
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
