import VRRPEngine

/// Turns what a configuration says into what the engine is told.
enum Translation {
    /// The virtual routers of all instances and their groups; what has errors is reported and left out.
    ///
    /// - Returns: also the names of the instances that are left out. A group leaves with any of its members, because they
    ///   are all active here or none.
    static func definitions(
        of settings: ConfigurationSettings, _ log: inout DiagnosticLog
    ) -> (definitions: Definitions, leftOut: [String]) {
        var uniqueness = Uniqueness()
        var scripts: [String: ScriptSettings] = [:]
        _ = log.containing { log in scripts = ScriptTranslation.scriptsByName(settings.scripts, &log) }
        var leftOut: Set<String> = []
        var names: Set<String> = []
        var namesakes: [String] = []
        var routers: [VirtualRouterDefinition] = []
        for instance in settings.instances {
            var router: VirtualRouterDefinition?
            let hasErrors = log.containing { log in
                router = Self.router(of: instance, settings.global, scripts, &uniqueness, &log)
            }
            let isFaulty =
                hasErrors || instance.hasErrors
                || instance.trackedScripts.contains { scripts[$0.value.name]?.isUnusable == true }
            let name = instance.name.value
            if let router, !isFaulty {
                routers.append(router)
                names.insert(name)
            } else if names.contains(name) {
                namesakes.append(name)
            } else {
                leftOut.insert(name)
            }
        }

        var translation = SyncGroupTranslation(settings.instances)
        var groups: [SyncGroupDefinition] = []
        for group in settings.groups {
            let hasErrors = log.containing { log in
                if let definition = translation.definition(group, &log) { groups.append(definition) }
            }
            if hasErrors || group.hasErrors { leftOut.formUnion(group.members.map(\.value)) }
        }
        routers = routers.map { translation.withoutWeights($0, in: settings.groups, &log) }
        var definitions = Definitions(
            virtualRouters: routers, syncGroups: groups, node: NodeTranslation.policy(of: settings, &log))
        leftOut = definitions.leaveOut(leftOut)
        return (definitions, settings.instances.map(\.name.value).filter(leftOut.contains) + namesakes)
    }

    private static func router(
        of instance: InstanceSettings, _ global: GlobalSettings, _ scripts: [String: ScriptSettings],
        _ uniqueness: inout Uniqueness, _ log: inout DiagnosticLog
    ) -> VirtualRouterDefinition? {
        guard uniqueness.admitsName(of: instance, &log) else { return nil }
        var translation = InstanceTranslation(instance: instance, global: global, scripts: scripts)
        translation.removeRepeatedAddresses(&log)
        translation.moveSurplusAddresses(&log)
        translation.enforceStrictness(&log)
        guard let router = translation.definition(&log),
            uniqueness.admits(router, of: translation.instance, &log)
        else { return nil }
        return router
    }
}

extension ScriptSettings {
    /// Whether an instance that tracks the script would be watched by something else than was meant, or by nothing.
    var isUnusable: Bool { hasErrors || command == nil }
}

extension Definitions {
    /// Removes virtual routers, and with each the other members of its sync group.
    ///
    /// - Returns: the names of all that are not there any more.
    mutating func leaveOut(_ names: Set<String>) -> Set<String> {
        var names = names
        var count = -1
        while names.count != count {
            count = names.count
            for group in syncGroups where group.members.contains(where: names.contains) {
                names.formUnion(group.members)
            }
        }
        virtualRouters.removeAll { names.contains($0.name) }
        syncGroups.removeAll { $0.members.contains(where: names.contains) }
        return names
    }
}
