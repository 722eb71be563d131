import CLinux
import Glibc
import VRRPEngine

/// Where the program of a script lies, and who could have put it there.
enum ScriptPath {
    /// Where a name without a slash is looked up, in this order, whatever the environment says.
    static let directories = [
        "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin",
    ]

    /// Why a program is not run.
    enum Refusal: Error, Hashable, CustomStringConvertible {
        /// No directory has a file of that name.
        case notFound(String)
        /// The path leads to nothing that can be looked at.
        case unknown(SystemCallError)
        /// Somebody else than root could write this part of the path.
        case writable(String)

        var description: String {
            switch self {
            case .notFound(let name): "no file \(name) in \(ScriptPath.directories.joined(separator: ", "))"
            case .unknown(let error): error.description
            case .writable(let path): "others than root could have written \(path), and it is to run as root"
            }
        }
    }

    /// The file that a command executes.
    static func find(_ command: RunnableCommand) throws(Refusal) -> String {
        let program = command.words.first ?? ""
        let path: String
        if program.utf8.contains(UInt8(ascii: "/")) {
            path = program
        } else {
            let places = directories.map { "\($0)/\(program)" }
            guard let place = places.first(where: isFile) else { throw .notFound(program) }
            path = place
        }
        guard command.needsSafePath, command.account.user == 0 else { return path }
        let file = try safeFile(path)
        return command.keepsLinks ? path : file
    }

    /// The file behind a path, links followed, that nobody but root could have written or put another one in its place.
    static func safeFile(_ path: String) throws(Refusal) -> String {
        guard let resolved = realpath(path, nil) else {
            throw .unknown(SystemCallError("realpath", on: path, errorNumber: errno))
        }
        defer { free(resolved) }
        let file = String(cString: resolved)
        // The way as it is written counts as well: who can turn a link on it chooses the program.
        for path in Set([path, file]) {
            var part = path
            while true {
                try requireRootAlone(writes: part.isEmpty ? "/" : part)
                guard let slash = part.lastIndex(of: "/") else { break }
                part = String(part[..<slash])
            }
        }
        return file
    }

    private static func requireRootAlone(writes path: String) throws(Refusal) {
        var information = stat()
        guard lstat(path, &information) == 0 else {
            throw .unknown(SystemCallError("lstat", on: path, errorNumber: errno))
        }
        let mode = information.st_mode
        if mode & S_IFMT == S_IFLNK, information.st_uid == 0 { return }
        let isOpen = mode & 0o002 != 0 || mode & 0o020 != 0 && information.st_gid != 0
        // In a directory with the sticky bit everybody may write, but touches no file of others.
        let isShielded = mode & S_IFMT == S_IFDIR && mode & 0o1000 != 0
        guard information.st_uid == 0, !isOpen || isShielded else { throw .writable(path) }
    }

    private static func isFile(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFREG
    }
}
