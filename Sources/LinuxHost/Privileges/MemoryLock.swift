import CLinux
import Glibc

/// Keeps the process in memory, so that it never waits for a page to be read from disk.
public enum MemoryLock {
    /// Locks what the process has mapped and what it will map; call before capabilities are dropped.
    ///
    /// - Throws: ``PrivilegeError/missing(capability:purpose:)`` where the limit on locked memory can be neither raised
    ///   nor ignored: a later allocation would fail then.
    public static func engage() throws(PrivilegeError) {
        let forever = rlimit(rlim_cur: rlim_t.max, rlim_max: rlim_t.max)  // RLIM_INFINITY
        var limit = forever
        guard setrlimit(__rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue), &limit) == 0 else {
            if errno == EPERM { throw .missing(capability: "CAP_SYS_RESOURCE", purpose: "to lock memory") }
            throw .refused(SystemCallError("RLIMIT_MEMLOCK", errorNumber: errno))
        }
        do {
            try systemCall("mlockall") { mlockall(MCL_CURRENT | MCL_FUTURE) }
        } catch {
            throw .refused(error)
        }
    }
}
