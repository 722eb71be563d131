import VRRPEngine

extension InstanceTranslation {
    /// What decides besides the router itself.
    func tracking(_ interface: String, _ log: inout DiagnosticLog) -> Tracking {
        var tracking = Tracking()
        tracking.ownInterface = !(instance.ignoresOwnInterface?.value ?? false)
        for entry in instance.trackedInterfaces {
            let tracked = entry.value
            if tracked.name == interface, tracking.ownInterface {
                // Very common, and without a weight it says what holds anyway.
                if tracked.weight != 0 {
                    log.warning(entry.place, "track_interface", .ignored(because: .ownInterface))
                }
                continue
            }
            tracking.conditions.append(tracked.condition)
        }
        return tracking
    }
}

extension TrackedInterface {
    /// What the engine is told to watch.
    var condition: TrackedCondition {
        let effect: TrackingEffect =
            switch (weight, isReversed) {
            case (0, _): .fault
            case (let weight, false): .weight(weight)
            case (let weight, true): .reversedWeight(weight)
            }
        return TrackedCondition(.interface(name), effect: effect)
    }
}
