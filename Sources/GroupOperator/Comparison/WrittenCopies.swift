public import KubernetesAPI

/// Objects as a server has them, as far as this process knows: as last seen, or as last written where what is seen is older.
///
/// Without it a second look, before the watch has told of a write, would write the same again. And the watch may tell of a
/// write before its answer is here, so that what it tells while a request is under way is held until then.
public struct WrittenCopies<Object: APIObject>: Sendable {
    /// What a watch tells.
    public typealias Change = ObjectStore<Object>.Change

    /// How long what was written counts without a word from the watch.
    private static var patience: Duration { .seconds(30) }

    private struct Entry: Sendable {
        /// What was written; nil where the object was deleted.
        var object: Object?
        /// The version that was seen when it was written; nil where there was no object.
        var seen: String?
        var end: ContinuousClock.Instant
    }

    private var entries: [ObjectKey: Entry] = [:]
    /// How many requests are under way for an object.
    private var requests: [ObjectKey: Int] = [:]
    /// What the watch has told of an object since the first of them began.
    private var held: [ObjectKey: [Change]] = [:]

    /// Nothing was written.
    public init() {}

    /// A request that writes an object is sent now.
    public mutating func begin(_ key: ObjectKey) { requests[key, default: 0] += 1 }

    /// Takes the end of a request.
    ///
    /// - Parameters:
    ///   - answer: What the server answered; nil for a deletion.
    ///   - seen: The object as the watch had told of it before the request.
    ///   - now: The time.
    /// - Returns: What the watch has told meanwhile that is not the doing of the request.
    public mutating func end(
        _ key: ObjectKey, with answer: Object?, over seen: Object?, at now: ContinuousClock.Instant
    ) -> [Change] {
        entries[key] = Entry(object: answer, seen: seen?.metadata.resourceVersion, end: now + Self.patience)
        return release(key, at: now)
    }

    /// Takes the news that a request has failed.
    ///
    /// - Returns: What the watch has told meanwhile.
    public mutating func fail(_ key: ObjectKey, at now: ContinuousClock.Instant) -> [Change] { release(key, at: now) }

    private mutating func release(_ key: ObjectKey, at now: ContinuousClock.Instant) -> [Change] {
        let others = (requests[key] ?? 1) - 1
        requests[key] = others > 0 ? others : nil
        guard others <= 0 else { return [] }
        var news = held.removeValue(forKey: key) ?? []
        // What came before the outcome was there before it, and what came after it is of a later time.
        if let entry = entries[key], now < entry.end,
            let outcome = news.firstIndex(where: { $0.isOutcome(entry.object) })
        {
            news.remove(at: outcome)
            entries[key] = nil
        }
        return news
    }

    /// Takes what the watch tells of an object.
    ///
    /// - Returns: The change; nil where it is what was written last and so no news, or where it is not known yet whether it is.
    public mutating func saw(_ change: Change, at now: ContinuousClock.Instant) -> Change? {
        if requests[change.key] != nil {
            held[change.key, default: []].append(change)
            return nil
        }
        // What comes later than was waited for is news.
        guard let entry = entries[change.key], now < entry.end else {
            entries[change.key] = nil
            return change
        }
        // So is what others have done before the write, which still counts.
        guard !change.isOlder(than: entry.object) else { return change }
        entries[change.key] = nil
        return change.isOutcome(entry.object) ? nil : change
    }

    /// The names of objects that were written, or deleted, and that the watch has not told of yet.
    public func keys(at now: ContinuousClock.Instant) -> [ObjectKey] {
        entries.compactMap { now < $1.end ? $0 : nil }
    }

    /// The object as it is by all that is known.
    ///
    /// - Parameters:
    ///   - seen: The object as the watch has told of it.
    ///   - now: The time.
    public mutating func current(
        _ key: ObjectKey, seen: Object?, at now: ContinuousClock.Instant
    ) -> Object? {
        guard let entry = entries[key] else { return seen }
        // Somebody, as an agent, may have written between the look and the write. Where versions cannot be ordered, any other
        // than the one from before the write is at least on its way to it.
        let isOlder = seen?.metadata.resourceVersion == entry.seen || seen?.isOlder(than: entry.object) == true
        if isOlder, now < entry.end { return entry.object }
        entries[key] = nil
        return seen
    }
}

extension APIObject {
    /// Whether another version of the object is a later one, as servers that count their versions tell it.
    fileprivate func isOlder(than other: Self?) -> Bool {
        guard let own = metadata.resourceVersion.flatMap({ UInt64($0) }),
            let others = other?.metadata.resourceVersion.flatMap({ UInt64($0) })
        else { return false }
        return own < others
    }
}

extension ObjectStore.Change {
    /// Whether it tells of a version from before the answer of a write.
    fileprivate func isOlder(than answer: Object?) -> Bool {
        switch self {
        case .added(let object), .updated(_, let object): object.isOlder(than: answer)
        case .deleted, .forgotten, .unreadable: false
        }
    }

    /// Whether it is what a server answered to a write; nil for a deletion.
    fileprivate func isOutcome(_ answer: Object?) -> Bool {
        switch self {
        case .added(let object), .updated(_, let object):
            object.metadata.resourceVersion == answer?.metadata.resourceVersion
        case .deleted, .forgotten: answer == nil
        case .unreadable: false
        }
    }
}
