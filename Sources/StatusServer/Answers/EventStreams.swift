import Hummingbird
import NIOCore
import Synchronization

/// Tells pages about every change, as server-sent events.
struct EventStreams: Sendable {
    private let source: any PageSource
    private let texts: Remembered<PageSnapshot, PageText>
    private let limits: StatusLimits
    private let places: Places

    init(_ source: any PageSource, _ texts: Remembered<PageSnapshot, PageText>, _ limits: StatusLimits) {
        self.source = source
        self.texts = texts
        self.limits = limits
        places = Places(limits.eventStreams)
    }

    /// What a stream begins with.
    var head: Answer { Answer("", type: "text/event-stream") }

    /// A stream, or a refusal where there are too many.
    func response() -> Response {
        guard let place = places.take() else {
            var answer = Answer.text("too many pages are open; try again later\n", status: .serviceUnavailable)
            answer.headers[.retryAfter] = "10"
            return answer.response
        }
        return Response(
            status: .ok, headers: head.headers,
            body: ResponseBody { [source, texts, limits] writer in
                // Held as long as the stream is.
                defer { withExtendedLifetime(place) {} }
                let signOfLife = Self.signOfLife(every: limits.signOfLifeTime)
                try await writer.write(ByteBuffer(string: "retry: 1000\n\n"))
                try await writer.write(signOfLife)
                let newest = Newest()
                for await _ in Self.wakeUps(source, newest, limits) {
                    if let snapshot = newest.take() {
                        let event = await texts.output(of: snapshot).event()
                        try await writer.write(event.beginning)
                        try await writer.write(inPieces: event.rest)
                    } else {
                        try await writer.write(signOfLife)
                    }
                    // A burst of changes is one event.
                    try await Task.sleep(for: limits.eventPause)
                }
                try await writer.finish(nil)
            })
    }

    /// Says in how many milliseconds the next one comes at the latest: a page that hears nothing for much longer knows that
    /// the server is gone, though nobody has closed the connection.
    private static func signOfLife(every interval: Duration) -> ByteBuffer {
        let milliseconds = interval.components.seconds * 1000 + interval.components.attoseconds / 1_000_000_000_000_000
        return ByteBuffer(string: "event: here\ndata: \(milliseconds)\n\n")
    }

    /// Wakes whoever writes the stream, at each change and now and then in between, for as long as a stream may last.
    private static func wakeUps(
        _ source: any PageSource, _ newest: Newest, _ limits: StatusLimits
    ) -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let task = Task {
                await withTaskGroup { group in
                    group.addTask {
                        for await snapshot in source.changes() {
                            newest.put(snapshot)
                            continuation.yield()
                        }
                    }
                    group.addTask {
                        let clock = ContinuousClock()
                        let end = clock.now + limits.eventStreamTime
                        while clock.now < end, !Task.isCancelled {
                            try? await clock.sleep(for: min(limits.signOfLifeTime, end - clock.now))
                            continuation.yield()
                        }
                    }
                    await group.next()
                    group.cancelAll()
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}

/// The newest content that was not written yet.
private final class Newest: Sendable {
    private let snapshot = Mutex<PageSnapshot?>(nil)

    func put(_ new: PageSnapshot) { snapshot.withLock { $0 = new } }

    func take() -> PageSnapshot? { snapshot.withLock { $0.take() } }
}

/// How many streams there may be.
private final class Places: Sendable {
    private let most: Int
    private let taken = Atomic(0)

    init(_ most: Int) { self.most = most }

    /// A place; nil where none is free.
    func take() -> Place? {
        guard taken.add(1, ordering: .relaxed).newValue <= most else {
            giveBack()
            return nil
        }
        return Place(self)
    }

    fileprivate func giveBack() { taken.subtract(1, ordering: .relaxed) }
}

/// The place of one stream, free again when nobody holds it.
private final class Place: Sendable {
    private let places: Places

    init(_ places: Places) { self.places = places }

    deinit { places.giveBack() }
}
