import VRRP
import VRRPEngine

/// The content of keepalived.data: the wording of keepalived 2.2, in an order that every exporter can read.
///
/// One of them ends an instance at the first line without `=`; so all that it looks for stands before such a line, which
/// keepalived's own `Flags:` and `Using Native IPv6` do not allow. The password never stands in it.
struct DataDump {
    let source: DumpSource

    init(_ source: DumpSource) { self.source = source }

    var text: String {
        var lines = GlobalDump(source, by: .vrrp).lines
        lines += statics
        if !source.routers.isEmpty { lines.append("------< VRRP Topology >------") }
        lines += source.routers.flatMap(instance)
        lines += trackingSections
        return lines.map { $0 + "\n" }.joined()
    }

    /// What the node has in any case, before the instances.
    private var statics: [String] {
        let statics = source.statics.definitions
        let lists = [
            (
                "Addresses",
                statics.addresses.map { entry in
                    DumpText.address(
                        entry.value, device: entry.value.interface ?? "", trackGroup: entry.trackGroup,
                        isPresent: source.statics.heldAddresses.contains(entry.value))
                }
            ),
            ("Routes", statics.routes.map { DumpText.route($0.value, trackGroup: $0.trackGroup) }),
            ("Rules", statics.rules.map { DumpText.rule($0.value, trackGroup: $0.trackGroup) }),
        ]
        var lines: [String] = []
        for (title, list) in lists where !list.isEmpty {
            lines.append("------< Static \(title) >------")
            lines += list.map { "     " + $0 }
        }
        if !statics.trackGroups.isEmpty { lines.append("------< Static Track groups >------") }
        for group in statics.trackGroups {
            lines += [" Static Track Group = \(group.name)", "   VRRP member instances :"]
            lines += group.virtualRouters.map { "     " + $0 }
        }
        return lines
    }

    private func instance(_ router: RouterSnapshot) -> [String] {
        let parts = [
            state(router), network(router), announcements(router), election(router), addresses(router),
            peculiarities(router), trackedObjects(router), notifications(router),
        ]
        return [" VRRP Instance = \(router.definition.name)"] + parts.flatMap { $0 }.map { "   " + $0 }
    }

    private func state(_ router: RouterSnapshot) -> [String] {
        var lines = ["VRRP Version = \(router.definition.version.rawValue)"]
        if let group = router.syncGroup { lines.append("Sync group = \(group)") }
        lines.append("State = \(InstanceState(router).word)")
        if case .backup(let backup) = router.state {
            lines += backup.activeRouter.map { ["Master router = \($0)"] } ?? []
            lines += backup.activePriority.map { ["Master priority = \($0)"] } ?? []
            if router.definition.version == .v3 {
                let hundredths = Int(backup.activeAdvertisementInterval.centiseconds)
                lines.append("Master advert int = \(hundredths / 100).\(Self.twoDigits(hundredths % 100)) sec")
            }
        }
        lines += [
            "Wantstate = \(InstanceState.wanted(router).word)",
            "Number of config faults = 0",
            "Number of interface and track script faults = \(router.faults.count - unjudgedScripts(router))",
            "Number of track scripts init = \(unjudgedScripts(router))",
            "Last transition = \(DumpText.epochAndDate(source.wall(router.since)))",
            "Read timeout = \(Self.deadline(router).map { DumpText.epochAndDate(source.wall($0)) } ?? "DISABLED")",
            "Master down timer = \(Self.activeDownInterval(router).rawValue / 1000) usecs",
        ]
        return lines
    }

    private func network(_ router: RouterSnapshot) -> [String] {
        let definition = router.definition
        var lines = [
            definition.virtualMAC.map { "Interface = \($0.name), vmac on \(definition.interface)" }
                ?? "Interface = \(definition.interface)"
        ]
        if let source = router.primaryAddress {
            lines.append("Using src_ip = \(source)\(definition.sourceAddress == nil ? "" : " (from configuration)")")
        }
        return lines
    }

    private func announcements(_ router: RouterSnapshot) -> [String] {
        let counts = AnnouncementCounts(router.definition.announcements)
        let interoperability = router.definition.interoperability
        return [
            "Gratuitous ARP delay = \(counts.delay)", "Gratuitous ARP repeat = \(counts.rounds)",
            "Gratuitous ARP refresh = \(counts.refresh)", "Gratuitous ARP refresh repeat = \(counts.refreshRounds)",
            "Gratuitous ARP lower priority delay = \(counts.contestDelay)",
            "Gratuitous ARP lower priority repeat = \(counts.contestRounds)",
            "Down timer adverts = \(router.definition.downTimerAdverts)",
            "Send advert after receive lower priority advert = \(interoperability.answersLowerPriority)",
            "Send advert after receive higher priority advert = \(interoperability.advertisesBeforeYielding)",
        ]
    }

