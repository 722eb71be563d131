import CLinux
import Glibc

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
}
