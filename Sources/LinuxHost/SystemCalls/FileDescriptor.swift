import CLinux
import Glibc

/// An open file that is closed when its owner goes away.
struct FileDescriptor: ~Copyable {
    /// The kernel's number of the open file; valid for as long as this value lives.
    let rawValue: Int32

    /// Takes over an open file.
    init(owning rawValue: Int32) { self.rawValue = rawValue }

    deinit {
        // Linux has released the number even when close reports EINTR: a second try could hit somebody else's file.
        _ = close(rawValue)
    }

    /// Opens a socket, close-on-exec and non-blocking.
    static func socket(
        family: Int32, kind: __socket_type, protocol number: Int32
    ) throws(SystemCallError) -> FileDescriptor {
        let flags = Int32(bitPattern: SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let kind = Int32(bitPattern: kind.rawValue) | flags
        let descriptor = try systemCall("socket") { Glibc.socket(family, kind, number) }
        return FileDescriptor(owning: descriptor)
    }
}
