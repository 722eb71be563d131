import VRRPEngine

/// Turns what a configuration says into what the engine is told.
enum Translation {
    /// The virtual routers of all instances and their groups; what has errors is reported and left out.
    ///
    /// - Returns: also the names of the instances that are left out. A group leaves with any of its members, because they
    ///   are all active here or none.
    static func definitions(
        of settings: ConfigurationSettings, _ names: RoutingNames, _ weights: TrackedWeights,
        _ log: inout DiagnosticLog
    ) -> (definitions: Definitions, leftOut: [String]) {
        var uniqueness = Uniqueness()
        var routing = RoutingTranslation(names)
        let statics = routing.statics(
            settings.statics, settings.global, instances: Set(settings.instances.map(\.name.value)), &log)
        var leftOut: Set<String> = []
        var taken: Set<String> = []
        var namesakes: [String] = []
        var routers: [VirtualRouterDefinition] = []
        for instance in settings.instances {
            var router: VirtualRouterDefinition?
            let hasErrors = log.containing { log in
                router = Self.router(of: instance, settings.global, weights, &routing, &uniqueness, &log)
            }
            let isFaulty =
                hasErrors || instance.hasErrors || weights.tracksUnusable(instance.tracking)
            let name = instance.name.value
            if let router, !isFaulty {
                routers.append(router)
                taken.insert(name)
            } else if taken.contains(name) {
                namesakes.append(name)
            } else {
                leftOut.insert(name)
            }
        }

        var translation = SyncGroupTranslation(settings.instances, weights)
        var groups: [SyncGroupDefinition] = []
        for group in settings.groups {
            let hasErrors = log.containing { log in
                if let definition = translation.definition(group, &log) { groups.append(definition) }
            }
            if hasErrors || group.hasErrors || weights.tracksUnusable(group.tracking) {
                leftOut.formUnion(group.members.map(\.value))
            }
        }
        routers = translation.withoutWeights(routers, in: settings.groups, &log)
        routers = translation.withoutRepetition(routers, in: groups, &log)
        var definitions = Definitions(
            virtualRouters: routers, syncGroups: groups, node: NodeTranslation.policy(of: settings, &log))
        // keepalived takes them, and programs write such files: of two services with one address each has an instance.
        definitions.node.allowsSharedAddresses = uniqueness.sharesAddresses
        definitions.statics = statics
        definitions.interfaceDelays = settings.tracked.interfaceDelays.map(\.value)
        removeTakenStatics(from: &definitions, settings.statics, &log)
        leftOut = definitions.leaveOut(leftOut)
        return (definitions, settings.instances.map(\.name.value).filter(leftOut.contains) + namesakes)
    }

    private static func router(
        of instance: InstanceSettings, _ global: GlobalSettings, _ weights: TrackedWeights,
        _ routing: inout RoutingTranslation, _ uniqueness: inout Uniqueness, _ log: inout DiagnosticLog
    ) -> VirtualRouterDefinition? {
        guard uniqueness.admitsName(of: instance, &log) else { return nil }
        var translation = InstanceTranslation(instance: instance, global: global, weights: weights)
        translation.removeForeignAddresses(&log)
        translation.removeRepeatedAddresses(&log)
        translation.moveSurplusAddresses(&log)
        translation.enforceStrictness(&log)
        translation.awaitSequenceNumber(&log)
        let routes = routing.routes(instance.routing.routes, in: "virtual_routes", &log)
        let rules = routing.rules(instance.routing.rules, in: "virtual_rules", &log)
        guard var router = translation.definition(&log),
            uniqueness.admits(router, of: translation.instance, &log)
        else { return nil }
        router.virtualRoutes = routes.map(\.route)
        router.virtualRules = rules.map(\.rule)
        return router
    }

    /// Leaves out the static addresses that something else has on their interface, and reports them.
    private static func removeTakenStatics(
        from definitions: inout Definitions, _ settings: StaticSettings, _ log: inout DiagnosticLog
    ) {
        var written = settings.addresses.map(\.address)
        while let position = faultyStatic(in: definitions), written.indices.contains(position) {
            let address = written.remove(at: position)
            definitions.statics.addresses.remove(at: position)
            let allowed = "an address that nothing else has on its interface"
            log.error(address.place, "static_ipaddress", .notAllowed(value: address.text, allowed: allowed))
        }
    }

    /// The place of the first static address that cannot stand there; nil where all can.
    private static func faultyStatic(in definitions: Definitions) -> Int? {
        guard !definitions.statics.addresses.isEmpty else { return nil }
        do throws(DefinitionError) {
            try definitions.validate()
            return nil
        } catch {
            return error.list == .statics && error.field == "addresses" ? error.position : nil
        }
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
