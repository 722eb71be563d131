import Glibc

/// The signals that matter to a supervisor, taken one by one instead of by handlers.
struct SignalQueue {
    /// What asks for the end.
    static let ending: Set<Int32> = [SIGHUP, SIGINT, SIGTERM]

    private var signals = sigset_t()

    /// Blocks the signals from now on.
    init() {
        // Whoever starts a container may have told it to ignore the end of its children.
        signal(SIGCHLD, SIG_DFL)
        // A reader of the log that goes away must not end it.
        signal(SIGPIPE, SIG_IGN)
        sigemptyset(&signals)
        for number in Self.ending.union([SIGCHLD]) { sigaddset(&signals, number) }
        sigprocmask(SIG_BLOCK, &signals, nil)
    }

    /// Lets the signals do again what they do by themselves; those that came meanwhile do it at once.
    func release() {
        var signals = signals
        sigprocmask(SIG_UNBLOCK, &signals, nil)
    }

    /// Waits for the next signal; nil when the time is up.
    func next(within milliseconds: Int?) -> Int32? {
        var signals = signals
        guard let milliseconds else {
            let number = sigwaitinfo(&signals, nil)
            return number > 0 ? number : nil
        }
        var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        let number = sigtimedwait(&signals, nil, &time)
        return number > 0 ? number : nil
    }
}
