/// Observations counted by their size.
public struct MetricHistogram: Sendable, Equatable {
    /// A range of sizes from the bound before to this one, and how many observations fell into it.
    public struct Bucket: Sendable, Equatable {
        /// The largest size that belongs to it.
        public var upperBound: Double
        /// How many observations it has; those of the buckets before are not among them.
        public var count: UInt64

        /// A bucket with its count.
        public init(upperBound: Double, count: UInt64) {
            self.upperBound = upperBound
            self.count = count
        }
    }

    /// The buckets, their bounds ascending and finite.
    public var buckets: [Bucket]
    /// How many observations were larger than the last bound.
    public var beyond: UInt64
    /// The sum of all sizes.
    public var sum: Double

    /// A histogram with these counts.
    public init(buckets: [Bucket], beyond: UInt64, sum: Double) {
        self.buckets = buckets
        self.beyond = beyond
        self.sum = sum
    }
}
