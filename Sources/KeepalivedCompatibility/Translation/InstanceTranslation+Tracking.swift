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
                if (tracked.weight.weight ?? 0) != 0 {
                    log.warning(entry.place, "track_interface", .ignored(because: .ownInterface))
                }
                continue
            }
            tracking.conditions.append(tracked.condition)
        }
        tracking.conditions += weights.conditions(instance.tracking, &log)
        if let wish = instance.tracking.sourceAddress {
            if sourceAddress == nil {
                log.warning(wish.place, "track_src_ip", .ignored(because: .noSourceAddress))
            } else {
                tracking.sourceAddress = true
            }
        }
        return tracking
    }
}

extension TrackedInterface {
    /// What the engine is told to watch.
    var condition: TrackedCondition { TrackedCondition(.interface(name), effect: weight.effect()) }
}
