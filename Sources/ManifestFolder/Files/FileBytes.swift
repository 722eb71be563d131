import Glibc

/// Reads whole files.
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
}
