public import KubernetesAPI
internal import Logging
internal import Synchronization

/// Keeps a copy of a collection up to date, and tells what changes.
///
/// Nothing happens until ``run()`` runs. While the server is away the copy stays what it was.
public final class Informer<Object: APIObject>: Sendable {
    private let client: APIClient
    private let collection: ResourceCollection<Object>
    private let selection: Selection
    private let onChange: @Sendable (ObjectStore<Object>.Change) -> Void
    private let copy: Mutex<ListWatch<Object>>
    private let contact = Mutex<Timestamp?>(nil)
    private let gate = Gate()

    /// An informer that has seen nothing yet.
    ///
    /// - Parameters:
    ///   - client: Asks the server.
    ///   - collection: What is kept.
    ///   - selection: Which objects of it.
    ///   - indexes: What objects can be found by.
    ///   - settings: How the copy is kept up to date.
    ///   - onChange: Is told each change after the store has it, one after the other; it must not wait, and is meant to
    ///     add keys to a queue.
    public init(
        _ client: APIClient, _ collection: ResourceCollection<Object>, _ selection: Selection = .all,
        indexes: [String: ObjectStore<Object>.Index] = [:], settings: ListWatchSettings = ListWatchSettings(),
        onChange: @escaping @Sendable (ObjectStore<Object>.Change) -> Void = { _ in }
    ) {
        self.client = client
        self.collection = collection
        self.selection = selection
        self.onChange = onChange
        copy = Mutex(ListWatch(indexes: indexes, settings: settings))
    }

    /// The objects as they were last seen.
    public var store: ObjectStore<Object> { copy.withLock { $0.store } }

    /// An object as it was last seen.
    public subscript(key: ObjectKey) -> Object? { copy.withLock { $0.store[key] } }

    /// What is wrong with an object that is there and cannot be read; nil where there is nothing.
    public func problem(of key: ObjectKey) -> String? { copy.withLock { $0.store.unreadable[key] } }

    /// The objects of which an index says `value`, in the order of their names.
    public func objects(by index: String, _ value: String) -> [Object] {
        copy.withLock { $0.store.objects(by: index, value) }
    }

    /// Whether the store has shown the whole collection at some time.
    public var isSynced: Bool { copy.withLock { $0.isSynced } }

    /// Whether the server knew the type when it was last asked.
    public var isServed: Bool { copy.withLock { $0.isServed } }

    /// What is wrong at present; nil while the store follows the server.
    public var trouble: ClientError? { copy.withLock { $0.trouble } }

    /// When the server last said anything, a refusal included; nil before the first time.
    public var lastContact: Timestamp? { contact.withLock(\.self) }

    /// Waits until the store has shown the whole collection; throws `CancellationError` alone.
    public func synced() async throws { try await gate.wait() }

    /// Keeps the copy up to date until the task is cancelled.
    public func run() async {
        var generator = SystemRandomNumberGenerator()
        while !Task.isCancelled {
            let step = copy.withLock { $0.step(using: &generator) }
            let start = ContinuousClock.now
            do {
                switch step {
                case .pause(let duration): try await Task.sleep(for: duration)
                case .list(let limit, let token):
                    let page = try await client.page(of: collection, selection, limit: limit, continuing: token)
                    noteContact()
                    tell(copy.withLock { $0.received(page, using: &generator) })
                case .watch(let version, let seconds):
                    try await watch(after: version, forSeconds: seconds)
                    copy.withLock { $0.watchEnded(lasting: start.duration(to: .now), using: &generator) }
                }
            } catch let error as ClientError {
                if error.code != nil { noteContact() }
                client.logger.notice("\(error)")
                copy.withLock { $0.failed(error, using: &generator) }
            } catch {
                // The client throws nothing else but that its task was cancelled.
                return
            }
            if copy.withLock({ $0.isSynced }) { gate.open() }
        }
    }

    private func watch(after version: String, forSeconds seconds: Int) async throws {
        var generator = SystemRandomNumberGenerator()
        let events = try await client.watch(collection, selection, after: version, forSeconds: seconds)
        noteContact()
        copy.withLock { $0.watchBegan() }
        for try await event in events {
            noteContact()
            guard let changes = copy.withLock({ $0.received(event, using: &generator) }) else {
                if case .failed(let refusal) = event {
                    client.logger.info("the watch of \(collection) ended with \(refusal); listing anew")
                }
                return
            }
            tell(changes)
        }
    }

    private func noteContact() { contact.withLock { $0 = .now } }

    private func tell(_ changes: [ObjectStore<Object>.Change]) {
        for change in changes { onChange(change) }
    }
}
