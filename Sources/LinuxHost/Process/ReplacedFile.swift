import Glibc

/// A file that readers see whole or not at all: written under another name and then renamed.
public enum ReplacedFile {
    /// Why a file cannot be written.
    public struct Failure: Error, CustomStringConvertible {
        let path: String
        let errorNumber: Int32

        /// One sentence without a full stop.
        public var description: String { "\(path) cannot be written: \(String(cString: strerror(errorNumber)))" }
    }

    /// Replaces the file at `path`, with the given permissions.
    ///
    /// The name in between does not begin like those of the dumps, because an exporter deletes what does.
    public static func write(_ content: String, to path: String, mode: UInt32 = 0o644) throws(Failure) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        var template = Array("\(folder)/.vrrpd-XXXXXX".utf8CString)
        let descriptor = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { mkstemp($0) } ?? -1
        }
        guard descriptor >= 0 else { throw Failure(path: path, errorNumber: errno) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let reason = fill(descriptor, content, mode)
        close(descriptor)
        let outcome = template.withUnsafeBufferPointer { name -> Int32 in
            guard let name = name.baseAddress else { return EINVAL }
            if reason == 0, rename(name, path) == 0 { return 0 }
            let failure = reason == 0 ? errno : reason
            unlink(name)
            return failure
        }
        guard outcome == 0 else { throw Failure(path: path, errorNumber: outcome) }
    }

    /// Writes all of it; returns the reason of a failure, 0 for none.
    private static func fill(_ descriptor: Int32, _ content: String, _ mode: UInt32) -> Int32 {
        guard fchmod(descriptor, mode) == 0 else { return errno }
        var rest = Array(content.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return errno }
            rest = rest.dropFirst(max(0, count))
        }
        return 0
    }
}
