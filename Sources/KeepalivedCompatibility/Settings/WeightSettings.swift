import VRRPEngine

/// What the state of something tracked does to a priority, as written; nil where nothing is said.
struct WeightSettings: Sendable {
    /// Without a weight, and with 0, the router stays out of the election while the thing is bad.
    var weight: Int?
    var isReversed: Bool?

    /// What it means where `base` fills in what is not said.
    func effect(over base: WeightSettings = WeightSettings()) -> TrackingEffect {
        let weight = weight ?? base.weight ?? 0
        let isReversed = isReversed ?? (self.weight == nil ? base.isReversed : nil) ?? false
        if weight == 0 { return .fault }
        return isReversed ? .reversedWeight(weight) : .weight(weight)
    }
}
