import Glibc

/// A descriptor that is closed when its last owner lets go of it.
final class OwnedDescriptor: Sendable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    /// Opens a file, close-on-exec.
    convenience init(opening path: String, _ flags: Int32) throws(LabError) {
        try self.init(systemCall("open", path) { open(path, flags | O_CLOEXEC) })
    }

    deinit { close(number) }
}
