import KeepalivedCompatibility
import LinuxHost
import VRRPEngine

extension LoadedConfiguration {
    /// Refuses what is wrong with `global_defs` and was not so in the configuration in force.
    ///
    /// Without the line another value would hold for all instances at once, and all would leave their addresses for a
    /// while, or run their scripts as somebody else. What was wrong before changes nothing.
    func requireSameDefaults(as old: LoadedConfiguration) throws(ConfigurationProblem) {
        let first = globalErrors.filter { old.globalErrors[$0.key] == nil }.values.min()
        guard let first else { return }
        let sentence = "a reload cannot leave out a line of global_defs, which hold for all instances: \(first)"
        throw .faulty(errors: errors + [sentence], warnings: warnings + securityWarnings)
    }

    /// Lets each instance that was left out go on as before, where it was in force: with who is told of it, and with what it
    /// tracks.
    ///
    /// A mistake in a file shall not take addresses away that are served well. Where one of a sync group is left out, all
    /// of the configuration in force stays, since a group goes by the rules of all of its members.
    ///
    /// - Parameter old: the configuration in force.
    /// - Throws: the instance that can neither be left out nor go on.
    mutating func keepInstances(of old: LoadedConfiguration) throws(ConfigurationProblem) {
        guard !instancesLeftOut.isEmpty else { return }
        let names = Set(instancesLeftOut)
        for router in old.definitions.virtualRouters where names.contains(router.name) {
            guard !old.definitions.syncGroups.contains(where: { $0.members.contains(router.name) }) else {
                let sentence = "vrrp_instance \(router.name) is in a sync group and cannot be left out by a reload"
                throw .faulty(errors: errors + [sentence], warnings: warnings + securityWarnings)
            }
            guard !definitions.virtualRouters.contains(where: { $0.name == router.name }) else { continue }
            let outcome = keep(router, of: old) ? "goes on as before" : "cannot go on as before and ends"
            errors.append("vrrp_instance \(router.name) \(outcome)")
        }
    }

    /// Takes one virtual router over with all that belongs to it, or nothing of it; returns which.
    private mutating func keep(_ router: VirtualRouterDefinition, of old: LoadedConfiguration) -> Bool {
        var kept = self
        kept.definitions.virtualRouters.append(router)
        // It may have an address of an instance that is new, as instances of a keepalived.conf may.
        kept.definitions.node.allowsSharedAddresses = true
        for object in Set(router.tracking.conditions.map(\.object)) {
            guard kept.follows(object) || kept.keep(object, of: old) else { return false }
        }
        guard (try? kept.definitions.validate()) != nil else { return false }
        if let earlier = old.notifications { kept.notifications?.keep(router.name, of: earlier) }
        if old.strictInstances.contains(router.name) { kept.strictInstances.insert(router.name) }
        self = kept
        return true
    }

    /// Whether something is watched, and not only named.
    private func follows(_ object: TrackedObject) -> Bool {
        switch object {
        case .interface: true
        case .external(let name):
            scripts.contains { $0.definition.trackedName == name }
                || sources.processes.contains { $0.trackedName == name }
        case .number(let name): sources.files.contains { $0.trackedName == name }
        }
    }

    /// Lets something be watched as before, because its description is wrong now; returns whether it was watched.
    ///
    /// Without that its last state would stay, whatever becomes of it.
    private mutating func keep(_ object: TrackedObject, of old: LoadedConfiguration) -> Bool {
        guard old.follows(object) else { return false }
        switch object {
        case .interface: break
        case .external(let name):
            scripts += old.scripts.filter { $0.definition.trackedName == name }
            sources.processes += old.sources.processes.filter { $0.trackedName == name }
        case .number(let name):
            sources.files += old.sources.files.filter { $0.trackedName == name }
        }
        trackingEffects[object] = old.trackingEffects[object]
        return true
    }
}
