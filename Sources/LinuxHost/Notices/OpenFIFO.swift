import CLinux
import Glibc

/// A FIFO that lines are written to; nobody who reads, or does not, can make a writer wait.
final class OpenFIFO {
    /// Why a FIFO cannot be used.
    enum Failure: Error, CustomStringConvertible {
        /// The kernel refused something.
        case refused(SystemCallError)
        /// Something else has the path.
        case notFIFO(String)

        var description: String {
            switch self {
            case .refused(let error): error.description
            case .notFIFO(let path): "\(path) exists and is no FIFO"
            }
        }
    }

    /// What it was opened for.
    let definition: NoticeFIFO
    private let descriptor: FileDescriptor
    private let isOwn: Bool
    /// How many lines found no room since the last one that did.
    private(set) var lostCount = 0

    /// The room for lines that nobody has read yet, in octets; as much as the kernel lets everybody have.
    private static let room: Int32 = 1 << 20

    /// Opens a FIFO, which is made for its account alone where it is missing.
    init(_ definition: NoticeFIFO) throws(Failure) {
        let path = definition.path
        var status = stat()
        let made = retrying { mkfifo(path, 0o600) }
        isOwn = made.result == 0
        guard isOwn || made.errorNumber == EEXIST else {
            throw .refused(SystemCallError("mkfifo", on: path, errorNumber: made.errorNumber))
        }
        // Anything else might do something when it is opened.
        guard lstat(path, &status) == 0 else { throw .refused(SystemCallError("lstat", on: path, errorNumber: errno)) }
        guard status.st_mode & S_IFMT == S_IFIFO else { throw .notFIFO(path) }
        // With both ends in one hand, neither opening nor writing waits for a reader.
        let opened = retrying { open(path, O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC) }
        guard opened.result >= 0 else {
            throw .refused(SystemCallError("open", on: path, errorNumber: opened.errorNumber))
        }
        descriptor = FileDescriptor(owning: opened.result)
        guard fstat(opened.result, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else { throw .notFIFO(path) }
        // As its own account nobody needs to give it away, and may not either.
        let account = definition.account
        if isOwn, account.user != geteuid() || account.group != getegid(),
            fchown(opened.result, account.user, account.group) != 0
        {
            let reason = errno
            unlink(path)
            throw .refused(SystemCallError("chown", on: path, errorNumber: reason))
        }
        _ = fcntl(opened.result, CLINUX_F_SETPIPE_SZ, Self.room)
        self.definition = definition
    }

    /// Writes a line, all of it or nothing.
    ///
    /// - Returns: what is to be said about lines that were lost, at the first of them and when they are over.
    func write(_ line: String) -> String? {
        var line = line
        let number = descriptor.rawValue
        let length = line.utf8.count
        let count = line.withUTF8 { octets in retrying { Glibc.write(number, octets.baseAddress, octets.count) } }
        guard count.result == length else {
            lostCount += 1
            guard lostCount == 1 else { return nil }
            return "nobody reads \(definition.path): lines are lost from now on"
        }
        defer { lostCount = 0 }
        return lostCount == 0 ? nil : "\(definition.path) is read again; \(lostCount) lines were lost"
    }

    /// Takes it out of the file system if it was made here and is still there.
    func remove() {
        var (own, there) = (stat(), stat())
        guard isOwn, fstat(descriptor.rawValue, &own) == 0, lstat(definition.path, &there) == 0,
            own.st_dev == there.st_dev, own.st_ino == there.st_ino
        else { return }
        unlink(definition.path)
    }
}
