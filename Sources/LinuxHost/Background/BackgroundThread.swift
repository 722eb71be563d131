import CLinux
import Glibc

/// A thread for one piece of work that the engine's thread has no time for.
enum BackgroundThread {
    /// Enough for parsers whose depth is bounded; small, because a process that locks its memory pays for all of it.
    static let usualStackOctets = 1 << 20

    private final class Work {
        let perform: @Sendable () -> Void

        init(_ perform: @escaping @Sendable () -> Void) { self.perform = perform }
    }

    /// Starts a thread that does `work` and ends; it competes with the other processes of the node and not with the
    /// engine, whatever real-time priority that has.
    ///
    /// - Parameter stackOctets: what its stack may take, at least PTHREAD_STACK_MIN.
    static func start(
        stackOctets: Int = usualStackOctets, _ work: @escaping @Sendable () -> Void
    ) throws(SystemCallError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackOctets)
        pthread_attr_setinheritsched(&attributes, Int32(PTHREAD_EXPLICIT_SCHED))
        pthread_attr_setschedpolicy(&attributes, SCHED_OTHER)
        // Else the real-time priority of the thread that starts it would go with the policy, which allows none.
        var parameters = sched_param()
        parameters.sched_priority = 0
        pthread_attr_setschedparam(&attributes, &parameters)
        let reference = Unmanaged.passRetained(Work(work))
        var thread = pthread_t()
        let reason = pthread_create(&thread, &attributes, entry, reference.toOpaque())
        guard reason != 0 else { return }
        reference.release()
        throw SystemCallError("pthread_create", errorNumber: reason)
    }

    private static let entry: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { reference in
        guard let reference else { return nil }
        Unmanaged<Work>.fromOpaque(reference).takeRetainedValue().perform()
        return nil
    }
}
