import Glibc

/// The daemon that is run.
struct ChildProcess {
    /// Why a program cannot be started.
    struct Failure: Error, CustomStringConvertible {
        let path: String
        let errorNumber: Int32

        var description: String { "\(path) cannot be started: \(String(cString: strerror(errorNumber)))" }
    }

    /// How a process has ended.
    enum End: CustomStringConvertible {
        case status(Int32)
        case signal(Int32)

        init(waitStatus: Int32) {
            let number = waitStatus & 0x7f
            self = number == 0 ? .status(waitStatus >> 8 & 0xff) : .signal(number)
        }

        var description: String {
            switch self {
            case .status(let number): "with status \(number)"
            case .signal(let number): "by signal \(number)"
            }
        }
    }

    let processIdentifier: pid_t

    /// Starts a program with this process's environment, no signal blocked or ignored, and in a process group of its own:
    /// the keys of a terminal reach the supervisor alone.
    ///
    /// - Parameter arguments: those behind the name, which is `path`.
    init(_ path: String, _ arguments: [String]) throws(Failure) {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

        var pointers = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var process = pid_t()
        let reason = posix_spawn(&process, path, nil, &attributes, &pointers, environ)
        guard reason == 0 else { throw Failure(path: path, errorNumber: reason) }
        processIdentifier = process
    }

    /// Sends a signal; the process has not been waited for yet, so the number is still its own.
    func send(_ signal: Int32) { kill(processIdentifier, signal) }

    /// Collects every child that has ended, also those that others have left to the first process of the container.
    ///
    /// - Returns: how this one has ended; nil while it runs.
    func collectEnded() -> End? {
        var end: End?
        while true {
            var status: Int32 = 0
            let ended = waitpid(-1, &status, WNOHANG)
            if ended < 0, errno == EINTR { continue }
            guard ended > 0 else { return end }
            if ended == processIdentifier { end = End(waitStatus: status) }
        }
    }
}