    private func election(_ router: RouterSnapshot) -> [String] {
        let definition = router.definition
        var lines = [
            "Virtual Router ID = \(definition.virtualRouterID)", "Priority = \(definition.priority.rawValue)",
            "Effective priority = \(router.priority.rawValue)", "Total priority = \(router.totalPriority)",
            "Advert interval = \(Self.interval(definition))",
            "Accept = \(definition.acceptMode ? "enabled" : "disabled")",
        ]
        switch definition.preemption {
        case .immediate: lines.append("Preempt = enabled")
        case .delayed(let time):
            lines += ["Preempt = enabled", "Preempt delay = \(time.rawValue / 1_000_000_000) secs"]
        case .never: lines.append("Preempt = disabled")
        }
        lines.append("Promote_secondaries = \(definition.promotesSecondaries ? "enabled" : "disabled")")
        switch definition.authentication {
        case .none where definition.version == .v2: lines.append("Authentication type = none")
        case .none: break
        case .simpleText: lines += ["Authentication type = SIMPLE_PASSWORD", "Password = ********"]
        case .authenticationHeader: lines.append("Authentication type = IPSEC_AH")
        }
        return lines
    }

    /// The scripts without a result yet that keep the router out for that reason.
    private func unjudgedScripts(_ router: RouterSnapshot) -> Int {
        router.faults.count { fault in
            guard case .trackedObject(.external(let name)) = fault else { return false }
            return source.trackedObjects[name] == nil
                && source.notifications.definitions.scriptsWithoutInitialState.contains(name)
        }
    }

    /// The first lines without `=`, so that they and all others stand behind what exporters look for.
    private func addresses(_ router: RouterSnapshot) -> [String] {
        let definition = router.definition
        var lines: [String] = []
        let advertised = router.addresses.filter(\.isAdvertised)
        lines.append("Virtual IP (\(advertised.count)):")
        lines += advertised.map { "  " + DumpText.address($0, of: definition) }
        let others = router.addresses.filter { !$0.isAdvertised }
        if !others.isEmpty { lines.append("Virtual IP Excluded :") }
        lines += others.map { "  " + DumpText.address($0, of: definition) }
        if !definition.virtualRoutes.isEmpty { lines.append("Virtual Routes :") }
        lines += definition.virtualRoutes.map { "  " + DumpText.route($0) }
        if !definition.virtualRules.isEmpty { lines.append("Virtual Rules :") }
        lines += definition.virtualRules.map { "  " + DumpText.rule($0) }
        return lines
    }

    /// What keepalived says, where it holds, further up.
    private func peculiarities(_ router: RouterSnapshot) -> [String] {
        let definition = router.definition
        var lines: [String] = []
        switch definition.transport {
        case .multicast(let group): lines += ["Flags: none", "Multicast address \(group)"]
        case .unicast(let peers):
            let isOldChecksum = definition.interoperability.transmittedChecksum == .pseudoHeaderOfGroup
            lines += ["Flags:", "  Using unicast", "Unicast TTL = \(definition.unicastHopLimit)"]
            lines += ["Check unicast src : yes", "Unicast Peer :"]
            lines += peers.map { "  \($0.address) min_ttl \($0.minimumHopLimit) max_ttl \($0.maximumHopLimit)" }
            lines.append("Unicast checksum compatibility = \(isOldChecksum ? "config" : "no")")
        }
        if definition.family == .ipv6 { lines.append("Using Native IPv6") }
        if !definition.tracking.ownInterface { lines.append("VRRP interface tracking disabled") }
        if definition.interoperability.addressListMismatch == .ignore {
            lines.append("Skip checking advert IP addresses")
        }
        if source.strictInstances.contains(definition.name) { lines.append("Enforcing strict VRRP compliance") }
        return lines
    }

    private func trackedObjects(_ router: RouterSnapshot) -> [String] {
        let definition = router.definition
        let tracker = Tracker(name: definition.name, conditions: definition.tracking.conditions)
        return Self.trackedLists(tracker, processes: "Tracked processes :")
    }

    private func notifications(_ router: RouterSnapshot) -> [String] {
        let notification = source.notifications.instance(router.definition.name)
        return [
            "Using smtp notification = \(notification?.sendsMail ?? false ? "yes" : "no")",
            "Notify deleted = \(notification?.tellsDeletion ?? false ? "Deleted" : "Fault")",
        ] + source.notifications.lines(notification?.scripts ?? NotificationScripts())
            + ["Notify priority changes = \(notification?.tellsPriority ?? false)"]
    }

    private static func deadline(_ router: RouterSnapshot) -> Instant? {
        switch router.state {
        case .initialize: nil
        case .backup(let backup): backup.activeDownDeadline
        case .active(let active): active.advertisementDeadline
        }
    }

    private static func activeDownInterval(_ router: RouterSnapshot) -> Nanoseconds {
        var interval = router.definition.advertisementInterval
        if case .backup(let backup) = router.state { interval = backup.activeAdvertisementInterval }
        var configuration = VirtualRouterConfiguration(version: router.definition.version, priority: router.priority)
        configuration.downTimerAdverts = router.definition.downTimerAdverts
        return configuration.activeDownInterval(activeAdvertisementInterval: interval)
    }

    private static func interval(_ definition: VirtualRouterDefinition) -> String {
        switch definition.version {
        case .v2: "\(definition.advertisementInterval.centiseconds / 100) sec"
        case .v3: "\(Int(definition.advertisementInterval.centiseconds) * 10) milli-sec"
        }
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
