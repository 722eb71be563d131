import CLinux
import Glibc

/// A right of the process beyond those of any user (capabilities(7)).
public enum Capability: Hashable, Sendable, CaseIterable {
    /// CAP_NET_ADMIN: change addresses, interfaces and packet filters.
    case networkAdministration
    /// CAP_NET_RAW: open raw and packet sockets.
    case rawSockets
    /// CAP_SYS_NICE: run with real-time priority.
    case scheduling
    /// CAP_SETUID: run as another user.
    case userIdentity
    /// CAP_SETGID: run with another group.
    case groupIdentity
    /// CAP_KILL: signal processes of other users.
    case signals
    /// CAP_DAC_READ_SEARCH: read every file.
    case reading

    /// The name that the manual gives it.
    public var name: String {
        switch self {
        case .networkAdministration: "CAP_NET_ADMIN"
        case .rawSockets: "CAP_NET_RAW"
        case .scheduling: "CAP_SYS_NICE"
        case .userIdentity: "CAP_SETUID"
        case .groupIdentity: "CAP_SETGID"
        case .signals: "CAP_KILL"
        case .reading: "CAP_DAC_READ_SEARCH"
        }
    }

    var number: cap_value_t {
        switch self {
        case .networkAdministration: CAP_NET_ADMIN
        case .rawSockets: CAP_NET_RAW
        case .scheduling: CAP_SYS_NICE
        case .userIdentity: CAP_SETUID
        case .groupIdentity: CAP_SETGID
        case .signals: CAP_KILL
        case .reading: CAP_DAC_READ_SEARCH
        }
    }

    var purpose: String {
        switch self {
        case .networkAdministration: "to change addresses and interfaces"
        case .rawSockets: "to send and receive adverts"
        case .scheduling: "for real-time priority"
        case .userIdentity: "to run scripts as another user"
        case .groupIdentity: "to run scripts with another group"
        case .signals: "to end scripts of other users"
        case .reading: "to read files of other users"
        }
    }
}

/// The capabilities of the process.
public enum Capabilities {
    /// Tells whether the process may use all of `wanted`; the error names the first that it lacks.
    public static func require(_ wanted: [Capability]) throws(PrivilegeError) {
        guard let current = cap_get_proc() else { throw .refused(SystemCallError("cap_get_proc", errorNumber: errno)) }
        defer { cap_free(UnsafeMutableRawPointer(current)) }
        for capability in wanted {
            var value = CAP_CLEAR
            cap_get_flag(current, capability.number, CAP_PERMITTED, &value)
            guard value == CAP_SET else {
                throw .missing(capability: capability.name, purpose: capability.purpose)
            }
        }
    }

    /// The first of some files that the process can read by a right beyond those of its user alone; nil where there is none.
    ///
    /// Tries it, without that right in the calling thread meanwhile: call before any other starts.
    public static func firstFile(readableByRightAlone paths: [String]) -> String? {
        guard let current = cap_get_proc(), let reduced = cap_dup(current) else { return nil }
        defer {
            cap_free(UnsafeMutableRawPointer(current))
            cap_free(UnsafeMutableRawPointer(reduced))
        }
        let overruling = [CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH]
        guard cap_set_flag(reduced, CAP_EFFECTIVE, Int32(overruling.count), overruling, CAP_CLEAR) == 0,
            cap_set_proc(reduced) == 0
        else { return nil }
        let hidden = paths.filter { !isReadable($0) }
        guard cap_set_proc(current) == 0 else { return nil }
        return hidden.first(where: isReadable)
    }

    private static func isReadable(_ path: String) -> Bool {
        // access(2) asks about other rights than those that open(2) goes by.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        close(descriptor)
        return true
    }

    /// Gives up every capability but `kept`, for good: neither this process nor a program that it starts can get another.
    ///
    /// Linux keeps capabilities by thread and this changes those of the calling one: call before any other starts.
    public static func drop(keeping kept: [Capability]) throws(PrivilegeError) {
        try require(kept)
        // Dropping from the bounding set is itself a right; where it is missing, the ban on new privileges does the same.
        for capability in 0..<cap_max_bits() where !kept.contains(where: { $0.number == capability }) {
            _ = cap_drop_bound(capability)
        }
        if cap_reset_ambient() != 0, errno != EINVAL, errno != ENOSYS {
            throw .refused(SystemCallError("cap_reset_ambient", errorNumber: errno))
        }
        guard let state = cap_init() else { throw .refused(SystemCallError("cap_init", errorNumber: errno)) }
        defer { cap_free(UnsafeMutableRawPointer(state)) }
        let numbers = kept.map(\.number)
        for set in [CAP_PERMITTED, CAP_EFFECTIVE] {
            guard numbers.isEmpty || cap_set_flag(state, set, Int32(numbers.count), numbers, CAP_SET) == 0 else {
                throw .refused(SystemCallError("cap_set_flag", errorNumber: errno))
            }
        }
        guard cap_set_proc(state) == 0 else { throw .refused(SystemCallError("cap_set_proc", errorNumber: errno)) }
        guard clinux_forbid_new_privileges() == 0 else {
            throw .refused(SystemCallError("PR_SET_NO_NEW_PRIVS", errorNumber: errno))
        }
    }
}
