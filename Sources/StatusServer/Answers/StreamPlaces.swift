import Synchronization

/// The places of event streams, which the origins of requests share.
final class StreamPlaces: Sendable {
    private let places: Mutex<SharedPlaces<AsyncStream<Void>.Continuation>>

    /// Places for this many.
    init(_ most: Int) { places = Mutex(SharedPlaces(most)) }

    /// A place; nil where none is free and nobody has more than this origin would have. Another stream may have to end for it.
    func take(_ origin: ConnectionOrigin) -> StreamPlace? {
        let (wakeUps, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        guard let entrance = places.withLock({ $0.enterFairly(bell, from: origin) }) else { return nil }
        entrance.leaving?.finish()
        return StreamPlace(wakeUps: wakeUps, bell: bell) { [self] in places.withLock { $0.leave(entrance.number) } }
    }
}

/// The place of one stream, free again when nobody holds it.
final class StreamPlace: Sendable {
    /// Whoever writes the stream is woken by it; its end is that of the stream.
    let wakeUps: AsyncStream<Void>
    /// Wakes.
    let bell: AsyncStream<Void>.Continuation
    private let leave: @Sendable () -> Void

    init(wakeUps: AsyncStream<Void>, bell: AsyncStream<Void>.Continuation, leave: @escaping @Sendable () -> Void) {
        self.wakeUps = wakeUps
        self.bell = bell
        self.leave = leave
    }

    deinit { leave() }
}
