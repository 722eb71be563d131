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
    public func publish(_ snapshot: PageSnapshot) {
        let readers = state.withLock { state -> [AsyncStream<PageSnapshot>.Continuation] in
            let isNews = !snapshot.saysTheSame(as: state.snapshot)
            state.snapshot = snapshot
            return isNews ? Array(state.readers.values) : []
        }
        for reader in readers { reader.yield(snapshot) }
    }

    /// What was published last.
    public func snapshot() async -> PageSnapshot { state.withLock(\.snapshot) }

    /// What was published last, and what is published from now on; only the newest is kept for a slow reader.
    public func changes() -> AsyncStream<PageSnapshot> {
        let (stream, continuation) = AsyncStream.makeStream(of: PageSnapshot.self, bufferingPolicy: .bufferingNewest(1))
        let (number, snapshot) = state.withLock { state in
            state.nextReader += 1
            state.readers[state.nextReader] = continuation
            return (state.nextReader, state.snapshot)
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.readers.removeValue(forKey: number) }
        }
        continuation.yield(snapshot)
        return stream
    }
}
