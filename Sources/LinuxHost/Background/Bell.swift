import CLinux
import Glibc
import VRRP

/// Makes a descriptor ready from any thread (eventfd(2)).
final class Bell: Sendable {
    private let descriptor: FileDescriptor

    init() throws(SystemCallError) {
        descriptor = FileDescriptor(
            owning: try systemCall("eventfd") { eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK)) })
    }

    /// What becomes ready when the bell has rung.
    var fileDescriptor: Int32 { descriptor.rawValue }

    /// Rings; the number of rings until the next ``silence()`` does not matter.
    func ring() {
        var one: UInt64 = 1
        let number = descriptor.rawValue
        _ = retrying { write(number, &one, MemoryLayout<UInt64>.size) }
    }

    /// Makes the descriptor unready again.
    func silence() {
        var count: UInt64 = 0
        let number = descriptor.rawValue
        _ = retrying { read(number, &count, MemoryLayout<UInt64>.size) }
    }

    /// Waits until the bell has rung.
    ///
    /// - Parameter end: when to wait no longer; nil for never.
    /// - Returns: Whether it has rung.
    @discardableResult
    func wait(until end: Instant? = nil) -> Bool {
        var interest = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
        while true {
            // To the next millisecond, so that nothing is left of the time afterwards.
            let left = end.map { max(0, ($0 - MonotonicClock.now).rawValue + 999_999) / 1_000_000 }
            let count = poll(&interest, 1, left.map { Int32(clamping: $0) } ?? -1)
            if count > 0 { return true }
            // A wait that a signal ends is no answer.
            if let end, MonotonicClock.now >= end { return false }
        }
    }
}
