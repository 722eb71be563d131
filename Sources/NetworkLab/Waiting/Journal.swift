import Dispatch
import Synchronization

/// What one part of the lab has heard so far, in order: a bounded log that can be searched and waited on.
///
/// Waiting suspends the task and occupies no thread. When the journal is full the oldest entries are given up.
public final class Journal<Entry: Sendable>: Sendable {
    /// A place between two entries; it stays valid when older entries are given up.
    public struct Position: Hashable, Comparable, Sendable {
        let index: Int
        /// Before the first entry.
        public static var start: Position { Position(index: 0) }
        /// Whether `left` stands before `right`.
        public static func < (left: Self, right: Self) -> Bool { left.index < right.index }
    }

    /// An entry that was looked for, and the place right behind it.
    public struct Match: Sendable {
        /// The entry.
        public let entry: Entry
        /// Where to go on searching.
        public let next: Position
    }

    private struct Waiter {
        let predicate: @Sendable (Entry) -> Bool
        let continuation: CheckedContinuation<Match?, Never>
    }

    private enum Outcome { case found(Match), never, later }

    private struct State {
        var entries: [Entry] = []
        var givenUp = 0
        var isFinished = false
        var waiters: [Int: Waiter] = [:]
        var lastTicket = 0

        var end: Int { givenUp + entries.count }
    }

    private let capacity: Int
    private let state = Mutex(State())

    /// A journal that keeps at least the last `capacity` entries, and never more than twice as many.
    public init(capacity: Int) { self.capacity = max(1, capacity) }

    /// The place behind the last entry: what is added later stands after it.
    public var end: Position { state.withLock { Position(index: $0.end) } }

    /// The number of old entries that were given up for want of room.
    public var givenUp: Int { state.withLock { $0.givenUp } }

    /// The entries that stand after `position`, as far as they are still kept.
    public func entries(after position: Position = .start) -> [Entry] {
        state.withLock { Array($0.entries.dropFirst(max(0, position.index - $0.givenUp))) }
    }

    /// The entries that stand after `position`, which then stands behind the last of them: the next call goes on there.
    public func read(from position: inout Position) -> [Entry] {
        state.withLock { state in
            defer { position = Position(index: state.end) }
            return Array(state.entries.dropFirst(max(0, position.index - state.givenUp)))
        }
    }

    /// Waits for the first entry after `position` that fits; nil when the time is up, when nothing can come any more
    /// or when the task is cancelled.
    public func first(
        after position: Position = .start, within timeout: Duration,
        where predicate: @escaping @Sendable (Entry) -> Bool
    ) async -> Match? {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waiter = Waiter(predicate: predicate, continuation: continuation)
                wait(ticket, waiter, after: position, within: timeout)
            }
        } onCancel: {
            expire(ticket)
        }
    }

    func append(_ entry: Entry) {
        let (heard, match) = state.withLock { state in
            guard !state.isFinished else { return ([Waiter](), Match(entry: entry, next: .start)) }
            if state.entries.count >= 2 * capacity {
                state.entries.removeFirst(capacity)
                state.givenUp += capacity
            }
            state.entries.append(entry)
            let tickets = state.waiters.filter { $0.value.predicate(entry) }.map(\.key)
            let waiters = tickets.compactMap { state.waiters.removeValue(forKey: $0) }
            return (waiters, Match(entry: entry, next: Position(index: state.end)))
        }
        for waiter in heard { waiter.continuation.resume(returning: match) }
    }

    /// Says that nothing will be added any more; whoever waits is told at once.
    func finish() {
        let waiters = state.withLock { state in
            state.isFinished = true
            defer { state.waiters = [:] }
            return state.waiters.values.map(\.continuation)
        }
        for continuation in waiters { continuation.resume(returning: nil) }
    }

    private func wait(_ ticket: Int, _ waiter: Waiter, after position: Position, within timeout: Duration) {
        let outcome: Outcome = state.withLock { state in
            let kept = max(0, position.index - state.givenUp)
            for index in kept..<max(kept, state.entries.count) where waiter.predicate(state.entries[index]) {
                let next = Position(index: state.givenUp + index + 1)
                return .found(Match(entry: state.entries[index], next: next))
            }
            if state.isFinished || Task.isCancelled { return .never }
            state.waiters[ticket] = waiter
            return .later
        }
        switch outcome {
        case .found(let match): waiter.continuation.resume(returning: match)
        case .never: waiter.continuation.resume(returning: nil)
        case .later:
            let delay = DispatchTimeInterval.nanoseconds(Int(timeout.wholeNanoseconds))
            journalClock.asyncAfter(deadline: .now() + delay) { [weak self] in self?.expire(ticket) }
        }
    }

    private func expire(_ ticket: Int) {
        let continuation = state.withLock { $0.waiters.removeValue(forKey: ticket)?.continuation }
        continuation?.resume(returning: nil)
    }
}

/// Ends the waits of all journals; a queue of its own, so that a busy task pool cannot delay it.
private let journalClock = DispatchQueue(label: "network-lab.journal-clock")
