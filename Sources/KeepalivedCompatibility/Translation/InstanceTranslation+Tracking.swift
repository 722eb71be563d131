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
            let effect: TrackingEffect =
                switch (tracked.weight, tracked.isReversed) {
                case (0, _): .fault
                case (let weight, false): .weight(weight)
                case (let weight, true): .reversedWeight(weight)
                }
            tracking.conditions.append(TrackedCondition(.interface(tracked.name), effect: effect))
        }
        return tracking
    }
}
