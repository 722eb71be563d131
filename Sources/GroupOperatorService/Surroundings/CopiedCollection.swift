import GroupOperator
import KubernetesAPI
import KubernetesClient
import Synchronization

/// The objects of a collection as they were last seen, or as this process wrote them since.
final class CopiedCollection<Object: APIObject>: Sendable {
    typealias Change = ObjectStore<Object>.Change

    /// What was written, which the watch and the writers share.
    private final class Written: Sendable {
        let copies = Mutex(WrittenCopies<Object>())
    }

    private let informer: Informer<Object>
    private let written: Written
    private let indexes: [String: ObjectStore<Object>.Index]
    private let onChange: @Sendable (Change) -> Void

    /// A collection of which nothing is known yet.
    ///
    /// - Parameters:
    ///   - onSight: Is told every change, also of what this process has written, and must not wait.
    ///   - onChange: Is told what others change, and must not wait.
    init(
        _ client: APIClient, _ collection: ResourceCollection<Object>, _ selection: Selection = .all,
        indexes: [String: ObjectStore<Object>.Index] = [:], onSight: @escaping @Sendable (Change) -> Void = { _ in },
        onChange: @escaping @Sendable (Change) -> Void
    ) {
        let written = Written()
        self.written = written
        self.indexes = indexes
        self.onChange = onChange
        informer = Informer(client, collection, selection, indexes: indexes) { change in
            let news = written.copies.withLock { $0.saw(change, at: .now) }
            onSight(change)
            if let news { onChange(news) }
        }
    }

    /// Follows the server until the task is cancelled.
    func run() async { await informer.run() }

    /// Waits until the whole collection was seen.
    func synced() async throws { try await informer.synced() }

    /// Whether the whole collection was seen at some time.
    var isSynced: Bool { informer.isSynced }

    /// What keeps the collection from following the server; nil where nothing does.
    var trouble: ClientError? { informer.trouble }

    /// An object as it is by all that is known.
    subscript(key: ObjectKey) -> Object? {
        // Within the lock: what was written is not forgotten between the look at what was seen and that at what was written.
        // The informer tells of changes outside of its own lock, so that nobody holds that one and waits for this.
        written.copies.withLock { $0.current(key, seen: informer[key], at: .now) }
    }

    /// What is wrong with an object that is there and cannot be read; nil where there is nothing.
    func problem(of key: ObjectKey) -> String? { informer.problem(of: key) }

    /// The objects of which an index says `value`, in the order of their names: each as it is by all that is known, and as that
    /// is indexed.
    func objects(by index: String, _ value: String) -> [Object] {
        // In this order: what the watch confirms in between is in both, and not in neither.
        let written = written.copies.withLock { $0.keys(at: .now) }
        let seen = informer.objects(by: index, value)
        guard !written.isEmpty else { return seen }
        return Set(seen.map(\.key)).union(written).sorted().compactMap { self[$0] }.filter {
            indexes[index]?($0).contains(value) == true
        }
    }

    /// All objects, in no order; to be asked for once, for it is a copy.
    var all: [Object] { Array(informer.store.objects.values) }

    /// Writes an object, and remembers what the server has answered; nil for a deletion.
    ///
    /// The watch may tell of the write before the answer is here; it is no news then either.
    func write(_ key: ObjectKey, _ request: () async throws -> Object?) async throws -> Object? {
        let seen = informer[key]
        written.copies.withLock { $0.begin(key) }
        do {
            let answer = try await request()
            written.copies.withLock { $0.end(key, with: answer, over: seen, at: .now) }.forEach(onChange)
            return answer
        } catch {
            written.copies.withLock { $0.fail(key, at: .now) }.forEach(onChange)
            throw error
        }
    }
}
