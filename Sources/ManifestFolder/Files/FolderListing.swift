import Glibc

/// The manifests that a folder has at a moment.
struct FolderListing {
    /// What the folder itself is: another one after a mount.
    let folder: FileSignature
    /// The files by name; a link that leads nowhere has the reason in place of a signature.
    let files: [String: Result<FileSignature, FileProblem>]

    private static let suffixes = [".yaml", ".yml", ".json"]

    /// Looks into a folder, not into folders in it.
    ///
    /// Hidden names are passed over: editors keep their copies there, and a mounted ConfigMap the folder that its links
    /// lead to.
    init(_ path: String, without excluded: String) throws(FileProblem) {
        folder = try FileSignature(ofFileAt: path)
        var files: [String: Result<FileSignature, FileProblem>] = [:]
        for name in try Self.names(in: path)
        where !name.hasPrefix(".") && name != excluded && Self.suffixes.contains(where: name.hasSuffix) {
            do {
                let signature = try FileSignature(ofFileAt: "\(path)/\(name)")
                if signature.kind != .folder { files[name] = .success(signature) }
            } catch {
                files[name] = .failure(error)
            }
        }
        self.files = files
    }

    private static func names(in path: String) throws(FileProblem) -> [String] {
        guard let stream = opendir(path) else { throw FileProblem(errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { String(decodingCString: $0, as: UTF8.self) }
            }
            names.append(name)
        }
        guard errno == 0 else { throw FileProblem(errno) }
        return names
    }
}
