import VRRPEngine

/// Turns what a configuration says into what the engine is told.
enum Translation {
    /// The virtual routers of all instances and their groups; what has errors is reported and left out.
    static func definitions(
        of settings: ConfigurationSettings, _ names: RoutingNames, _ log: inout DiagnosticLog
    ) -> Definitions {
        var uniqueness = Uniqueness()
        let scripts = ScriptTranslation.scriptsByName(settings.scripts, &log)
        var routing = RoutingTranslation(names)
        let statics = routing.statics(
            settings.statics, settings.global, instances: Set(settings.instances.map(\.name.value)), &log)
        var routers: [VirtualRouterDefinition] = []
        for instance in settings.instances {
            guard uniqueness.admitsName(of: instance, &log) else { continue }
            var translation = InstanceTranslation(
                instance: instance, global: settings.global, scripts: scripts)
            translation.removeRepeatedAddresses(&log)
            let routes = routing.routes(instance.routing.routes, in: "virtual_routes", &log)
            let rules = routing.rules(instance.routing.rules, in: "virtual_rules", &log)
            guard var router = translation.definition(&log),
                uniqueness.admits(router, of: translation.instance, &log)
            else { continue }
            router.virtualRoutes = routes.map(\.route)
            router.virtualRules = rules.map(\.rule)
            routers.append(router)
        }
        var translation = SyncGroupTranslation(settings.instances)
        let groups = settings.groups.compactMap { translation.definition($0, &log) }
        routers = routers.map { translation.withoutWeights($0, in: settings.groups, &log) }
        var definitions = Definitions(virtualRouters: routers, syncGroups: groups)
        definitions.statics = statics
        checkStatics(of: definitions, settings.statics, &log)
        return definitions
    }

    /// Reports a static address that something else has on its interface.
    private static func checkStatics(
        of definitions: Definitions, _ settings: StaticSettings, _ log: inout DiagnosticLog
    ) {
        guard !settings.addresses.isEmpty else { return }
        do throws(DefinitionError) {
            try definitions.validate()
        } catch {
            guard error.list == .statics, settings.addresses.indices.contains(error.position) else { return }
            let address = settings.addresses[error.position].address
            let allowed = "an address that nothing else has on its interface"
            log.error(address.place, "static_ipaddress", .notAllowed(value: address.text, allowed: allowed))
        }
    }
}
