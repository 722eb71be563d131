import Glibc

/// A folder of its own in /tmp, which goes with the value and all that is in it.
final class TemporaryFolder {
    private let root: String

    init() throws {
        var template = Array("/tmp/vrrp-tracking-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SetupFailure(description: "mkdtemp: \(errno)") }
        root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { _ = try? shell("rm -rf \(root)") }

    /// The path of something in the folder.
    func path(_ name: String) -> String { name.isEmpty ? root : "\(root)/\(name)" }

    /// Writes a file at once, or beside it and then in its place.
    func write(_ text: String, to name: String, replacing: Bool = false) throws {
        let target = path(replacing ? "\(name).new" : name)
        guard let file = fopen(target, "w") else { throw SetupFailure(description: "fopen \(target): \(errno)") }
        let octets = Array(text.utf8)
        fwrite(octets, 1, octets.count, file)
        fclose(file)
        if replacing { rename(target, path(name)) }
    }

    /// What stands in a file.
    func text(_ name: String) -> String? {
        guard let file = fopen(path(name), "r") else { return nil }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = fread(&buffer, 1, buffer.count, file)
        return String(decoding: buffer[..<count], as: UTF8.self)
    }
}
