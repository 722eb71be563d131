import Hummingbird
import NIOCore
import Synchronization

/// Tells pages about every change, as server-sent events.
struct EventStreams: Sendable {
    private let source: any PageSource
    private let texts: Remembered<PageSnapshot, PageText>
    private let limits: StatusLimits
    private let places: StreamPlaces

    init(_ source: any PageSource, _ texts: Remembered<PageSnapshot, PageText>, _ limits: StatusLimits) {
        self.source = source
        self.texts = texts
        self.limits = limits
        places = StreamPlaces(limits.eventStreams)
    }

    /// What a stream begins with.
    var head: Answer { Answer("", type: "text/event-stream") }

    /// A stream, or a refusal where there are too many and others have no more than this origin.
    func response(to origin: ConnectionOrigin) -> Response {
        guard let place = places.take(origin) else {
            var answer = Answer.text("too many pages are open; try again later\n", status: .serviceUnavailable)
            answer.headers[.retryAfter] = "10"
            return answer.response
        }
        return Response(
            status: .ok, headers: head.headers,
            body: ResponseBody { [self] writer in
                try await write(to: &writer, at: place)
                try await writer.finish(nil)
            })
    }

    /// Writes events for as long as a stream may last and keeps its place.
    private func write(to writer: inout any ResponseBodyWriter, at place: StreamPlace) async throws {
        let signOfLife = Self.signOfLife(every: limits.signOfLifeTime)
        try await writer.write(ByteBuffer(string: "retry: 1000\n\n"))
        try await writer.write(signOfLife)
        let newest = Newest()
        try await withThrowingTaskGroup { group in
            // Held as long as the stream is.
            defer { withExtendedLifetime(place) { group.cancelAll() } }
            group.addTask { [source, bell = place.bell] in
                for await snapshot in source.changes() {
                    newest.put(snapshot)
                    bell.yield()
                }
                bell.finish()
            }
            group.addTask { [limits, bell = place.bell] in
                let clock = ContinuousClock()
                let end = clock.now + limits.eventStreamTime
                while clock.now < end, !Task.isCancelled {
                    try? await clock.sleep(for: min(limits.signOfLifeTime, end - clock.now))
                    bell.yield()
                }
                bell.finish()
            }
            for await _ in place.wakeUps {
                var count = 0
                if let snapshot = newest.take() {
                    let event = await texts.output(of: snapshot).event()
                    count = event.beginning.readableBytes + event.rest.readableBytes
                    try await writer.write(event.beginning)
                    try await writer.write(inPieces: event.rest)
                } else {
                    try await writer.write(signOfLife)
                }
                // A burst of changes is one event.
                let time = Duration.seconds(Double(count) / Double(limits.eventOctetsPerSecond))
                try await Task.sleep(for: max(limits.eventPause, min(time, limits.signOfLifeTime)))
            }
        }
    }

    /// Says in how many milliseconds the next one comes at the latest: a page that hears nothing for much longer knows that
    /// the server is gone, though nobody has closed the connection.
    private static func signOfLife(every interval: Duration) -> ByteBuffer {
        let milliseconds = interval.components.seconds * 1000 + interval.components.attoseconds / 1_000_000_000_000_000
        return ByteBuffer(string: "event: here\ndata: \(milliseconds)\n\n")
    }
}

/// The newest content that was not written yet.
private final class Newest: Sendable {
    private let snapshot = Mutex<PageSnapshot?>(nil)

    func put(_ new: PageSnapshot) { snapshot.withLock { $0 = new } }

    func take() -> PageSnapshot? { snapshot.withLock { $0.take() } }
}
