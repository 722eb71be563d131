public import VRRP

extension Engine {
    /// Notes the state of an object outside the engine that routers track by name.
    public mutating func setTrackedObject(
        _ name: String, isGood: Bool, at now: Instant, effects: inout [Effect]
    ) {
        guard trackedObjects.updateValue(isGood, forKey: name) != isGood else { return }
        evaluate(tracking: [.external(name)], at: now, effects: &effects)
    }

    /// Notes the states of many objects outside the engine at once, as somebody tells them who knows names alone.
    ///
    /// A state counts until definitions come that track the object no more; for a name that none tracks it is passed over.
    ///
    /// - Returns: The names that no router tracks, in no order.
    public mutating func setTrackedObjects(
        _ states: [String: Bool], at now: Instant, effects: inout [Effect]
    ) -> [String] {
        let tracked = trackedExternals
        var unknown: [String] = []
        var changed: Set<TrackedObject> = []
        for (name, isGood) in states {
            guard tracked.contains(name) else {
                unknown.append(name)
                continue
            }
            toldObjects.insert(name)
            if trackedObjects.updateValue(isGood, forKey: name) != isGood { changed.insert(.external(name)) }
        }
        if !changed.isEmpty { evaluate(tracking: changed, at: now, effects: &effects) }
        return unknown
    }

    /// The names of the objects outside the engine that routers track as good or bad.
    var trackedExternals: Set<String> {
        var names: Set<String> = []
        for slot in routers.indices where routers[slot].isInUse {
            for condition in routers[slot].definition.tracking.conditions + groupConditions(of: slot) {
                if case .external(let name) = condition.object { names.insert(name) }
            }
        }
        return names
    }

    /// Forgets what was told of objects that no router tracks any more.
    mutating func forgetUntrackedObjects() {
        guard !toldObjects.isEmpty else { return }
        for name in toldObjects.subtracting(trackedExternals) {
            toldObjects.remove(name)
            trackedObjects[name] = nil
        }
    }

    /// Notes the number of an object outside the engine that routers track by name.
    public mutating func setTrackedNumber(
        _ name: String, to number: Int, at now: Instant, effects: inout [Effect]
    ) {
        guard trackedNumbers.updateValue(number, forKey: name) ?? 0 != number else { return }
        evaluate(tracking: [.number(name)], at: now, effects: &effects)
    }

    private mutating func evaluate(
        tracking objects: Set<TrackedObject>, at now: Instant, effects: inout [Effect]
    ) {
        var groups: Set<Int> = []
        for slot in routers.indices where routers[slot].isInUse {
            guard
                routers[slot].definition.tracking.conditions.contains(where: { objects.contains($0.object) })
                    || groupConditions(of: slot).contains(where: { objects.contains($0.object) })
            else { continue }
            evaluate(slot, concerning: &groups, at: now, effects: &effects)
        }
        settleGroups(groups, at: now, effects: &effects)
        refreshSubscriptions(effects: &effects)
    }
}
