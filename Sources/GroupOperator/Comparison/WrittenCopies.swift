public import KubernetesAPI

/// Objects as a server has them, as far as this process knows: as last seen, or as last written where what is seen is older.
///
/// Without it a second look, before the watch has told of a write, would write the same again.
public struct WrittenCopies<Object: APIObject>: Sendable {
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

    /// Nothing was written.
    public init() {}

    /// Takes what a server answered to a write; nil for a deletion.
    ///
    /// - Parameters:
    ///   - seen: The object as the watch had told of it before the write.
    ///   - now: The time.
    public mutating func note(
        _ object: Object?, of key: ObjectKey, over seen: Object?, at now: ContinuousClock.Instant
    ) {
        entries[key] = Entry(object: object, seen: seen?.metadata.resourceVersion, end: now + Self.patience)
    }

    /// Takes what the watch tells of an object; nil where it is gone.
    ///
    /// - Returns: Whether this is what was written last, and no news. What comes later than was waited for is news.
    public mutating func saw(_ object: Object?, of key: ObjectKey, at now: ContinuousClock.Instant) -> Bool {
        guard let entry = entries.removeValue(forKey: key), now < entry.end else { return false }
        guard let object else { return entry.object == nil }
        return object.metadata.resourceVersion == entry.object?.metadata.resourceVersion
    }

    /// Objects that were written and that the watch has not told of at all yet: who looks at what was seen misses them.
    public func unseen(at now: ContinuousClock.Instant) -> [Object] {
        entries.values.compactMap { entry in entry.seen == nil && now < entry.end ? entry.object : nil }
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
        // Versions cannot be ordered; any other than the one from before the write is at least on its way to it.
        if seen?.metadata.resourceVersion == entry.seen, now < entry.end { return entry.object }
        entries[key] = nil
        return seen
    }
}
