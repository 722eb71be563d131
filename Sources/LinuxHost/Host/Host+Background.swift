import Synchronization

extension Host {
    /// Does `work` on a thread of its own, and then `handle` on the engine's thread with what came out of it.
    ///
    /// For what takes longer than an advert may wait, such as reading a configuration. What is still under way when the
    /// host stops is given up. Where no thread can be started the work is done at once.
    ///
    /// - Parameter isLarge: Whether the work runs through so much of the program that its pages are worth giving back.
    public func performInBackground<Value: Sendable>(
        isLarge: Bool = false, _ work: @escaping @Sendable () -> Value, then handle: @escaping (Value) -> Void
    ) {
        let outcome = Outcome<Value>()
        do throws(SystemCallError) {
            let releasesPages = isLarge && releasesProgramPages
            try BackgroundThread.start { [bell] in
                outcome.put(work())
                bell.ring()
                if releasesPages { ProgramPages.release() }
            }
        } catch {
            handle(work())
            return
        }
        errands.append {
            guard let value = outcome.take() else { return false }
            handle(value)
            return true
        }
    }

    /// Handles the work that has ended in the background.
    func collectErrands() {
        guard events.contains(where: { $0.source == .background }) else { return }
        bell.silence()
        takeObservations()
        takeClaims()
        // An errand may lead to the next one while it is handled.
        let pending = errands
        errands.removeAll()
        errands = pending.filter { !$0() } + errands
    }
}

/// Carries a value from one thread to another.
private final class Outcome<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)

    func put(_ new: Value) { value.withLock { $0 = new } }

    func take() -> Value? {
        value.withLock { value in
            defer { value = nil }
            return value
        }
    }
}
