import ControlProtocol
import Glibc
import KeepalivedCompatibility

/// Where the files lie that others look for: as keepalived's where the program is called so.
struct FilePlaces {
    /// The lock, with the number of the process.
    var pidFile: String
    /// Further files with that number.
    var furtherPidFiles: [String] = []
    /// The socket that vrrpctl asks.
    var controlSocket: String
    /// Whether nobody has named it.
    var controlSocketIsUsual: Bool

    private static let runFolder = "/run/vrrpd"

    /// The places that the command line names, and the usual ones for what it does not; their folders are made.
    init(_ commandLine: KeepalivedCommandLine, _ process: ProcessOptions, calledBy name: ProgramName) {
        let suffix = process.instance.map { "_\($0)" } ?? ""
        controlSocketIsUsual = commandLine.controlSocketPath == nil
        controlSocket = commandLine.controlSocketPath.map(absolutePath) ?? "\(Self.runFolder)/control\(suffix).sock"
        switch name {
        case .vrrpd: pidFile = "\(Self.runFolder)/vrrpd\(suffix).pid"
        case .keepalived:
            var folder = "/run"
            if process.instance != nil || process.networkNamespace != nil || process.usesPidFolder {
                folder += "/keepalived"
                mkdir(folder, 0o755)
            }
            if let namespace = process.networkNamespace?.split(separator: "/").last {
                folder += "/\(namespace)"
                mkdir(folder, 0o755)
            }
            pidFile = "\(folder)/keepalived\(suffix).pid"
            if commandLine.pidFile == nil { furtherPidFiles = ["\(folder)/vrrp\(suffix).pid"] }
        }
        if let path = commandLine.pidFile { pidFile = absolutePath(path) }
        if let path = commandLine.vrrpPidFile { furtherPidFiles = [absolutePath(path)] }
        // Fails harmlessly when it is there; anything else shows with the first file in it.
        if (name == .vrrpd && commandLine.pidFile == nil) || controlSocketIsUsual { mkdir(Self.runFolder, 0o755) }
    }
}

/// A path that still means the same when the process is in the background, whose folder is `/`.
func absolutePath(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return String(cString: folder) + "/" + path
}
