import CLinux
import Glibc

/// How the kernel gives the processor to the engine's thread.
public enum Scheduling: Hashable, Sendable {
    /// Like any other program, with a niceness from -20, the most important, to 19.
    case ordinary(niceness: Int32)
    /// Before every ordinary program, until it waits (SCHED_FIFO); priority 1 to 99.
    case firstInFirstOut(priority: Int32)
    /// Before every ordinary program, in turns with those of the same priority (SCHED_RR); priority 1 to 99.
    case roundRobin(priority: Int32)

    /// Whether ``apply()`` needs CAP_SYS_NICE.
    public var needsCapability: Bool {
        switch self {
        case .ordinary(let niceness): niceness < 0
        case .firstInFirstOut, .roundRobin: true
        }
    }

    /// Makes the choice for the calling thread and threads that it starts; programs that it starts run like any other.
    public func apply() throws(PrivilegeError) {
        do {
            switch self {
            case .ordinary(let niceness):
                try systemCall("setpriority") { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness) }
            case .firstInFirstOut(let priority): try Self.setRealTime(SCHED_FIFO, priority)
            case .roundRobin(let priority): try Self.setRealTime(SCHED_RR, priority)
            }
        } catch  where error.errorNumber == EPERM || error.errorNumber == EACCES {
            throw .missing(capability: Capability.scheduling.name, purpose: Capability.scheduling.purpose)
        } catch {
            throw .refused(error)
        }
    }

    private static func setRealTime(_ policy: Int32, _ priority: Int32) throws(SystemCallError) {
        var parameters = sched_param()
        parameters.sched_priority = priority
        try systemCall("sched_setscheduler") {
            sched_setscheduler(0, policy | CLINUX_SCHED_RESET_ON_FORK, &parameters)
        }
    }
}
