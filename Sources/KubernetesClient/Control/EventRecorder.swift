public import KubernetesAPI
internal import Logging
import Synchronization

/// Writes Events on the objects that they happen to, beside everything else: who tells it something does not wait.
public final class EventRecorder: Sendable {
    /// How much may wait to be written; what comes while that waits is left out.
    private static let backlog = 1000

    private let client: APIClient
    private let source: Event.Source
    private let turns: AsyncStream<Turn>
    private let continuation: AsyncStream<Turn>.Continuation
    /// How many events are left out since that was said last.
    private let leftOut = Atomic(0)

    private enum Turn: Sendable {
        case happened(EventAggregation.Occurrence)
        /// What was too much at a time may be written.
        case alarm
    }

    /// A recorder for a program.
    public init(_ client: APIClient, source: Event.Source) {
        self.client = client
        self.source = source
        (turns, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.backlog))
    }

    /// Tells something that happens to an object.
    public func record<Object: Resource>(
        _ object: Object, isWarning: Bool = false, reason: String, message: String
    ) {
        let occurrence = EventAggregation.Occurrence(object, isWarning: isWarning, reason: reason, message: message)
        if case .dropped = continuation.yield(.happened(occurrence)) { leftOut.add(1, ordering: .relaxed) }
    }

    /// Writes until the task is cancelled; can run once.
    public func run() async {
        var aggregation = EventAggregation(source: source)
        var alarm: Task<Void, Never>?
        defer { alarm?.cancel() }
        for await turn in turns {
            let leftOut = leftOut.exchange(0, ordering: .relaxed)
            if leftOut > 0 {
                client.logger.warning("\(leftOut) events are left out, for \(Self.backlog) wait to be written")
            }
            let writes: [EventAggregation.Write]
            switch turn {
            case .happened(let occurrence): writes = [aggregation.record(occurrence, at: .now, .now)].compactMap(\.self)
            case .alarm:
                alarm = nil
                writes = aggregation.writeWithheld(at: .now)
            }
            for write in writes {
                do {
                    try await carryOut(write)
                } catch let error as ClientError {
                    client.logger.info("an event is not written: \(error)")
                } catch {
                    return
                }
            }
            if alarm == nil, let pause = aggregation.pause(at: .now) { alarm = ring(after: pause) }
        }
    }

    private func ring(after pause: Duration) -> Task<Void, Never> {
        Task { [continuation] in
            while (try? await Task.sleep(for: max(pause, .milliseconds(10)))) != nil {
                // Where no room is left it rings again.
                guard case .dropped = continuation.yield(.alarm) else { return }
            }
        }
    }

    private func carryOut(_ write: EventAggregation.Write) async throws {
        let manager = FieldManager(source.component ?? "swift-vrrp")
        switch write {
        case .create(let event):
            try await client.create(event, in: Event.inside(event.metadata.namespace), as: manager)
        case .update(let patch, let event):
            do {
                let events = Event.inside(event.metadata.namespace)
                _ = try await client.merge(patch, into: event.metadata.name, in: events, as: manager) as Event
            } catch let error as ClientError where error.isNotFound {
                // Servers forget events after an hour.
                try await carryOut(.create(event))
            }
        }
    }
}
