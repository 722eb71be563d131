import Glibc

/// Tells in which directories files were written, replaced or removed (inotify(7)).
struct DirectoryWatch: ~Copyable {
    /// A directory that is watched, by the kernel's number.
    typealias Directory = Int32

    /// What happened in a directory.
    enum Change: Hashable {
        /// Something about the file of this name.
        case file(String, in: Directory)
        /// The directory itself is gone, and is not watched any more.
        case gone(Directory)
        /// Nobody knows what was missed.
        case unknown
    }

    private static let events = UInt32(
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF
            | IN_ONLYDIR)
    private static let headerLength = 16
    private static let bufferLength = 16_384

    private let descriptor: FileDescriptor

    /// Watches nothing.
    init() throws(SystemCallError) {
        descriptor = FileDescriptor(
            owning: try systemCall("inotify_init1") { inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK)) })
    }

    /// What is ready while there are changes to be read.
    var fileDescriptor: Int32 { descriptor.rawValue }

    /// Begins to watch a directory; one that is watched already keeps its number.
    borrowing func watch(_ path: String) throws(SystemCallError) -> Directory {
        let number = descriptor.rawValue
        let outcome = retrying { inotify_add_watch(number, path, Self.events) }
        guard outcome.result >= 0 else {
            throw SystemCallError("inotify_add_watch", on: path, errorNumber: outcome.errorNumber)
        }
        return outcome.result
    }

    /// Stops watching a directory.
    borrowing func unwatch(_ directory: Directory) { _ = inotify_rm_watch(descriptor.rawValue, directory) }

    /// The changes that have come in, in one read at most.
    borrowing func changes() -> Set<Change> {
        let number = descriptor.rawValue
        return withUnsafeTemporaryAllocation(byteCount: Self.bufferLength, alignment: 8) { buffer in
            let outcome = retrying { read(number, buffer.baseAddress, buffer.count) }
            guard outcome.result > 0 else { return [] }
            return Self.changes(UnsafeRawBufferPointer(rebasing: buffer[..<outcome.result]))
        }
    }

    private static func changes(_ octets: UnsafeRawBufferPointer) -> Set<Change> {
        var changes: Set<Change> = []
        var rest = octets
        while rest.count >= headerLength {
            let directory = rest.loadUnaligned(as: Int32.self)
            let mask = rest.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
            let length = Int(rest.loadUnaligned(fromByteOffset: 12, as: UInt32.self))
            guard rest.count >= headerLength + length else { break }
            let name = rest[headerLength..<(headerLength + length)].prefix { $0 != 0 }
            if mask & UInt32(IN_Q_OVERFLOW) != 0 {
                changes.insert(.unknown)
            } else if mask & UInt32(IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT) != 0 {
                changes.insert(.gone(directory))
            } else {
                changes.insert(.file(String(decoding: name, as: UTF8.self), in: directory))
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[(headerLength + length)...])
        }
        return changes
    }
}
