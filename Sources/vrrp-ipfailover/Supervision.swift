import CLinux
import Glibc

/// Watches over the daemon until it has ended, and ends it when it is asked to.
///
/// Kubernetes leaves 30 seconds between SIGTERM and SIGKILL. A daemon that hands its addresses over needs up to 6.3 of
/// them with an advert each second; whatever it does, all is over after 18.
struct Supervision {
    /// How the daemon has come to its end.
    enum Outcome {
        /// It was told to.
        case stopped
        /// It was not.
        case endedByItself(ChildProcess.End)
    }

    /// How long the daemon may take after a signal, in milliseconds, and what it is sent then.
    private enum Step: Int {
        case handsOver = 15_000
        /// A second SIGTERM lets it leave at once.
        case leaves = 2_000
        case isKilled = 1_000
    }

    let child: ChildProcess
    let signals: SignalQueue

    /// Waits for the end.
    func run() -> Outcome {
        var step: Step?
        var deadline: Int?
        while true {
            let signal = signals.next(within: deadline.map { max(0, $0 - Self.now) })
            // Whatever has woken this up: signals of the same kind may come as one.
            if let end = child.collectEnded() { return step == nil ? .endedByItself(end) : .stopped }
            if let signal, SignalQueue.ending.contains(signal) {
                say("Signal \(signal): \(step == nil ? "ending keepalived" : "ending keepalived at once")\n")
            } else if deadline.map({ $0 > Self.now }) ?? true {
                continue
            }
            switch step {
            case nil: step = .handsOver
            case .handsOver: step = .leaves
            case .leaves: step = .isKilled
            case .isKilled: return .stopped
            }
            child.send(step == .isKilled ? SIGKILL : SIGTERM)
            deadline = Self.now + (step?.rawValue ?? 0)
        }
    }

    /// The monotonic clock in milliseconds.
    private static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
