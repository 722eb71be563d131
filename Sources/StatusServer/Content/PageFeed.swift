import Synchronization

/// A page whose content somebody publishes whenever it changes.
public final class PageFeed: PageSource {
    private struct State {
        var snapshot: PageSnapshot
        var readers: [Int: AsyncStream<PageSnapshot>.Continuation] = [:]
        var nextReader = 0
    }

    private let state: Mutex<State>

    /// A feed that begins with this content.
    public init(_ snapshot: PageSnapshot) { state = Mutex(State(snapshot: snapshot)) }

    /// Shows this content from now on; what says the same as before, its time aside, is not sent again.
    ///
    /// A moment that was computed anew and came out less than a second off counts as the same.
    public func publish(_ content: PageSnapshot) {
        state.withLock { state in
            let snapshot = content.steadied(by: state.snapshot)
            let isNews = !snapshot.saysTheSame(as: state.snapshot)
            state.snapshot = snapshot
            guard isNews else { return }
            // Within the lock: of what two publish at the same time, readers must get last what is kept. It only queues.
            for reader in state.readers.values { reader.yield(snapshot) }
        }
    }

    /// Whether anybody follows the content now.
    public var isRead: Bool { state.withLock { !$0.readers.isEmpty } }

    /// What was published last.
    public func snapshot() async -> PageSnapshot { state.withLock(\.snapshot) }

    /// What was published last, and what is published from now on; only the newest is kept for a slow reader.
    public func changes() -> AsyncStream<PageSnapshot> {
        let (stream, continuation) = AsyncStream.makeStream(of: PageSnapshot.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.nextReader += 1
            state.readers[state.nextReader] = continuation
            // Within the lock as well: a later content must not come first, for only the newest is kept.
            continuation.yield(state.snapshot)
            return state.nextReader
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.readers.removeValue(forKey: number) }
        }
        return stream
    }
}
