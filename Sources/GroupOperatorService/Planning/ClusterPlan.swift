import ClusterObjects
import GroupOperator
import KubernetesAPI
import KubernetesClient
import Logging
import VIPPlanning
import VRRP

/// The plan of the whole cluster: takes in what changes, and says which groups have something to do.
actor ClusterPlan {
    /// How long changes are collected before they are planned: a rollout changes many objects at once.
    private static let pause: Duration = .milliseconds(5)
    /// How long to wait where the API server could not say whose a group was.
    private static let patience: Duration = .seconds(1)

    /// A group as it was planned.
    private struct Entry {
        var group: KeepalivedGroup
        var inheritance: Inheritance
        var problems: FieldProblems?
    }

    private let client: APIClient
    private let copies: ClusterCopies
    private let inbox: Inbox
    private let loop: WorkLoop<ObjectName>
    private let speaker: Speaker
    private let metrics: OperatorMetrics
    private let departedGroups: DepartedGroupsKeeping
    private let countDelay: Duration
    private let logger: Logger

    private var planner = Planner()
    private var entries: [ObjectName: Entry] = [:]
    /// Groups that are there and cannot be decoded; ``entries`` has them as they were when they could.
    private var undecodable: Set<ObjectName> = []
    /// Groups that were taken in and not planned yet: nothing may be decided on them, least of all that routers go.
    private var unplanned: Set<ObjectName> = []
    /// Services with the annotation, and the options in it that are not applied.
    private var services: [ObjectName: [OptionRefusal]] = [:]
    /// What is to be said of Services, by the group that they name.
    private var remarks: [ObjectName: [ObjectName: ServiceRemarks]] = [:]
    /// The group that each Service names, and the one that it is spoken of at.
    private var groupOfService: [ObjectName: ObjectName] = [:]
    private var groupOfRemarks: [ObjectName: ObjectName] = [:]
    private var ports = MetricsPorts([])
    private var nodeCount = 0
    /// Groups whose status may tell another number of free identifiers than there is, and what will see to it.
    private var outdatedCounts: Set<ObjectName> = []
    private var countUpdate: Task<Void, Never>?
    /// When something that nodes of a group have heard counts no longer, in seconds since 1970.
    private var foreignRouterEnds: [ObjectName: Int64] = [:]
    /// The second at which identifiers are free again, and the alarm for it.
    private var alarm: (second: Int64, task: Task<Void, Never>)?

    init(
        _ client: APIClient, _ copies: ClusterCopies, _ inbox: Inbox, _ loop: WorkLoop<ObjectName>,
        _ speaker: Speaker, _ metrics: OperatorMetrics, _ departedGroups: DepartedGroupsKeeping, countDelay: Duration,
        logger: Logger
    ) {
        self.departedGroups = departedGroups
        self.countDelay = countDelay
        self.client = client
        self.copies = copies
        self.inbox = inbox
        self.loop = loop
        self.speaker = speaker
        self.metrics = metrics
        self.logger = logger
    }

    /// Plans whenever something has changed, until the task is cancelled. All copies must be there.
    func run() async {
        await restore()
        inbox.wake()
        for await _ in inbox.signals {
            do { try await Task.sleep(for: Self.pause) } catch { break }
            let contents = inbox.take()
            await takeIn(contents)
            plan(contents)
        }
        alarm?.task.cancel()
        countUpdate?.cancel()
    }

    /// What a decision on a group follows from, as far as it is planned; nil where the group is not.
    func situation(of name: ObjectName, settings: OperatorSettings) -> GroupSituation? {
        guard !undecodable.contains(name) else {
            // What it asks for is what it was when it could be decoded, so that nothing else tells that it can be again.
            if case .present = copies.presence(of: name) { inbox.add(group: name) }
            return nil
        }
        guard let entry = entries[name], !unplanned.contains(name) else { return nil }
        let planning: GroupPlanning
        if let problems = entry.problems {
            planning = .unreadable(problems)
        } else {
            let services = (remarks[name] ?? [:]).values.sorted { $0.name < $1.name }
            planning = .planned(
                .init(
                    routers: planner.routers(of: name), ledger: planner.ledger(of: name),
                    availableRouterIDs: planner.availableRouterIDs(of: name), nodeCount: planner.nodeCount(of: name),
                    problems: planner.findings(on: .group(name)).map(\.problem), services: services))
        }
        var situation = GroupSituation(
            entry.group, inheritance: entry.inheritance, plan: planning,
            metricsPort: ports.ports[name.description] ?? MetricsPorts.first, settings: settings)
        situation.metricsPortRival = ports.conflicts[name.description]
        return situation
    }

    /// Has all groups looked at anew.
    func reviewAll() { entries.keys.forEach(loop.add) }

    /// What is true now, for metrics.
    var gauges: OperatorMetrics.Gauges {
        var gauges = OperatorMetrics.Gauges()
        gauges.groups = planner.groups.map { name in
            .init(
                namespace: name.namespace, name: name.name, virtualRouters: planner.routerCount(of: name),
                availableRouterIDs: planner.availableRouterIDs(of: name),
                usableRouterIDs: planner.usableRouterIDs(of: name))
        }
        gauges.services = services.count
        gauges.nodes = nodeCount
        gauges.waiting = loop.count
        return gauges
    }

    // MARK: What was kept

    /// Takes up what the virtual routers remember of earlier plans: who holds which address, and which node was first; and
    /// which groups were deleted a short time ago.
    private func restore() async {
        let memory = RouterMemory(copies.routers.all)
        planner.restore(holders: memory.holders)
        for (group, nodes) in memory.preferredNodes { planner.restore(preferredNodes: nodes, of: group) }
        let now = Timestamp.now.seconds
        planner.restore(departed: await departedGroups.recall(), now: now)
        // Of groups that are gone something may be left.
        for group in memory.preferredNodes.keys.sorted() where copies.presence(of: group) == .gone {
            let routers = copies.routers(of: group)
            planner.restore(departed: RouterMemory.departedGroups(leaving: routers, now: now), now: now)
            loop.add(group)
        }
    }

    // MARK: What changes

    private func takeIn(_ contents: Inbox.Contents) async {
        for name in contents.groups.sorted() { await takeIn(group: name) }
        for name in contents.services { takeIn(service: name) }
        if contents.hasNewNodes {
            let nodes = copies.nodes.all.map { VIPPlanning.Node($0) }
            nodeCount = nodes.count
            planner.set(nodes: nodes)
        }
        if !contents.groups.isEmpty { dealPorts() }
    }

    private func takeIn(group name: ObjectName) async {
        switch copies.presence(of: name) {
        case .present(let object): await takeIn(object)
        case .undecodable(let problem): takeIn(undecodable: name, problem)
        case .gone:
            entries[name] = nil
            foreignRouterEnds[name] = nil
            undecodable.remove(name)
            speaker.forget(.group(name))
            planner.remove(group: name)
            loop.add(name)
        }
    }

    /// Takes in that a group is there, and keeps what it has: its routers go on.
    private func takeIn(undecodable name: ObjectName, _ problem: String) {
        if undecodable.insert(name).inserted, entries[name] == nil { restoreLedger(of: name, status: nil) }
        planner.setUnreadable(group: name)
        logger.warning("KeepalivedGroup \(name) cannot be read, so that all it has stays: \(problem)")
        let bare = KeepalivedGroup(metadata: ObjectMeta(name: name.name, namespace: name.namespace))
        speaker.tell(entries[name]?.group ?? bare, .group(name), [Remark(reason: "InvalidSpec", message: problem)])
    }

    private func takeIn(_ object: KeepalivedGroup) async {
        let name = ObjectName(object.key)
        undecodable.remove(name)
        guard let inheritance = await inheritance(of: object) else {
            // Nothing of the group changes until it is known how its routers have to speak, and nobody gets what it has.
            if entries[name] == nil {
                restoreLedger(of: name, status: object.status)
                planner.setUnreadable(group: name)
            }
            let inbox = inbox
            Task {
                try? await Task.sleep(for: Self.patience)
                inbox.add(group: name)
            }
            return
        }
        var entry = Entry(group: object, inheritance: inheritance, problems: nil)
        do throws(FieldProblems) {
            try OperatorNames.check(object.metadata)
            var group = try AddressGroup(object, inheritedVersion: inheritance.version)
            group.foreignRouterIDs = foreignRouterIDs(of: name)
            planner.set(group)
        } catch {
            entry.problems = error
            planner.setUnreadable(group: name)
        }
        // Also of a group that comes later: it may come from a backup.
        if entries[name] == nil { restoreLedger(of: name, status: object.status) }
        entries[name] = entry
        unplanned.insert(name)
    }

    /// The identifiers that nodes of a group hear at present; looks again when that may have ended.
    private func foreignRouterIDs(of name: ObjectName) -> Set<VirtualRouterID> {
        let now = Timestamp.now.seconds
        let routers = copies.routers(of: name)
        foreignRouterEnds[name] = routers.compactMap { $0.foreignRoutersEnd(after: now) }.min()
        return Set(
            routers.flatMap { $0.foreignRouterIDs(at: now) }.compactMap(UInt8.init(exactly:)).compactMap(
                VirtualRouterID.init(rawValue:)))
    }

    /// Takes up the identifiers of a group that was not known before.
    private func restoreLedger(of name: ObjectName, status: KeepalivedGroup.Status?) {
        planner.restore(ledger: RouterMemory(copies.routers(of: name)).ledger(of: name, status: status), of: name)
    }

    /// Whose a group was before; nil where nobody can say at present.
    private func inheritance(of object: KeepalivedGroup) async -> Inheritance? {
        let name = ObjectName(object.key)
        if let entry = entries[name], entry.group.metadata.uid == object.metadata.uid {
            return entry.inheritance.after(object.spec)
        }
        if let inheritance = Inheritance(object.status) { return inheritance.after(object.spec) }
        do {
            let sets = DaemonSet.resourceType.objects(inside: object.metadata.namespace)
            return Inheritance(pods: try await client.find(object.metadata.name, in: sets)).after(object.spec)
        } catch {
            logger.warning("whose KeepalivedGroup \(name) was before is not known yet: \(error)")
            return nil
        }
    }

    private func takeIn(service name: ObjectName) {
        guard let object = copies.services[name.key],
            let annotation = object.metadata.annotations[ContractNames.groupAnnotation]
        else {
            guard services.removeValue(forKey: name) != nil else { return }
            planner.remove(service: name)
            groupOfService[name] = nil
            if copies.services[name.key] == nil { speaker.forget(.service(name)) }
            return
        }
        let options = ServiceOptions(object.metadata.annotations[ContractNames.verbatimAnnotation])
        planner.set(VIPPlanning.Service(object, options))
        groupOfService[name] = ObjectName(annotation)
        services[name] = options.refusals
    }

    private func dealPorts() {
        let wishes = entries.map { name, entry in
            MetricsPorts.Wish(
                group: name.description, nodeSelector: entry.group.spec?.nodeSelector ?? [:],
                wanted: entry.group.spec?.metricsPort,
                former: ports.ports[name.description] ?? entry.group.status?.metricsPort)
        }
        let former = ports
        ports = MetricsPorts(wishes)
        for name in entries.keys
        where former.ports[name.description] != ports.ports[name.description]
            || former.conflicts[name.description] != ports.conflicts[name.description]
        {
            loop.add(name)
        }
    }

    // MARK: Planning

    private func plan(_ contents: Inbox.Contents) {
        let start = ContinuousClock.now
        let changes = planner.plan(now: Timestamp.now.seconds)
        metrics.planned(in: start.duration(to: .now))
        unplanned = []
        departedGroups.keep(planner.departedGroups)
        changes.groups.forEach(loop.add)
        update(countsOf: changes.counts)
        for subject in changes.subjects {
            switch subject {
            case .group(let name): tell(group: name)
            case .service(let name): tell(service: name)
            }
        }
        for name in contents.groups where !changes.subjects.contains(.group(name)) { tell(group: name) }
        for name in contents.services where !changes.subjects.contains(.service(name)) { tell(service: name) }
        setAlarm()
    }

    /// Has groups looked at whose number of free identifiers is another one, all of some time together: one more router
    /// changes the number of every group on its links.
    private func update(countsOf groups: Set<ObjectName>) {
        outdatedCounts.formUnion(groups)
        guard countUpdate == nil, !outdatedCounts.isEmpty else { return }
        countUpdate = Task { [countDelay] in
            guard (try? await Task.sleep(for: countDelay)) != nil else { return }
            outdatedCounts.forEach(loop.add)
            outdatedCounts = []
            countUpdate = nil
        }
    }

    private func tell(group name: ObjectName) {
        loop.add(name)
        guard let entry = entries[name], !undecodable.contains(name) else { return }
        var remarks = planner.findings(on: .group(name)).map { Remark($0.problem) }
        if let problems = entry.problems { remarks.append(Remark(reason: "InvalidSpec", message: "\(problems)")) }
        remarks += GroupOptions(entry.group.spec?.verbatimConfig ?? [:]).refusals.map { Remark($0) }
        remarks += FieldWithoutEffect.all(of: entry.group, entry.inheritance).map { Remark($0) }
        if let image = NodeImage(of: entry.group, entry.inheritance).remark { remarks.append(image) }
        speaker.tell(entry.group, .group(name), remarks)
    }

    private func tell(service name: ObjectName) {
        let refusals = services[name] ?? []
        let said = ServiceRemarks(
            name, problems: planner.findings(on: .service(name)).map(\.problem), refusals: refusals)
        let group = said.remarks.isEmpty ? nil : groupOfService[name]
        if let former = groupOfRemarks[name], former != group {
            remarks[former]?[name] = nil
            loop.add(former)
        }
        groupOfRemarks[name] = group
        if let group, remarks[group]?[name] != said {
            remarks[group, default: [:]][name] = said
            loop.add(group)
        }
        if let object = copies.services[name.key] { speaker.tell(object, .service(name), said.remarks) }
    }

    /// Looks again when an identifier is free again, for somebody may wait for it.
    private func setAlarm() {
        let deadline = [planner.nextDeadline, foreignRouterEnds.values.min()].compactMap(\.self).min()
        guard deadline != alarm?.second else { return }
        alarm?.task.cancel()
        alarm = deadline.map { second in
            let task = Task {
                let wait = Duration.microseconds(Timestamp(seconds: second).microseconds - Timestamp.now.microseconds)
                guard (try? await Task.sleep(for: max(wait, .milliseconds(10)))) != nil else { return }
                ring()
            }
            return (second, task)
        }
    }

    /// Looks again at what may have ended: identifiers that rested, and what nodes have heard.
    private func ring() {
        // Also one that rings early, for the clock was set back, is over.
        alarm = nil
        let now = Timestamp.now.seconds
        for (name, end) in foreignRouterEnds where end <= now {
            foreignRouterEnds[name] = nil
            inbox.add(group: name)
        }
        inbox.wake()
    }
}
