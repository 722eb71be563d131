public import KubernetesAPI
internal import Synchronization

/// Works on keys as they come, several at a time, each by one worker at a time.
public final class WorkLoop<Key: Hashable & Sendable>: Sendable {
    private let queue: Mutex<WorkQueue<Key>>
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    /// A loop over a queue, which is empty as a rule.
    public init(_ queue: WorkQueue<Key> = WorkQueue()) {
        self.queue = Mutex(queue)
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Adds a key; from any thread, at any time.
    public func add(_ key: Key) {
        queue.withLock { $0.add(key) }
        signal.yield()
    }

    /// Adds a key that is due after some time.
    public func add(_ key: Key, after delay: Duration) {
        let moment = ContinuousClock.now + delay
        queue.withLock { $0.add(key, at: moment) }
        signal.yield()
    }

    /// The number of keys that wait for a worker.
    public var count: Int { queue.withLock { $0.count } }

    /// How often a key has failed in a row.
    public func failures(of key: Key) -> Int { queue.withLock { $0.failures(of: key) } }

    /// Whether nothing waits, neither for a worker nor for its time, and nothing is in work.
    public var isIdle: Bool { queue.withLock { $0.isIdle } }

    /// Works until the task is cancelled; can run once.
    ///
    /// - Parameters:
    ///   - workers: How many keys are worked on at a time.
    ///   - work: What is done with a key.
    public func run(
        workers: Int = 1, _ work: @escaping @Sendable (Key) async -> WorkQueue<Key>.Outcome
    ) async {
        let progress = Progress()
        signal.yield()
        await withDiscardingTaskGroup { group in
            for await _ in signals {
                while progress.busy < workers {
                    switch queue.withLock({ $0.next(at: .now) }) {
                    case .work(let key):
                        progress.begin()
                        group.addTask { [self] in
                            let outcome = await work(key)
                            var generator = SystemRandomNumberGenerator()
                            queue.withLock { $0.done(key, outcome, at: .now, using: &generator) }
                            progress.end()
                            signal.yield()
                        }
                        continue
                    case .wait(let moment):
                        guard progress.setAlarm(moment) else { break }
                        group.addTask { [signal] in
                            try? await Task.sleep(until: moment, clock: .continuous)
                            progress.alarmRang(moment)
                            signal.yield()
                        }
                    case .idle: break
                    }
                    break
                }
            }
            group.cancelAll()
        }
    }
}

/// How far a loop is.
private final class Progress: Sendable {
    private struct State: Sendable {
        var busy = 0
        /// When the earliest of the alarms that are set will ring.
        var alarm: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    var busy: Int { state.withLock { $0.busy } }

    func begin() { state.withLock { $0.busy += 1 } }

    func end() { state.withLock { $0.busy -= 1 } }

    /// Says whether an alarm for this moment is needed.
    func setAlarm(_ moment: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            if let alarm = state.alarm, alarm <= moment { return false }
            state.alarm = moment
            return true
        }
    }

    func alarmRang(_ moment: ContinuousClock.Instant) {
        state.withLock { if $0.alarm == moment { $0.alarm = nil } }
    }
}
