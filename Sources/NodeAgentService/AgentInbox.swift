import NodeAgent
import Synchronization

/// What has come and was not looked at yet.
final class AgentInbox: Sendable {
    private struct State {
        var set: RouterSet?
        var troubles: [SourceTrouble]?
        var news: [EngineNews] = []
        var isTicking = false
    }

    /// What has come.
    struct Contents: Sendable {
        /// The newest set of routers; nil where it is still the one from before.
        var set: RouterSet?
        /// What keeps the source from telling more; nil where it is still the same as before.
        var troubles: [SourceTrouble]?
        /// What was heard of vrrpd, in order.
        var news: [EngineNews]
        /// Whether it is time to look at everything again.
        var isTicking: Bool
    }

    private let state = Mutex(State())
    /// Rings when there is something.
    let rings: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    /// The most reports that wait; more than that only say that a state is to be asked for, which a tick does as well.
    private static let mostReports = 10_000

    init() { (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func put(_ news: SourceNews) {
        state.withLock { state in
            switch news {
            case .routers(let set): state.set = set
            case .troubles(let troubles): state.troubles = troubles
            }
        }
        bell.yield()
    }

    func put(_ news: EngineNews) {
        state.withLock { state in
            // Whether vrrpd is there is never passed over: nothing else says it again.
            if case .reported = news, state.news.count >= Self.mostReports {
                state.isTicking = true
            } else {
                state.news.append(news)
            }
        }
        bell.yield()
    }

    func tick() {
        state.withLock { $0.isTicking = true }
        bell.yield()
    }

    /// Rings again after some time.
    func tick(after delay: Duration) {
        Task {
            try await Task.sleep(for: delay)
            tick()
        }
    }

    func take() -> Contents {
        state.withLock { state in
            defer { state = State() }
            return Contents(
                set: state.set, troubles: state.troubles, news: state.news, isTicking: state.isTicking)
        }
    }
}
