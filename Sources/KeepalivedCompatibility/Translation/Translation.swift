import VRRPEngine

/// Turns what a configuration says into what the engine is told.
enum Translation {
    /// The virtual routers of all instances and their groups; what has errors is reported and left out.
    static func definitions(
        of settings: ConfigurationSettings, _ weights: TrackedWeights, _ log: inout DiagnosticLog
    ) -> Definitions {
        var uniqueness = Uniqueness()
        var routers: [VirtualRouterDefinition] = []
        for instance in settings.instances {
            guard uniqueness.admitsName(of: instance, &log) else { continue }
            var translation = InstanceTranslation(
                instance: instance, global: settings.global, weights: weights)
            translation.removeRepeatedAddresses(&log)
            guard let router = translation.definition(&log),
                uniqueness.admits(router, of: translation.instance, &log)
            else { continue }
            routers.append(router)
        }
        var translation = SyncGroupTranslation(settings.instances, weights)
        let groups = settings.groups.compactMap { translation.definition($0, &log) }
        routers = routers.map { translation.withoutWeights($0, in: settings.groups, &log) }
        routers = routers.map { translation.withoutRepetition($0, in: groups, &log) }
        var definitions = Definitions(virtualRouters: routers, syncGroups: groups)
        definitions.interfaceDelays = settings.tracked.interfaceDelays.map(\.value)
        return definitions
    }
}
