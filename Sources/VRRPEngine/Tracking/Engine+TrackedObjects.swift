public import VRRP

extension Engine {
    /// Notes the state of an object outside the engine that routers track by name.
    public mutating func setTrackedObject(
        _ name: String, isGood: Bool, at now: Instant, effects: inout [Effect]
    ) {
        guard trackedObjects.updateValue(isGood, forKey: name) != isGood else { return }
        evaluate(tracking: .external(name), at: now, effects: &effects)
    }

    /// Notes the number of an object outside the engine that routers track by name.
    public mutating func setTrackedNumber(
        _ name: String, to number: Int, at now: Instant, effects: inout [Effect]
    ) {
        guard trackedNumbers.updateValue(number, forKey: name) ?? 0 != number else { return }
        evaluate(tracking: .number(name), at: now, effects: &effects)
    }

    private mutating func evaluate(tracking object: TrackedObject, at now: Instant, effects: inout [Effect]) {
        for slot in routers.indices where routers[slot].isInUse {
            guard
                routers[slot].definition.tracking.conditions.contains(where: { $0.object == object })
                    || groupConditions(of: slot).contains(where: { $0.object == object })
            else { continue }
            evaluate(slot, at: now, effects: &effects)
        }
        refreshSubscriptions(effects: &effects)
    }
}
