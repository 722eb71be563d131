import Glibc

/// Replaces a file as a whole: whoever reads it finds what was there before, or what comes after.
public struct FileReplacement: Sendable {
    /// The file. Its folder must be writable: what is new is written beside it and then renamed.
    public var path: String
    /// The permissions of the new file, whatever mask the process has.
    public var mode: UInt32
    /// What the new file is called until it is complete.
    public var temporaryName: TemporaryName
    /// Whether a link stays, and what it leads to is replaced.
    public var followsLinks = false
    /// What outlives a loss of power after ``write(_:)``.
    public var durability = Durability.none

    /// What outlives a loss of power.
    public enum Durability: Sendable {
        /// Maybe neither the file from before nor the new one.
        case none
        /// One of the two, as a whole; the new one from ``settle()`` on.
        case either
        /// The new file.
        case new
    }

    /// A name in the folder of the file.
    public enum TemporaryName: Sendable {
        /// Always this one: what a process that was killed has left is replaced. For a single writer alone.
        case fixed(String)
        /// This one with six characters behind it, which no other file has.
        case unique(String)
    }

    /// The replacement of a file.
    public init(of path: String, mode: UInt32 = 0o644, temporaryName: TemporaryName) {
        self.path = path
        self.mode = mode
        self.temporaryName = temporaryName
    }

    /// Replaces the file; where that fails, it stays what it was, and nothing is left beside it.
    public func write(_ content: [UInt8]) throws(FileReplacementError) {
        let path = followsLinks ? target : path
        let folder = Self.folder(of: path)
        let (descriptor, name) = open(in: folder)
        guard descriptor >= 0 else { throw FileReplacementError(path: self.path, errorNumber: errno) }
        var reason = fill(descriptor, content)
        close(descriptor)
        if reason == 0, rename(name, path) != 0 { reason = errno }
        guard reason == 0 else {
            unlink(name)
            throw FileReplacementError(path: self.path, errorNumber: reason)
        }
        guard durability == .new else { return }
        reason = synchronize(folder)
        guard reason == 0 else { throw FileReplacementError(path: self.path, errorNumber: reason) }
    }

    /// Sees to it that a file that was written outlives a loss of power; for ``Durability/either``.
    public func settle() throws(FileReplacementError) {
        let reason = synchronize(Self.folder(of: followsLinks ? target : path))
        guard reason == 0 else { throw FileReplacementError(path: path, errorNumber: reason) }
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    private var target: String {
        guard let name = realpath(path, nil) else { return path }
        defer { free(name) }
        return String(cString: name)
    }

    /// Makes the new file.
    private func open(in folder: String) -> (descriptor: Int32, name: String) {
        switch temporaryName {
        case .fixed(let name):
            let name = "\(folder)/\(name)"
            unlink(name)
            // The permissions are set before anything is in it.
            return (Glibc.open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600), name)
        case .unique(let name):
            // The system puts six characters of its own in their place.
            var template = Array("\(folder)/\(name)\(String(repeating: "X", count: 6))".utf8CString)
            let descriptor = mkstemp(&template)
            if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
            return (descriptor, template.withUnsafeBufferPointer { String(decodingCString: $0.baseAddress) })
        }
    }

    /// Writes all of it; returns the reason of a failure, 0 for none.
    private func fill(_ descriptor: Int32, _ content: [UInt8]) -> Int32 {
        guard fchmod(descriptor, mode) == 0 else { return errno }
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return errno }
            rest = rest.dropFirst(max(0, count))
        }
        return durability == .none || fsync(descriptor) == 0 ? 0 : errno
    }

    /// Sees to it that the name in the folder is on the disk as well; returns the reason of a failure, 0 for none.
    func synchronize(_ folder: String) -> Int32 {
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        guard fsync(descriptor) != 0 else { return 0 }
        switch errno {
        // A file system that cannot do so for folders, such as one on the network: it has done what it can.
        case EINVAL, ENOTSUP: return 0
        case let reason: return reason
        }
    }
}

extension String {
    /// The text that ends before the first zero.
    fileprivate init(decodingCString pointer: UnsafePointer<CChar>?) {
        self = pointer.map { String(cString: $0) } ?? ""
    }
}

/// Why a file cannot be replaced.
public struct FileReplacementError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The number of the system's error.
    public let errorNumber: Int32

    /// The file cannot be replaced for a reason of the system.
    public init(path: String, errorNumber: Int32) {
        self.path = path
        self.errorNumber = errorNumber
    }

    /// One sentence without a full stop.
    public var description: String { "\(path) cannot be written: \(String(cString: strerror(errorNumber)))" }
}
