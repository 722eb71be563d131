import CLinux
import Glibc

/// A file that holds the number of the running process, and that only one process can hold.
///
/// It is a lock and not only a note: what a killed process left behind does not keep the next one from starting.
public final class PidFile {
    /// Why the file cannot be held.
    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// Another process holds it; nil when it has not written its number yet.
        case held(path: String, by: Int32?)
        /// There is something under the path that is not a file.
        case notAFile(path: String)
        /// The kernel refused a step.
        case refused(SystemCallError)

        /// One sentence without a full stop.
        public var description: String {
            switch self {
            case .held(let path, let process?): "process \(process) is running already and holds \(path)"
            case .held(let path, nil): "another process is running already and holds \(path)"
            case .notAFile(let path): "\(path) is not a regular file"
            case .refused(let error): error.description
            }
        }
    }

    /// How often an attempt is repeated whose file the process before removed meanwhile.
    private static let attempts = 10

    /// The path of the file.
    public let path: String
    private let file: FileDescriptor
    private var isRemoved = false

    /// Holds the file at `path`, mode 0644, and writes the number of this process and a newline into it.
    public init(path: String) throws(Failure) {
        self.path = path
        file = try Self.hold(path)
        let number = file.rawValue
        do throws(SystemCallError) {
            try systemCall("fchmod") { fchmod(number, 0o644) }
            try systemCall("ftruncate") { ftruncate(number, 0) }
            let text = Array("\(getpid())\n".utf8)
            try systemCall("write") { pwrite(number, text, text.count, 0) }
        } catch {
            throw .refused(error.on(path))
        }
    }

    deinit { remove() }

    /// Removes the file; also done when the object goes away.
    public func remove() {
        guard !isRemoved else { return }
        isRemoved = true
        // The lock is still held, so that nobody else's file can be under the path.
        unlink(path)
    }

    /// Why the file could not be held now; nil where it could, or where only holding it would tell.
    public static func occupation(of path: String) -> Failure? {
        let opened = retrying { open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) }
        guard opened.result >= 0 else { return nil }
        let file = FileDescriptor(owning: opened.result)
        let number = file.rawValue
        let locked = retrying { clinux_lock_file(number) }
        guard locked.errorNumber == EAGAIN || locked.errorNumber == EACCES else { return nil }
        return .held(path: path, by: holder(of: number))
    }

    private static func hold(_ path: String) throws(Failure) -> FileDescriptor {
        for _ in 0..<attempts {
            let opened = retrying { open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o644) }
            guard opened.result >= 0 else {
                if opened.errorNumber == ELOOP || opened.errorNumber == EISDIR || opened.errorNumber == ENXIO {
                    throw .notAFile(path: path)
                }
                throw .refused(SystemCallError("open", on: path, errorNumber: opened.errorNumber))
            }
            let file = FileDescriptor(owning: opened.result)
            var held = stat()
            guard fstat(file.rawValue, &held) == 0, held.st_mode & S_IFMT == S_IFREG else {
                throw .notAFile(path: path)
            }
            let number = file.rawValue
            let locked = retrying { clinux_lock_file(number) }
            if locked.errorNumber == EAGAIN || locked.errorNumber == EACCES {
                throw .held(path: path, by: holder(of: number))
            }
            guard locked.result == 0 else {
                throw .refused(SystemCallError("F_OFD_SETLK", on: path, errorNumber: locked.errorNumber))
            }
            // Whoever held the file may have removed it between our opening and our locking.
            var present = stat()
            if lstat(path, &present) == 0, present.st_ino == held.st_ino, present.st_dev == held.st_dev { return file }
        }
        throw .held(path: path, by: nil)
    }

    private static func holder(of file: Int32) -> Int32? {
        var octets: [UInt8] = Array(repeating: 0, count: 16)
        let count = octets.withUnsafeMutableBytes { octets in
            retrying { pread(file, octets.baseAddress, octets.count, 0) }.result
        }
        let digits = octets.prefix(max(0, count)).prefix { $0 > UInt8(ascii: " ") }
        return Int32(String(decoding: digits, as: UTF8.self))
    }
}
