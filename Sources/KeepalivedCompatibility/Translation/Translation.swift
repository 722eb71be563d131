import VRRPEngine

/// Turns what a configuration says into what the engine is told.
enum Translation {
    /// The virtual routers of all instances and their groups; what has errors is reported and left out.
    static func definitions(of settings: ConfigurationSettings, _ log: inout DiagnosticLog) -> Definitions {
        var uniqueness = Uniqueness()
        let scripts = ScriptTranslation.scriptsByName(settings.scripts, &log)
        var routers: [VirtualRouterDefinition] = []
        for instance in settings.instances {
            guard uniqueness.admitsName(of: instance, &log) else { continue }
            var translation = InstanceTranslation(
                instance: instance, global: settings.global, scripts: scripts)
            translation.removeRepeatedAddresses(&log)
            translation.moveSurplusAddresses(&log)
            translation.enforceStrictness(&log)
            guard let router = translation.definition(&log),
                uniqueness.admits(router, of: translation.instance, &log)
            else { continue }
            routers.append(router)
        }
        var translation = SyncGroupTranslation(settings.instances)
        let groups = settings.groups.compactMap { translation.definition($0, &log) }
        routers = routers.map { translation.withoutWeights($0, in: settings.groups, &log) }
        return Definitions(
            virtualRouters: routers, syncGroups: groups, node: NodeTranslation.policy(of: settings, &log))
    }
}
