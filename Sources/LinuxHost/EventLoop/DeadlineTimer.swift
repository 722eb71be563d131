import CLinux
import Glibc
import VRRP

/// A timer that makes its descriptor ready at one absolute point in time.
///
/// Setting the same deadline again costs nothing. It is watched edge-triggered, so that it never has to be read.
struct DeadlineTimer: ~Copyable {
    private let descriptor: FileDescriptor
    private(set) var deadline = Instant.distantFuture

    /// A timer that is not set.
    init() throws(SystemCallError) {
        descriptor = FileDescriptor(
            owning: try systemCall("timerfd_create") {
                timerfd_create(CLOCK_MONOTONIC, Int32(TFD_CLOEXEC | TFD_NONBLOCK))
            })
    }

    /// What becomes ready at the deadline.
    var fileDescriptor: Int32 { descriptor.rawValue }

    /// Sets the timer, or stops it with ``Instant/distantFuture``.
    mutating func set(to deadline: Instant) throws(SystemCallError) {
        guard deadline != self.deadline else { return }
        var setting = itimerspec()
        if deadline != .distantFuture {
            // Zero would stop the timer; a deadline in the past is ready at once.
            let nanoseconds = max(deadline.rawValue, 1)
            setting.it_value.tv_sec = Int(nanoseconds / 1_000_000_000)
            setting.it_value.tv_nsec = Int(nanoseconds % 1_000_000_000)
        }
        let number = descriptor.rawValue
        try systemCall("timerfd_settime") { timerfd_settime(number, Int32(TFD_TIMER_ABSTIME), &setting, nil) }
        self.deadline = deadline
    }
}
