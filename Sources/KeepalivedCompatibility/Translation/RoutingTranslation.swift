import VRRP
import VRRPEngine

/// Turns routes, rules and what the node has in any case into what the engine is told of them.
struct RoutingTranslation {
    private let names: RoutingNames
    /// The priority that the next rule of each family gets which has none of its own; keepalived counts the same way.
    private var nextPriority: [AddressFamily: UInt32] = [:]
    private static let firstPriority: UInt32 = 16384

    init(_ names: RoutingNames) { self.names = names }

    /// The routes of an instance, or of the node; each once.
    func routes(
        _ entries: [Statement], in list: String, isStatic: Bool = false, _ log: inout DiagnosticLog
    ) -> [RouteEntry] {
        var places: [VirtualRoute: SourcePlace] = [:]
        return entries.compactMap { entry in
            var read: RouteEntry?
            log.sparing { log in read = RouteEntry.read(entry, in: list, names, isStatic: isStatic, &log) }
            guard let read else { return nil }
            guard let earlier = places.updateValue(entry.place, forKey: read.route) else { return read }
            log.warning(entry.place, list, .duplicate(of: earlier, what: "the route"))
            return nil
        }
    }

    /// The rules of an instance, or of the node; each once.
    mutating func rules(
        _ entries: [Statement], in list: String, isStatic: Bool = false, _ log: inout DiagnosticLog
    ) -> [RuleEntry] {
        var places: [VirtualRule: SourcePlace] = [:]
        var rules: [RuleEntry] = []
        for entry in entries {
            var found: RuleEntry?
            log.sparing { log in found = RuleEntry.read(entry, in: list, names, isStatic: isStatic, &log) }
            guard var read = found else { continue }
            if !read.hasPriority {
                let priority = nextPriority[read.rule.family] ?? Self.firstPriority
                nextPriority[read.rule.family] = max(1, priority - 1)
                read.rule.priority = priority
                log.warning(entry.place, list, .rulePriority(priority))
            }
            if let earlier = places.updateValue(entry.place, forKey: read.rule) {
                log.warning(entry.place, list, .duplicate(of: earlier, what: "the rule"))
            } else {
                rules.append(read)
            }
        }
        return rules
    }

    /// What the node has in any case.
    ///
    /// - Parameter instances: The names of all instances.
    mutating func statics(
        _ settings: StaticSettings, _ global: GlobalSettings, instances: Set<String>, _ log: inout DiagnosticLog
    ) -> StaticDefinitions {
        var statics = StaticDefinitions()
        var groups: Set<String> = []
        for group in settings.trackGroups {
            guard groups.insert(group.name.value).inserted else {
                let what = "the name \(visible(group.name.text))"
                log.error(group.name.place, "track_group", .duplicate(of: group.name.place, what: what))
                continue
            }
            let members = group.members.filter { member in
                guard !instances.contains(member.value) else { return true }
                log.error(
                    member.place, "group", .notAllowed(value: member.text, allowed: "the name of a vrrp_instance"))
                return false
            }
            statics.trackGroups.append(
                TrackGroupDefinition(name: group.name.value, virtualRouters: members.map(\.value)))
        }
        func check(_ group: Located<String>?) -> String? {
            guard let group, !groups.contains(group.value) else { return group?.value }
            log.error(group.place, "track_group", .notAllowed(value: group.text, allowed: "the name of a track_group"))
            return nil
        }
        let standard = global.routing.defaultInterface?.value ?? "eth0"
        for entry in settings.addresses {
            var address = entry.address.value
            address.interface = address.interface ?? standard
            statics.addresses.append(StaticEntry(address, trackGroup: check(entry.trackGroup)))
        }
        statics.routes = routes(settings.routes, in: "static_routes", isStatic: true, &log).map {
            StaticEntry($0.route, trackGroup: check($0.trackGroup))
        }
        statics.rules = rules(settings.rules, in: "static_rules", isStatic: true, &log).map {
            StaticEntry($0.rule, trackGroup: check($0.trackGroup))
        }
        return statics
    }
}

extension ConfigurationSettings {
    /// The names that routes and rules may use; the files that they stand in are read only where there are any.
    func routingNames(_ source: some ConfigurationSource) -> RoutingNames {
        let areNeeded =
            !statics.routes.isEmpty || !statics.rules.isEmpty
            || instances.contains { !$0.routing.routes.isEmpty || !$0.routing.rules.isEmpty }
        guard areNeeded else { return RoutingNames() }
        let folders = global.routing.systemFolder.map { [$0.value] } ?? RoutingNames.systemFolders
        return RoutingNames(
            folders: [global.routing.ownFolder?.value ?? RoutingNames.ownFolder] + folders, source: source)
    }
}
