import Glibc

/// Reads configurations from the file system.
public struct FileSystemSource: ConfigurationSource {
    /// The file system as the process sees it.
    public init() {}

    /// Reads a regular file of at most ``ConfigurationFile/sizeLimit`` octets, following symbolic links.
    public func read(_ path: String) throws(ConfigurationReadError) -> ConfigurationFile {
        // Without O_NONBLOCK a pipe without a writer would hold the program up before it is seen to be no file.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }

        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw ConfigurationReadError(path: path, reason: .notRegular) }
        return ConfigurationFile(
            octets: try content(of: descriptor, path), isExecutable: status.st_mode & 0o111 != 0)
    }

    /// The paths that `glob` finds, folders with a slash at their ends.
    public func paths(matching pattern: String) throws(ConfigurationReadError) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        switch glob(pattern, GLOB_MARK, nil, &found) {
        case 0: return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
        case GLOB_NOMATCH: return []
        case GLOB_NOSPACE: throw failure(pattern, ENOMEM)
        default: throw failure(pattern, errno)
        }
    }

    /// The path without symbolic links and dots.
    public func absolutePath(ofFolder folder: String) -> String {
        guard let path = realpath(folder.isEmpty ? "." : folder, nil) else { return folder }
        defer { free(path) }
        return String(cString: path)
    }

    /// The variable of the environment that the program was started in.
    public func variable(_ name: String) -> String? { getenv(name).flatMap { String(validatingCString: $0) } }

    private func content(of descriptor: Int32, _ path: String) throws(ConfigurationReadError) -> [UInt8] {
        var octets: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                guard errno == EINTR else { throw failure(path, errno) }
                continue
            }
            if count == 0 { return octets }
            octets += chunk[..<count]
            guard octets.count <= ConfigurationFile.sizeLimit else {
                throw ConfigurationReadError(path: path, reason: .tooLarge(limit: ConfigurationFile.sizeLimit))
            }
        }
    }

    private func failure(_ path: String, _ number: Int32) -> ConfigurationReadError {
        switch number {
        case ENOENT, ENOTDIR: ConfigurationReadError(path: path, reason: .missing)
        default: ConfigurationReadError(path: path, reason: .unreadable(String(cString: strerror(number))))
        }
    }
}
