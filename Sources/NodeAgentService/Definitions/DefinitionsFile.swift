import FileReplacement
import Glibc
import VRRPEngine

/// `definitions.json` in the state directory: what vrrpd starts from, also when nobody else answers.
struct DefinitionsFile: Sendable {
    /// The path of the file.
    let path: String

    init(directory: String) { path = "\(directory)/definitions.json" }

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
        do { try replacement.write(definitions.json(pretty: true)) } catch { throw .failed("\(error)") }
    }

    /// Sees to it that a loss of power leaves the new definitions; vrrpd need not wait for that.
    func settle() throws(DefinitionsFileError) {
        do { try replacement.settle() } catch { throw .failed("\(error)") }
    }

    private var replacement: FileReplacement {
        // A password may be in it: no access for others.
        var replacement = FileReplacement(of: path, mode: 0o640, temporaryName: .fixed(".definitions.json.new"))
        replacement.durability = .either
        return replacement
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
