import Glibc
import VRRPEngine

/// `definitions.json` in the state directory: what vrrpd starts from, also when nobody else answers.
struct DefinitionsFile: Sendable {
    /// The path of the file.
    let path: String
    private let directory: String

    init(directory: String) {
        self.directory = directory
        path = "\(directory)/definitions.json"
    }

    /// What the file says; nil where there is none.
    ///
    /// - Throws: why what is there cannot be used; the next write replaces it.
    func read() throws(DefinitionsFileError) -> Definitions? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("open", path)
        }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        let most = 16 << 20
        while octets.count <= most {
            let part = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
                count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
            }
            if part.isEmpty { break }
            octets += part
        }
        do { return try Definitions(json: octets) } catch { throw .unusable("\(path):\(error)") }
    }

    /// Replaces the file: whoever reads it, and whenever the power fails, sees the old definitions or the new ones.
    func write(_ definitions: Definitions) throws(DefinitionsFileError) {
        let new = "\(directory)/.definitions.json.new"
        // What a process that was killed has left.
        unlink(new)
        // A password may be in it: no access for others.
        let mode: mode_t = 0o640
        let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw failure("open", new) }
        do throws(DefinitionsFileError) {
            defer { close(descriptor) }
            guard fchmod(descriptor, mode) == 0 else { throw failure("fchmod", new) }
            try write(definitions.json(pretty: true), to: descriptor, new)
            guard fsync(descriptor) == 0 else { throw failure("fsync", new) }
        } catch {
            unlink(new)
            throw error
        }
        guard rename(new, path) == 0 else { throw failure("rename", new) }
        let folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure("open", directory) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure("fsync", directory) }
    }

    private func write(_ octets: [UInt8], to descriptor: Int32, _ name: String) throws(DefinitionsFileError) {
        var rest = octets[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write", name) }
            rest = rest.dropFirst(count)
        }
    }

    private func failure(_ call: String, _ path: String) -> DefinitionsFileError {
        let code = errno
        return .failed("\(call) \(path): \(strerror(code).map { String(cString: $0) } ?? "error \(code)")")
    }
}

/// Why definitions.json cannot be read or written.
enum DefinitionsFileError: Error, Equatable, CustomStringConvertible {
    /// The system refused.
    case failed(String)
    /// What is there are no definitions.
    case unusable(String)

    var description: String {
        switch self {
        case .failed(let sentence), .unusable(let sentence): sentence
        }
    }
}
