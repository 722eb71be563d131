import CLinux
import Glibc

/// Signals as something that can be read instead of handlers that interrupt.
struct SignalWatch: ~Copyable {
    private let descriptor: FileDescriptor

    /// Blocks `signals` for this thread, and for threads that it starts later, and collects them here.
    init(_ signals: [Int32]) throws(SystemCallError) {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        let reason = pthread_sigmask(SIG_BLOCK, &set, nil)
        guard reason == 0 else { throw SystemCallError("pthread_sigmask", errorNumber: reason) }
        descriptor = FileDescriptor(
            owning: try systemCall("signalfd") {
                signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
            })
    }

    /// What is ready while a signal waits.
    var fileDescriptor: Int32 { descriptor.rawValue }

    /// The next signal that arrived; nil when none waits. The same signal sent twice may arrive once.
    borrowing func next() throws(SystemCallError) -> Int32? {
        var information = signalfd_siginfo()
        let number = descriptor.rawValue
        let outcome = retrying { read(number, &information, MemoryLayout<signalfd_siginfo>.size) }
        if outcome.errorNumber == EAGAIN { return nil }
        guard outcome.result > 0 else { throw SystemCallError("read signalfd", errorNumber: outcome.errorNumber) }
        return Int32(bitPattern: information.ssi_signo)
    }
}
