public import KubernetesAPI
internal import Logging

/// Writes Events on the objects that they happen to, beside everything else: who tells it something does not wait.
public final class EventRecorder: Sendable {
    /// How much may wait to be written; what comes while that waits is left out.
    private static let backlog = 1000

    private let client: APIClient
    private let source: Event.Source
    private let occurrences: AsyncStream<EventAggregation.Occurrence>
    private let continuation: AsyncStream<EventAggregation.Occurrence>.Continuation

    /// A recorder for a program.
    public init(_ client: APIClient, source: Event.Source) {
        self.client = client
        self.source = source
        (occurrences, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.backlog))
    }

    /// Tells something that happens to an object.
    public func record<Object: Resource>(
        _ object: Object, isWarning: Bool = false, reason: String, message: String
    ) {
        continuation.yield(
            EventAggregation.Occurrence(object, isWarning: isWarning, reason: reason, message: message))
    }

    /// Writes until the task is cancelled; can run once.
    public func run() async {
        var aggregation = EventAggregation(source: source)
        for await occurrence in occurrences {
            guard let write = aggregation.record(occurrence, at: .now, .now) else { continue }
            do {
                try await carryOut(write)
            } catch let error as ClientError {
                client.logger.info("an event is not written: \(error)")
            } catch {
                return
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
