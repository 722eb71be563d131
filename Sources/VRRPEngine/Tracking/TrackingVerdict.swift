import VRRP

/// What a tracked object does to a virtual router at one moment.
enum TrackingVerdict: Equatable {
    /// It keeps the router out of the election.
    case fault
    /// It changes the priority by so much; 0 for not at all.
    case change(Int)

    /// The largest change of a priority, up or down.
    private static let largestChange = 253

    /// What an object that is good or bad does.
    init(_ effect: TrackingEffect, isGood: Bool) {
        self =
            switch effect {
            case .fault: isGood ? .change(0) : .fault
            case .reversedFault: isGood ? .fault : .change(0)
            case .weight(let weight): .change(isGood == (weight > 0) ? weight : 0)
            case .reversedWeight(let weight): .change(isGood == (weight > 0) ? -weight : 0)
            }
    }

    /// What an object that has a number does.
    init(_ effect: TrackingEffect, number: Int) {
        switch effect {
        case .fault: self = number == 0 ? .change(0) : .fault
        case .reversedFault: self = number == 0 ? .fault : .change(0)
        case .weight(let weight): self.init(number, times: weight)
        case .reversedWeight(let weight): self.init(number, times: -weight)
        }
    }

    private init(_ number: Int, times weight: Int) {
        let (product, overflows) = number.multipliedReportingOverflow(by: weight)
        let isNegative = (number < 0) != (weight < 0)
        let change = overflows ? (isNegative ? Int.min : Int.max) : product
        self = change < -Self.largestChange ? .fault : .change(min(change, Self.largestChange))
    }
}

extension Engine {
    /// What a condition does at the moment.
    func verdict(on condition: TrackedCondition) -> TrackingVerdict {
        switch condition.object {
        case .interface(let name): TrackingVerdict(condition.effect, isGood: isUp(name))
        case .external(let name): TrackingVerdict(condition.effect, isGood: trackedObjects[name] ?? false)
        case .number(let name): TrackingVerdict(condition.effect, number: trackedNumbers[name] ?? 0)
        }
    }

    /// The conditions that keep a router of the given priority out of the election.
    func brokenConditions(_ conditions: [TrackedCondition], priority: Priority) -> [TrackedCondition] {
        conditions.filter { condition in
            guard verdict(on: condition) == .fault else { return false }
            // Weights mean nothing to an owner, however large they become.
            return !priority.isAddressOwner || !condition.effect.isWeight
        }
    }
}

extension TrackingEffect {
    /// Whether it is a weight, rather than a fault by itself.
    public var isWeight: Bool {
        switch self {
        case .fault, .reversedFault: false
        case .weight, .reversedWeight: true
        }
    }
}
