public import VRRP

/// Steele, Lea and Flood's generator: everything random in a simulation repeats from its seed alone, on every machine.
public struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
    private var state: UInt64

    /// The sequence of a seed.
    public init(seed: UInt64) { state = seed }

    /// The next number of the sequence.
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// True `percentage` times in a hundred.
    public mutating func chance(_ percentage: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percentage }

    /// A length of time in `range`, both ends included.
    public mutating func duration(in range: ClosedRange<Nanoseconds>) -> Nanoseconds {
        Nanoseconds(Int64.random(in: range.lowerBound.rawValue...range.upperBound.rawValue, using: &self))
    }

    /// A length of time in `range`, in whole milliseconds.
    public mutating func milliseconds(in range: ClosedRange<Int64>) -> Nanoseconds {
        .milliseconds(Int64.random(in: range, using: &self))
    }
}
