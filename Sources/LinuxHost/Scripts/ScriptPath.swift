import CLinux
import Glibc

/// Where the program of a script lies.
enum ScriptPath {
    /// Where a name without a slash is looked up, in this order, whatever the environment says.
    static let directories = [
        "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin",
    ]

    /// Where the file of a command may lie: the path as it is written, or the name in each of ``directories``.
    static func places(of command: RunnableCommand) -> [String] {
        let program = command.program
        return program.utf8.contains(UInt8(ascii: "/")) ? [program] : directories.map { "\($0)/\(program)" }
    }

    /// The file that a command executes; nil where it is not run. Waits for the file system.
    static func find(_ command: RunnableCommand) -> String? {
        command.withProgram { program in
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 2 * Int(PATH_MAX)) { room in
                guard let file = room.baseAddress else { return nil }
                var failure = clinux_script_failure(step: 0, error: 0, path: file + Int(PATH_MAX))
                return clinux_script_find(&program, file, &failure) == 0 ? String(cString: file) : nil
            }
        }
    }
}

/// Why a script does not run.
struct ScriptFailure: CustomStringConvertible {
    /// The clause after "it could not be started".
    let description: String

    /// The most that ``init(report:of:)`` reads.
    static let longestReport = 2 * MemoryLayout<Int32>.size + Int(PATH_MAX)

    /// Puts into words what a process has left that was to run a command; nil where it has left nothing.
    init?(report: ArraySlice<UInt8>, of command: RunnableCommand) {
        let size = MemoryLayout<Int32>.size
        guard report.count >= 2 * size else { return nil }
        let (step, errorNumber) = report.withUnsafeBytes { octets in
            (octets.loadUnaligned(as: UInt32.self), octets.loadUnaligned(fromByteOffset: size, as: Int32.self))
        }
        let path = String(decoding: report.dropFirst(2 * size), as: UTF8.self)
        func failed(_ call: String, on path: String? = nil) -> String {
            SystemCallError(call, on: path, errorNumber: errorNumber).description
        }
        description =
            switch step {
            case CLINUX_SCRIPT_PART.rawValue: failed("close_range")
            case CLINUX_SCRIPT_FIND.rawValue:
                "no file \(command.program) in \(ScriptPath.directories.joined(separator: ", "))"
            case CLINUX_SCRIPT_RESOLVE.rawValue: failed("realpath", on: path)
            case CLINUX_SCRIPT_EXAMINE.rawValue: failed("lstat", on: path)
            case CLINUX_SCRIPT_TRUST.rawValue:
                "others than root could have written \(path), and it is to run as root"
            case CLINUX_SCRIPT_INPUT.rawValue: failed("open /dev/null")
            case CLINUX_SCRIPT_GROUP.rawValue: failed("setgroups")
            case CLINUX_SCRIPT_USER.rawValue: failed("setuid")
            case CLINUX_SCRIPT_CAPABILITIES.rawValue: failed("capset")
            default: failed("execve", on: path)
            }
    }
}
