import VRRPEngine

/// Turns the groups of a configuration into what the engine is told of them.
struct SyncGroupTranslation {
    /// Where each instance stands, those with errors included.
    private let instances: [String: InstanceSettings]
    private var names: [String: SourcePlace] = [:]
    private var memberships: [String: SourcePlace] = [:]

    init(_ instances: [InstanceSettings]) {
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
        for member in group.members {
            if admits(member, members, &log) { members.append(member.value) }
        }
        switch members.count {
        case 0:
            log.warning(name.place, "vrrp_sync_group \(name.value)", .ignored(because: .noMember))
            return nil
        case 1: log.warning(name.place, "vrrp_sync_group \(name.value)", .soleMember(members[0]))
        default: break
        }
        return SyncGroupDefinition(
            name: name.value, members: members, conditions: group.trackedInterfaces.map(\.value.condition))
    }

    private mutating func admits(_ member: Located<String>, _ others: [String], _ log: inout DiagnosticLog) -> Bool {
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
        _ router: VirtualRouterDefinition, in groups: [SyncGroupSettings], _ log: inout DiagnosticLog
    ) -> VirtualRouterDefinition {
        let group = groups.first { group in group.members.contains { $0.value == router.name } }
        guard let group, group.allowsWeights == nil else { return router }
        for tracked in instances[router.name]?.trackedInterfaces ?? [] where tracked.value.condition.effect != .fault {
            log.warning(tracked.place, "track_interface", .ignored(because: .syncGroup))
        }
        for tracked in instances[router.name]?.trackedScripts ?? [] where tracked.value.weight.effect() != .fault {
            log.warning(tracked.place, "track_script", .ignored(because: .syncGroup))
        }
        var router = router
        router.tracking.conditions.removeAll { $0.effect != .fault }
        return router
    }
}
