import VRRPEngine

/// What the state of something tracked does to a priority, as written; nil where nothing is said.
struct WeightSettings: Sendable {
    /// Without a weight, and with 0, the router stays out of the election while the thing is bad.
    var weight: Int?
    var isReversed: Bool?

    /// What it means where `base` fills in what is not said.
    func effect(over base: WeightSettings = WeightSettings()) -> TrackingEffect {
        let weight = weight ?? base.weight ?? 0
        // Whoever gives another weight keeps the direction.
        let isReversed = isReversed ?? base.isReversed ?? false
        if weight == 0 { return isReversed ? .reversedFault : .fault }
        return isReversed ? .reversedWeight(weight) : .weight(weight)
    }
}
