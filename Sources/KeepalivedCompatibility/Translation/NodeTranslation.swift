import VRRP
import VRRPEngine

/// Turns what a configuration says of the node into the policy of the engine and its host.
enum NodeTranslation {
    /// The policy; what has no effect is reported.
    static func policy(of settings: ConfigurationSettings, _ log: inout DiagnosticLog) -> NodePolicy {
        let election = settings.global.election
        var policy = NodePolicy()
        policy.startDelay = election.startDelay?.value ?? .zero
        policy.delayAfterBoot = election.delayAfterBoot?.value ?? .zero
        policy.reportsUnknownRouters = election.reportsUnknownRouters?.value ?? false
        policy.disablesLocalIGMP = election.disablesLocalIGMP?.value ?? false
        policy.filter.table = election.filterTable?.value ?? policy.filter.table
        policy.filter.priority = election.filterPriority.map { Int32($0.value) } ?? policy.filter.priority
        policy.filter.countsPackets = election.filterCounts?.value ?? false
        policy.announcementGroups = groups(of: settings, &log)
        return policy
    }

    private static func groups(
        of settings: ConfigurationSettings, _ log: inout DiagnosticLog
    ) -> [AnnouncementGroup] {
        var places: [String: SourcePlace] = [:]
        return settings.announcementGroups.compactMap { written in
            var group = AnnouncementGroup(interfaces: [])
            group.gratuitousARPSpacing = written.gratuitousARPSpacing?.value
            group.neighborAdvertisementSpacing = written.neighborAdvertisementSpacing?.value
            for interface in written.interfaces {
                if let earlier = places[interface.value] {
                    log.warning(
                        interface.place, "garp_group", .duplicate(of: earlier, what: visible(interface.text)))
                } else {
                    places[interface.value] = interface.place
                    group.interfaces.append(interface.value)
                }
            }
            let hasPace = group.gratuitousARPSpacing != nil || group.neighborAdvertisementSpacing != nil
            guard hasPace, !written.interfaces.isEmpty else {
                log.warning(written.place, "garp_group", .ignored(because: .emptyGroup))
                return nil
            }
            return group.interfaces.isEmpty ? nil : group
        }
    }
}
