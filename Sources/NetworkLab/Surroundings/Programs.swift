import Foundation

/// Where the programs are that a lab runs: this package's own, and the system's.
public enum Programs {
    /// The variable that names the directory of this package's programs, for builds that keep them elsewhere.
    public static let directoryVariable = "VRRP_BIN_DIR"

    /// The directory of this package's programs: `VRRP_BIN_DIR`, or else where the running test bundle or program lies.
    public static var directory: String {
        if let directory = ProcessInfo.processInfo.environment[directoryVariable], !directory.isEmpty {
            return directory
        }
        let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(fileURLWithPath: own ?? CommandLine.arguments[0]).deletingLastPathComponent().path
    }

    /// The daemon as it was built together with the running program.
    public static var vrrpd: String { directory + "/vrrpd" }

    /// The agent of a node as it was built together with the running program.
    public static var vrrpAgent: String { directory + "/vrrp-agent" }

    /// The exporter as it was built together with the running program.
    public static var keepalivedExporter: String { directory + "/keepalived-exporter" }

    /// The command line tool as it was built together with the running program.
    public static var vrrpctl: String { directory + "/vrrpctl" }

    /// The entry point of a container for IP failover as it was built together with the running program.
    public static var vrrpIPFailover: String { directory + "/vrrp-ipfailover" }

    /// The demonstration as it was built together with the running program.
    public static var vrrpLab: String { directory + "/vrrp-lab" }

    /// FRR's daemons, which Debian keeps out of `PATH`.
    static let frrDirectory = "/usr/lib/frr"

    /// The file of a program: the name itself when it has a slash, else the first one found in `PATH` and in the
    /// directories of system programs; nil when there is none.
    public static func path(of program: String) -> String? {
        if program.contains("/") {
            return FileManager.default.isExecutableFile(atPath: program) ? program : nil
        }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let directories = path.split(separator: ":").map(String.init) + ["/usr/local/sbin", "/usr/sbin", "/sbin"]
        return directories.lazy.map { "\($0)/\(program)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }
}
