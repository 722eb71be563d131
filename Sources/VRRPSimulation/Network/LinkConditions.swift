public import VRRP

/// How a link treats frames.
public struct LinkConditions: Hashable, Sendable {
    /// How many frames in a hundred are lost.
    public var lossPercentage = 0
    /// How long a frame travels; frames overtake each other where the range is wide.
    public var delay: ClosedRange<Nanoseconds> = .microseconds(50)...(.microseconds(50))
    /// How many frames in a hundred arrive twice.
    public var duplicationPercentage = 0

    /// A link that loses nothing and takes 50 µs.
    public init() {}

    /// A link on which frames arrive at the moment when they are sent.
    public static var instant: LinkConditions {
        var conditions = LinkConditions()
        conditions.delay = .zero...(.zero)
        return conditions
    }

    /// When the copies of one frame arrive after it was sent; none when it is lost.
    ///
    /// Draws nothing from `random` where the link leaves nothing to chance, so that a change at one place does not change
    /// the luck of all others.
    func arrivals(using random: inout SplitMix64) -> [Nanoseconds] {
        if lossPercentage > 0, random.chance(lossPercentage) { return [] }
        let isDuplicated = duplicationPercentage > 0 && random.chance(duplicationPercentage)
        return (0..<(isDuplicated ? 2 : 1)).map { _ in
            delay.lowerBound == delay.upperBound ? delay.lowerBound : random.duration(in: delay)
        }
    }
}
