import GroupOperator
import KubernetesAPI
import KubernetesClient
import Synchronization

/// The objects of a collection as they were last seen, or as this process wrote them since.
final class CopiedCollection<Object: APIObject>: Sendable {
    typealias Change = ObjectStore<Object>.Change

    /// What was written, which the watch and the writers share.
    private final class Written: Sendable {
        struct State: Sendable {
            var copies = WrittenCopies<Object>()
            /// How many requests are under way for an object.
            var requests: [ObjectKey: Int] = [:]
            /// What the watch told of an object meanwhile, which may be the request's own doing or somebody else's.
            var held: [ObjectKey: [Change]] = [:]

            /// Takes a change; nil where it is no news, or not yet known to be any.
            mutating func saw(_ change: Change) -> Change? {
                if requests[change.key] != nil {
                    held[change.key, default: []].append(change)
                    return nil
                }
                return copies.saw(change.object, of: change.key, at: .now) ? nil : change
            }

            /// Ends a request, and gives what was held since, when it was the last one.
            mutating func ended(_ key: ObjectKey) -> [Change] {
                let others = (requests[key] ?? 1) - 1
                requests[key] = others > 0 ? others : nil
                return others > 0 ? [] : held.removeValue(forKey: key) ?? []
            }
        }

        let state = Mutex(State())
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
            let news = written.state.withLock { $0.saw(change) }
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
        let seen = informer[key]
        return written.state.withLock { $0.copies.current(key, seen: seen, at: .now) }
    }

    /// What is wrong with an object that is there and cannot be read; nil where there is nothing.
    func problem(of key: ObjectKey) -> String? { informer.problem(of: key) }

    /// The objects of which an index says `value`, in the order of their names, each as it is by all that is known.
    func objects(by index: String, _ value: String) -> [Object] {
        let seen = informer.objects(by: index, value)
        let (known, unseen) = written.state.withLock { state in
            (seen.compactMap { state.copies.current($0.key, seen: $0, at: .now) }, state.copies.unseen(at: .now))
        }
        guard !unseen.isEmpty else { return known }
        let names = Set(known.map(\.key))
        let others = unseen.filter { object in
            !names.contains(object.key) && indexes[index]?(object).contains(value) == true
        }
        return others.isEmpty ? known : (known + others).sorted { $0.key < $1.key }
    }

    /// All objects, in no order; to be asked for once, for it is a copy.
    var all: [Object] { Array(informer.store.objects.values) }

    /// Writes an object, and remembers what the server has answered; nil for a deletion.
    ///
    /// The watch may tell of the write before the answer is here; it is no news then either.
    func write(_ key: ObjectKey, _ request: () async throws -> Object?) async throws -> Object? {
        let seen = informer[key]
        written.state.withLock { $0.requests[key, default: 0] += 1 }
        do {
            let answer = try await request()
            let held = written.state.withLock { state in
                state.copies.note(answer, of: key, over: seen, at: .now)
                return state.ended(key)
            }
            for change in held where !change.isOutcome(answer) { onChange(change) }
            return answer
        } catch {
            written.state.withLock { $0.ended(key) }.forEach(onChange)
            throw error
        }
    }
}

extension ObjectStore.Change {
    /// The object as it is now; nil where it is gone, or where nobody can read it.
    var object: Object? {
        switch self {
        case .added(let object), .updated(_, let object): object
        case .deleted, .unreadable: nil
        }
    }

    /// Whether it is what a server answered to a write; nil for a deletion.
    fileprivate func isOutcome(_ answer: Object?) -> Bool {
        switch self {
        case .added(let object), .updated(_, let object):
            object.metadata.resourceVersion == answer?.metadata.resourceVersion
        case .deleted: answer == nil
        case .unreadable: false
        }
    }
}
