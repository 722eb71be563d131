import Glibc

/// CLOCK_MONOTONIC, which the daemons' timers run on, in nanoseconds.
func steadyNanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
