/// Keys that have to be worked on: each once however often it is added, none by two workers at once, and after failures
/// later and later.
///
/// A value without a clock: time is an input.
public struct WorkQueue<Key: Hashable & Sendable>: Sendable {
    /// A moment of the clock that goes on while the machine sleeps.
    public typealias Instant = ContinuousClock.Instant

    private var ready = FIFO()
    /// Keys that are to be worked on, whether they wait in ``ready`` or for the worker that has them.
    private var dirty: Set<Key> = []
    private var inWork: Set<Key> = []
    private var delayed = Heap()
    /// When a key that waits is due: the earliest moment of its entries in ``delayed`` counts.
    private var due: [Key: Instant] = [:]
    private var backoffs: [Key: Backoff] = [:]
    private var bucket: TokenBucket
    private let backoff: Backoff

    /// An empty queue.
    ///
    /// - Parameters:
    ///   - backoff: How long a key waits after its failures.
    ///   - bucket: How many failed keys may come back at a time, over all keys.
    public init(
        backoff: Backoff = Backoff(initial: .milliseconds(5), maximum: .seconds(300)),
        bucket: TokenBucket = TokenBucket(capacity: 100, refillInterval: .milliseconds(100))
    ) {
        self.backoff = backoff
        self.bucket = bucket
    }

    /// The number of keys that could be worked on now.
    public var count: Int { ready.count }

    /// Whether nothing waits, neither for a worker nor for its time, and nothing is in work.
    public var isIdle: Bool { dirty.isEmpty && inWork.isEmpty && due.isEmpty }

    /// Adds a key. One that is in work comes again after it.
    public mutating func add(_ key: Key) {
        guard dirty.insert(key).inserted, !inWork.contains(key) else { return }
        ready.append(key)
    }

    /// Adds a key when its time has come; of several times the earliest counts.
    public mutating func add(_ key: Key, at moment: Instant) {
        if let known = due[key], known <= moment { return }
        due[key] = moment
        delayed.insert(Heap.Entry(moment: moment, key: key))
    }

    /// What can be done.
    public enum Next: Hashable, Sendable {
        /// Work on this key, then say that it is done.
        case work(Key)
        /// Wait until then, or until a key is added.
        case wait(until: Instant)
        /// Wait until a key is added.
        case idle
    }

    /// What can be done now.
    public mutating func next(at now: Instant) -> Next {
        while let first = delayed.first, first.moment <= now {
            delayed.removeFirst()
            // An entry that an earlier one has overtaken says nothing.
            if due[first.key] == first.moment {
                due[first.key] = nil
                add(first.key)
            }
        }
        if let key = ready.popFirst() {
            dirty.remove(key)
            inWork.insert(key)
            return .work(key)
        }
        return delayed.first.map { .wait(until: $0.moment) } ?? .idle
    }

    /// What came of the work on a key.
    public enum Outcome: Hashable, Sendable {
        /// It worked.
        case success
        /// It worked, and the key is to come again after this time.
        case again(after: Duration)
        /// It did not work.
        case failure
    }

    /// Takes a key back from its worker.
    public mutating func done(
        _ key: Key, _ outcome: Outcome, at now: Instant, using generator: inout some RandomNumberGenerator
    ) {
        guard inWork.remove(key) != nil else { return }
        if dirty.contains(key) { ready.append(key) }
        switch outcome {
        case .success: backoffs[key] = nil
        case .again(let delay):
            backoffs[key] = nil
            add(key, at: now + delay)
        case .failure:
            var backoff = backoffs[key] ?? backoff
            let delay = backoff.next(using: &generator)
            backoffs[key] = backoff
            add(key, at: now + max(delay, bucket.reserve(at: now)))
        }
    }

    /// How often a key has failed in a row.
    public func failures(of key: Key) -> Int { backoffs[key]?.failures ?? 0 }
}

extension WorkQueue {
    /// Keys in the order of their coming.
    private struct FIFO: Sendable {
        private var keys: [Key] = []
        private var head = 0

        var count: Int { keys.count - head }

        mutating func append(_ key: Key) { keys.append(key) }

        mutating func popFirst() -> Key? {
            guard head < keys.count else { return nil }
            defer {
                head += 1
                if head > 64, head * 2 > keys.count {
                    keys.removeFirst(head)
                    head = 0
                }
            }
            return keys[head]
        }
    }

    /// Keys by their time, the earliest first.
    private struct Heap: Sendable {
        struct Entry: Sendable {
            var moment: Instant
            var key: Key
        }

        private var entries: [Entry] = []

        var first: Entry? { entries.first }

        mutating func insert(_ entry: Entry) {
            entries.append(entry)
            var child = entries.count - 1
            while child > 0, entries[child].moment < entries[(child - 1) / 2].moment {
                entries.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        }

        mutating func removeFirst() {
            entries.swapAt(0, entries.count - 1)
            entries.removeLast()
            var parent = 0
            while true {
                let children = (2 * parent + 1)..<min(2 * parent + 3, max(entries.count, 2 * parent + 1))
                guard let least = children.min(by: { entries[$0].moment < entries[$1].moment }),
                    entries[least].moment < entries[parent].moment
                else { return }
                entries.swapAt(least, parent)
                parent = least
            }
        }
    }
}
