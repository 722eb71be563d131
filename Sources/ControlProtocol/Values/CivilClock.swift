public import VRRP

/// Tells the civil time of moments of the monotonic clock, and tells the same one each time for the same moment.
///
/// Two readings of two clocks never fit together to the millisecond: who tells times by them tells others each time, and
/// whoever counts changes sees some. So what lies between the clocks is remembered, in whole milliseconds, until somebody sets
/// the clock, or until it has been led away by more than half a second.
public struct CivilClock: Sendable {
    /// How far the clocks may drift apart before what lies between them is taken anew, in milliseconds.
    private static let tolerance: Int64 = 500

    /// In milliseconds; nil before the first reading.
    private var between: Int64?

    /// A clock that was not read yet.
    public init() {}

    /// The civil time of a moment.
    ///
    /// - Parameters:
    ///   - moment: a reading of the monotonic clock.
    ///   - reading: both clocks, read one right after the other.
    public mutating func time(of moment: Instant, by reading: (civil: WallTime, monotonic: Instant)) -> WallTime {
        let difference = reading.civil.millisecondsSinceEpoch - Self.milliseconds(of: reading.monotonic)
        let kept = between.flatMap { abs($0 - difference) > Self.tolerance ? nil : $0 } ?? difference
        between = kept
        return WallTime(millisecondsSinceEpoch: kept + Self.milliseconds(of: moment))
    }

    private static func milliseconds(of moment: Instant) -> Int64 { moment.rawValue / 1_000_000 }
}
