/// How long to wait after each of several failures in a row.
public struct Backoff: Hashable, Sendable {
    /// After the first failure.
    public var initial: Duration
    /// At most.
    public var maximum: Duration
    /// How many times longer after each further one.
    public var factor: Double
    /// The share of the time that chance may add, so that many clients do not come back at once.
    public var jitter: Double
    /// How many failures there were.
    public private(set) var failures = 0

    /// A wait that begins at `initial` and grows up to `maximum`.
    public init(initial: Duration, maximum: Duration, factor: Double = 2, jitter: Double = 0.5) {
        self.initial = initial
        self.maximum = maximum
        self.factor = factor
        self.jitter = jitter
    }

    /// How long to wait after one more failure.
    public mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
        var delay = initial
        for _ in 0..<failures {
            delay = delay * factor
            if delay >= maximum { break }
        }
        failures += 1
        return min(delay, maximum) * (1 + jitter * Double.random(in: 0...1, using: &generator))
    }

    /// Begins anew, after something has worked.
    public mutating func reset() { failures = 0 }
}
