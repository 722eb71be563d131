import VRRPEngine

/// Turns the groups of a configuration into what the engine is told of them.
struct SyncGroupTranslation {
    /// Where each instance stands, those with errors included.
    private let instances: [String: InstanceSettings]
    private let weights: TrackedWeights
    private var names: [String: SourcePlace] = [:]
    private var memberships: [String: SourcePlace] = [:]

    init(_ instances: [InstanceSettings], _ weights: TrackedWeights) {
        self.weights = weights
        self.instances = Dictionary(instances.map { ($0.name.value, $0) }) { first, _ in first }
    }

    /// The group; nil where there is nothing that it could do, or where something is wrong with it, both reported.
    mutating func definition(_ group: SyncGroupSettings, _ log: inout DiagnosticLog) -> SyncGroupDefinition? {
        let name = group.name
        if let earlier = names.updateValue(name.place, forKey: name.value) {
            let what = "the name \(visible(name.text))"
            log.error(name.place, "vrrp_sync_group", .duplicate(of: earlier, what: what))
            return nil
        }
        var members: [String] = []
        var known: Set<String> = []
        for member in group.members where admits(member, known, &log) {
            members.append(member.value)
            known.insert(member.value)
        }
        switch members.count {
        case 0:
            log.warning(name.place, "vrrp_sync_group \(name.value)", .ignored(because: .noMember))
            return nil
        case 1: log.warning(name.place, "vrrp_sync_group \(name.value)", .soleMember(members[0]))
        default: break
        }
        return SyncGroupDefinition(
            name: name.value, members: members,
            conditions: group.trackedInterfaces.map(\.value.condition) + weights.conditions(group.tracking, &log))
    }

    private mutating func admits(
        _ member: Located<String>, _ others: Set<String>, _ log: inout DiagnosticLog
    ) -> Bool {
        guard instances[member.value] != nil else {
            log.error(member.place, "group", .notAllowed(value: member.text, allowed: "the name of a vrrp_instance"))
            return false
        }
        guard let earlier = memberships.updateValue(member.place, forKey: member.value) else { return true }
        let duplicate = Diagnostic.Problem.duplicate(of: earlier, what: visible(member.text))
        if others.contains(member.value) {
            log.warning(member.place, "group", duplicate)
        } else {
            log.error(member.place, "group", duplicate)
        }
        return false
    }

    /// Takes the weights away from what a member tracks by itself, unless its group allows them, as keepalived does: the
    /// members are to have the same chances.
    func withoutWeights(
        _ routers: [VirtualRouterDefinition], in groups: [SyncGroupSettings], _ log: inout DiagnosticLog
    ) -> [VirtualRouterDefinition] {
        let memberships = Self.memberships(in: groups) { $0.members.map(\.value) }
        return routers.map { router in
            guard let group = memberships[router.name], groups[group].allowsWeights == nil else { return router }
            return withoutWeights(router, &log)
        }
    }

    private func withoutWeights(
        _ router: VirtualRouterDefinition, _ log: inout DiagnosticLog
    ) -> VirtualRouterDefinition {
        for (condition, entry) in entries(of: router) where condition.effect.isWeight {
            log.warning(entry.place, entry.list, .ignored(because: .syncGroup))
        }
        var router = router
        router.tracking.conditions.removeAll { $0.effect.isWeight }
        return router
    }

    /// Takes away what a member weighs by itself although its group tracks the same: the group's weight counts, as with
    /// keepalived.
    func withoutRepetition(
        _ routers: [VirtualRouterDefinition], in groups: [SyncGroupDefinition], _ log: inout DiagnosticLog
    ) -> [VirtualRouterDefinition] {
        let memberships = Self.memberships(in: groups, \.members)
        let objects = groups.map { Set($0.conditions.map(\.object)) }
        return routers.map { router in
            guard let group = memberships[router.name], !objects[group].isEmpty else { return router }
            return withoutRepetition(router, of: objects[group], &log)
        }
    }

    private func withoutRepetition(
        _ router: VirtualRouterDefinition, of objects: Set<TrackedObject>, _ log: inout DiagnosticLog
    ) -> VirtualRouterDefinition {
        for (condition, entry) in entries(of: router) where objects.contains(condition.object) {
            log.warning(entry.place, entry.list, .ignored(because: .trackedByGroup))
        }
        var router = router
        router.tracking.conditions.removeAll { objects.contains($0.object) && $0.effect.isWeight }
        return router
    }

    /// The position of the first group that each name is a member of.
    private static func memberships<Group>(in groups: [Group], _ members: (Group) -> [String]) -> [String: Int] {
        let all = groups.enumerated().flatMap { position, group in members(group).map { ($0, position) } }
        return Dictionary(all) { first, _ in first }
    }

    /// The conditions of a router with the place and the list that they were written in.
    private func entries(
        of router: VirtualRouterDefinition
    ) -> [(TrackedCondition, (place: SourcePlace, list: String))] {
        guard let instance = instances[router.name] else { return [] }
        var places: [TrackedObject: (place: SourcePlace, list: String)] = [:]
        for entry in instance.trackedInterfaces {
            places[.interface(entry.value.name)] = (entry.place, "track_interface")
        }
        for (kind, entries) in instance.tracking.entries {
            for entry in entries { places[kind.object(entry.value.name)] = (entry.place, kind.list) }
        }
        return router.tracking.conditions.compactMap { condition in
            places[condition.object].map { (condition, $0) }
        }
    }
}
