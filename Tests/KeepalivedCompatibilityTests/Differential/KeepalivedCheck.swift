import Glibc

@testable import KeepalivedCompatibility

/// `keepalived -t`, run on a file.
struct KeepalivedCheck {
    /// The program of Debian's package.
    static let program = "/usr/sbin/keepalived"
    /// Whether the program is there, and an interface that configurations can name.
    static var isPossible: Bool { access(program, X_OK) == 0 && geteuid() == 0 && interface != nil }

    /// An interface of this machine that is up, does multicast and has an IPv4 address, which `keepalived -t` looks at.
    static let interface: String? = {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else { return nil }
        defer { freeifaddrs(first) }
        let wanted = UInt32(IFF_UP | IFF_MULTICAST)
        for entry in sequence(first: first, next: { $0?.pointee.ifa_next }) {
            guard let interface = entry?.pointee, let address = interface.ifa_addr else { continue }
            let (flags, name) = (interface.ifa_flags, String(cString: interface.ifa_name))
            guard address.pointee.sa_family == UInt16(AF_INET), flags & UInt32(IFF_LOOPBACK) == 0,
                flags & wanted == wanted, name.utf8.count < 12
            else { continue }
            return name
        }
        return nil
    }()

    /// The exit status; nil where the program did not end by itself in time.
    let exitStatus: Int32?
    /// What it said.
    let output: String

    /// Checks the file `k.conf` in a folder, where the program puts all that it writes.
    init(folder: String, configurationID: String) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "\(folder)/output", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var process = pid_t()
        let arguments = [
            Self.program, "-t", "-f", "\(folder)/k.conf", "-i", configurationID, "-p", "\(folder)/pid", "-r",
            "\(folder)/vrrp.pid", "-c", "\(folder)/checkers.pid", "-b", "\(folder)/bfd.pid",
        ]
        var argumentPointers = arguments.map { strdup($0) } + [nil]
        var environment = [strdup("TMPDIR=\(folder)"), strdup("LC_ALL=C"), nil]
        defer { (argumentPointers + environment).forEach { free($0) } }
        guard posix_spawn(&process, Self.program, &actions, nil, &argumentPointers, &environment) == 0 else {
            (exitStatus, output) = (nil, "the program cannot be started")
            return
        }
        exitStatus = Self.wait(for: process)
        let octets = (try? FileSystemSource().read("\(folder)/output"))?.octets ?? []
        output = String(decoding: octets, as: UTF8.self)
    }

    private static func wait(for process: pid_t) -> Int32? {
        var status: Int32 = 0
        for _ in 0..<5_000 {
            if waitpid(process, &status, WNOHANG) == process {
                return status & 0x7f == 0 ? status >> 8 & 0xff : nil
            }
            usleep(2_000)
        }
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        return nil
    }
}
