import Synchronization

/// A page whose content is made when somebody looks at it, and only where it may be another one since.
///
/// For content that is dear to make and changes more often than people look.
public final class LazyPage: PageSource {
    private struct State {
        /// Counts the changes.
        var version = 0
        var readers: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextReader = 0
    }

    private let state = Mutex(State())
    private let maker: Maker

    /// A page that nobody looks at yet.
    ///
    /// - Parameters:
    ///   - pause: The shortest time between two contents, however many there are who look; longer where to make one takes
    ///     long, so that it takes a small share of a processor.
    ///   - make: Makes the content of the moment.
    public init(pause: Duration, make: @escaping @Sendable () async -> PageSnapshot) {
        maker = Maker(pause: pause, make)
    }

    /// Says that the content may be another one from now on.
    public func touch() {
        state.withLock { state in
            state.version += 1
            for reader in state.readers.values { reader.yield() }
        }
    }

    /// What there is to show at this moment; waits where the last content was made a moment ago and is another one since.
    public func snapshot() async -> PageSnapshot { await maker.snapshot { [self] in version } }

    /// The present content, and each later one that says something else.
    public func changes() -> AsyncStream<PageSnapshot> {
        let (stream, continuation) = AsyncStream.makeStream(of: PageSnapshot.self, bufferingPolicy: .bufferingNewest(1))
        let (bells, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.nextReader += 1
            state.readers[state.nextReader] = bell
            bell.yield()
            return state.nextReader
        }
        let task = Task { [self] in
            var last: PageSnapshot?
            for await _ in bells {
                let snapshot = await snapshot()
                if last.map({ !$0.saysTheSame(as: snapshot) }) ?? true { continuation.yield(snapshot) }
                last = snapshot
            }
        }
        continuation.onTermination = { [weak self] _ in
            task.cancel()
            _ = self?.state.withLock { $0.readers.removeValue(forKey: number) }
        }
        return stream
    }

    private var version: Int { state.withLock(\.version) }
}

/// Makes contents one at a time and with a pause between two, each for all who ask meanwhile.
private actor Maker {
    /// How many times longer than the making the pause after it is, up to some time.
    private static let restFactor = 19
    private static let longestRest = Duration.seconds(5)

    private let pause: Duration
    private let make: @Sendable () async -> PageSnapshot
    private var made: (version: Int, snapshot: PageSnapshot)?
    private var underWay: Task<Void, Never>?
    private var earliest = ContinuousClock.now

    init(pause: Duration, _ make: @escaping @Sendable () async -> PageSnapshot) {
        self.pause = pause
        self.make = make
    }

    /// The content of the present version or a later one.
    func snapshot(_ version: @escaping @Sendable () -> Int) async -> PageSnapshot {
        let wanted = version()
        while true {
            if let made, made.version >= wanted { return made.snapshot }
            if let underWay {
                // Begun before the change, perhaps; then it is made again.
                await underWay.value
                continue
            }
            let task = Task {
                try? await Task.sleep(until: earliest, clock: .continuous)
                let start = ContinuousClock.now
                let begun = version()
                made = (begun, await make())
                let end = ContinuousClock.now
                earliest = end + max(pause, min((end - start) * Self.restFactor, Self.longestRest))
                underWay = nil
            }
            underWay = task
            await task.value
        }
    }
}
