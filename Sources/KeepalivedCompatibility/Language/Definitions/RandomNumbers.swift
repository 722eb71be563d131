/// The numbers of `${_RANDOM}`.
///
/// They follow from a seed: `random_seed`, or without it the identifier of the configuration, so that hosts differ but
/// the same file means the same on every reload.
struct RandomNumbers: RandomNumberGenerator {
    private var state: UInt64

    /// The numbers that follow from a number.
    init(seed: UInt64) { state = seed }

    /// The numbers that follow from a text.
    init(seed: String) {
        // FNV-1a: Swift's own hashes differ from one start of the program to the next.
        state = seed.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }

    /// The next number (SplitMix64).
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }

    /// A number from a range as a use of the name gives it: the least and the greatest, 0 and 32767 without them.
    mutating func number(_ parameters: [Int]) -> Int {
        let least = parameters.first ?? 0
        let greatest = parameters.count > 1 ? parameters[1] : 32_767
        return least < greatest ? Int.random(in: least...greatest, using: &self) : least
    }
}
