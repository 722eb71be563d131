import Glibc

/// Reads and replaces whole files.
enum FileBytes {
    /// Reads a file of at most `limit` bytes; nil where it has more.
    ///
    /// - Returns: The bytes, and the signature of what was read.
    static func read(_ path: String, limit: Int) throws(FileProblem) -> (bytes: [UInt8], signature: FileSignature)? {
        // Without blocking, for a name may lead to a pipe that nobody writes to.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw FileProblem(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileProblem(errno) }
        let signature = FileSignature(status)
        guard signature.kind == .file else { throw FileProblem(signature.kind == .folder ? EISDIR : EINVAL) }
        guard signature.size <= limit else { return nil }
        var bytes = [UInt8](repeating: 0, count: signature.size + 1)
        var count = 0
        while count < bytes.count {
            let step = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
            }
            if step < 0 {
                guard errno == EINTR else { throw FileProblem(errno) }
            } else if step == 0 {
                break
            } else {
                count += step
                if count == bytes.count, count <= limit { bytes += repeatElement(0, count: count) }
            }
        }
        guard count <= limit else { return nil }
        return (Array(bytes.prefix(count)), signature)
    }

    /// Replaces a file, so that readers see the old one or the new one as a whole.
    static func replace(_ path: String, with text: String) throws(FileProblem) {
        // Where the name is a link, what it leads to is replaced.
        let target = realpath(path, nil).map { name in
            defer { free(name) }
            return String(cString: name)
        }
        let path = target ?? path
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        // The name is hidden, so that nobody takes it for a manifest.
        var template = Array("\(folder)/.router-ids-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw FileProblem(errno) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var reason = fill(descriptor, text)
        close(descriptor)
        if reason == 0, rename(template, path) != 0 { reason = errno }
        guard reason == 0 else {
            unlink(template)
            throw FileProblem(reason)
        }
    }

    /// Writes all of it; returns the reason of a failure, 0 for none.
    private static func fill(_ descriptor: Int32, _ text: String) -> Int32 {
        guard fchmod(descriptor, 0o644) == 0 else { return errno }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return errno }
            rest = rest.dropFirst(max(0, count))
        }
        return fsync(descriptor) == 0 ? 0 : errno
    }
}
