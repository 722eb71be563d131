public import VRRP

/// Durations counted by their size, in buckets that are always the same.
///
/// Counting costs no allocation, but for the first time after somebody took a copy.
public struct LatencyHistogram: Sendable, Equatable {
    /// How many buckets have a bound; one more takes what is longer.
    public static let boundCount = 16

    /// The longest duration of each bucket, ascending.
    public static var bounds: [Nanoseconds] { (0..<boundCount).map { Nanoseconds(bound($0)) } }

    /// How many durations fell into each bucket; the last one has those beyond all bounds.
    public private(set) var counts = [UInt64](repeating: 0, count: boundCount + 1)
    /// The sum of all durations.
    public private(set) var sum = Nanoseconds.zero

    /// A histogram of nothing.
    public init() {}

    /// A histogram with these counts; nil where they are not as many as there are buckets.
    public init?(counts: [UInt64], sum: Nanoseconds) {
        guard counts.count == Self.boundCount + 1 else { return nil }
        self.counts = counts
        self.sum = sum
    }

    /// How many durations were counted.
    public var total: UInt64 { counts.reduce(0, &+) }

    /// Counts a duration; one below zero counts as zero.
    mutating func count(_ duration: Nanoseconds) {
        let nanoseconds = max(duration.rawValue, 0)
        var bucket = 0
        while bucket < Self.boundCount, nanoseconds > Self.bound(bucket) { bucket += 1 }
        counts[bucket] &+= 1
        let (newSum, isTooLong) = sum.rawValue.addingReportingOverflow(nanoseconds)
        sum = isTooLong ? sum : Nanoseconds(newSum)
    }

    /// The bound of a bucket in nanoseconds; a switch, because a table would be looked up behind a lock.
    private static func bound(_ bucket: Int) -> Int64 {
        switch bucket {
        case 0: 100_000
        case 1: 250_000
        case 2: 500_000
        case 3: 1_000_000
        case 4: 2_500_000
        case 5: 5_000_000
        case 6: 10_000_000
        case 7: 25_000_000
        case 8: 50_000_000
        case 9: 100_000_000
        case 10: 250_000_000
        case 11: 500_000_000
        case 12: 1_000_000_000
        case 13: 2_500_000_000
        case 14: 5_000_000_000
        default: 10_000_000_000
        }
    }
}
