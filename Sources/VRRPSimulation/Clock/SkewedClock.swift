public import VRRP

/// The monotonic clock of a node: it started somewhere and runs a little too fast or too slow.
///
/// The laboratory's own time is exact; an engine only ever sees readings of its node's clock.
public struct SkewedClock: Hashable, Sendable {
    /// What the clock reads at the beginning of the simulation.
    public var start: Instant
    /// By how many millionths it runs faster than the laboratory's time; negative when it runs slower.
    public var partsPerMillion: Int64

    /// A clock with the given start and rate.
    public init(start: Instant = .zero, partsPerMillion: Int64 = 0) {
        self.start = start
        self.partsPerMillion = partsPerMillion
    }

    /// A clock that reads the laboratory's own time.
    public static let exact = SkewedClock()

    private var rate: Int64 { 1_000_000 + partsPerMillion }

    /// What the clock reads at a moment of the laboratory's time.
    public func reading(at moment: Instant) -> Instant {
        let (millions, rest) = moment.rawValue.quotientAndRemainder(dividingBy: 1_000_000)
        return start + Nanoseconds(millions * rate + rest * rate / 1_000_000)
    }

    /// The first moment of the laboratory's time at which the clock reads `reading` or more.
    public func moment(of reading: Instant) -> Instant {
        guard reading != .distantFuture else { return .distantFuture }
        let elapsed = (reading - start).rawValue
        guard elapsed > 0 else { return .zero }
        let (whole, rest) = elapsed.quotientAndRemainder(dividingBy: rate)
        return Instant(whole * 1_000_000 + (rest * 1_000_000 + rate - 1) / rate)
    }
}
