import Dispatch
import Glibc
import Synchronization

/// The signals that ask the program to end early: it then cleans up instead of ending at once.
final class Interruption {
    private let first = FirstSignal()
    private var sources: [any DispatchSourceSignal] = []

    init() {
        // A reader that goes away is noticed by the write that fails.
        Glibc.signal(SIGPIPE, SIG_IGN)
    }

    /// The first signal that has arrived; nil while none has.
    var signal: Int32? {
        let number = first.number.load(ordering: .acquiring)
        return number == 0 ? nil : number
    }

    /// Calls `body` whenever a signal arrives, on a thread that may be any, as long as this object lives.
    func whenReceived(_ body: @escaping @Sendable () -> Void) {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [first] in
                _ = first.number.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing)
                body()
            }
            source.resume()
            sources.append(source)
        }
    }

    private final class FirstSignal: Sendable {
        let number = Atomic<Int32>(0)
    }
}
