/// A limit to how often something may happen: a number of times at once, then once in an interval.
public struct TokenBucket: Hashable, Sendable {
    /// How often it may happen at once.
    public let capacity: Int
    /// How long one more time takes to become free.
    public let refillInterval: Duration
    /// When the bucket will be full: each use moves it by an interval.
    private var fullAt: ContinuousClock.Instant?

    /// A full bucket.
    public init(capacity: Int, refillInterval: Duration) {
        self.capacity = capacity
        self.refillInterval = refillInterval
    }

    /// Takes a turn now, if there is one.
    public mutating func take(at now: ContinuousClock.Instant) -> Bool {
        guard wait(at: now) == .zero else { return false }
        _ = reserve(at: now)
        return true
    }

    /// Takes the next turn, and says how long it is until then.
    public mutating func reserve(at now: ContinuousClock.Instant) -> Duration {
        let delay = wait(at: now)
        fullAt = max(fullAt ?? now, now) + refillInterval
        return delay
    }

    /// How long it is until the next turn is free.
    public func wait(at now: ContinuousClock.Instant) -> Duration {
        guard let fullAt else { return .zero }
        return max(.zero, now.duration(to: fullAt) - refillInterval * (capacity - 1))
    }
}
