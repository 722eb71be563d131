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
        for entry in instance.trackedScripts {
            guard let script = scripts[entry.value.name] else {
                // To go on without the check would be to claim that all is well.
                log.error(entry.place, "track_script", .missing("vrrp_script \(visible(entry.text))"))
                continue
            }
            tracking.conditions.append(
                TrackedCondition(
                    .external(ScriptDefinition.trackedName(entry.value.name)),
                    effect: entry.value.weight.effect(over: script.weight)))
        }
        return tracking
    }
}

extension TrackedInterface {
    /// What the engine is told to watch.
    var condition: TrackedCondition { TrackedCondition(.interface(name), effect: weight.effect()) }
}
