import CLinux
import Glibc

/// What becomes of signals before a host watches them.
public enum PendingSignals {
    /// Keeps signals for later from now on, for this thread and those that it starts: none of them can end a program that
    /// has just been started, and none is forgotten. A broken pipe is an error of the call that meets it, and no signal.
    public static func keep(_ signals: [Int32]) {
        signal(SIGPIPE, SIG_IGN)
        change(SIG_BLOCK, signals)
    }

    /// Lets signals do again what they do by themselves; what was kept is done at once.
    public static func release(_ signals: [Int32]) { change(SIG_UNBLOCK, signals) }

    private static func change(_ how: Int32, _ signals: [Int32]) {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        pthread_sigmask(how, &set, nil)
    }

    /// Lets a signal have no effect at all.
    public static func ignore(_ number: Int32) { signal(number, SIG_IGN) }
}
