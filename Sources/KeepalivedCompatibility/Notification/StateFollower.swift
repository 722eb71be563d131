import VRRP
public import VRRPEngine

/// Follows the reports of the engine and tells what they mean in keepalived's terms. A value without clock or I/O.
///
/// keepalived has a state for what cannot take part and one for what has ended, it knows the states of groups, and it has
/// rules about what is told twice.
public struct StateFollower: Sendable {
    private struct Instance {
        var identity: InstanceNotification.Identity
        var tellsDeletion: Bool
        var priority: Priority
        /// The state that was told last; nil before the first.
        var state: KeepalivedState?
        /// Whether the engine has it in Initialize.
        var isIdle = true
        var faults: [RouterFault] = []
        /// Whether anything has kept it from starting.
        var hasWaited = false
        /// Whether it hands over, so that its end comes later than its last transition.
        var isHandingOver = false
        /// Whether a reload is about to remove it.
        var isDeparting = false
    }

    private struct Group {
        var members: [String]
        /// The state of all of its members; nil before the first.
        var state: KeepalivedState?
        /// The state that its members are following one of them into.
        var followed: KeepalivedState?
    }

    private var definitions: NotificationDefinitions
    private var instances: [String: Instance] = [:]
    private var groups: [String: Group] = [:]
    private var groupOfMember: [String: String] = [:]
    private var scriptsWithoutState: Set<String>
    /// Instances that are about to be removed by a reload, in their order; nil when none is under way.
    private var departing: [String]?
    private var isStopping = false

    /// Follows what the definitions name, from before its start.
    public init(_ definitions: NotificationDefinitions) {
        self.definitions = definitions
        scriptsWithoutState = definitions.scriptsWithoutInitialState
        adopt(definitions, keeping: [:], by: InstanceIdentities(of: [], and: []), [:])
    }

    private mutating func adopt(
        _ new: NotificationDefinitions, keeping old: [InstanceIdentities.Key: Instance],
        by identities: InstanceIdentities, _ oldGroups: [String: Group]
    ) {
        instances = [:]
        for notification in new.instances {
            var instance =
                old[identities.key(of: notification)]
                ?? Instance(
                    identity: notification.identity, tellsDeletion: notification.tellsDeletion,
                    priority: notification.priority)
            instance.tellsDeletion = notification.tellsDeletion
            instances[notification.name] = instance
        }
        groups = [:]
        groupOfMember = [:]
        for group in new.groups {
            groups[group.name] = Group(
                members: group.members, state: oldGroups[group.name]?.state,
                followed: oldGroups[group.name]?.followed)
            for member in group.members { groupOfMember[member] = group.name }
        }
    }

    /// The states at the moment: of all groups and instances that have one, in the order of the file.
    public var states: [StateOccurrence] {
        definitions.instances.compactMap { notification in
            guard let instance = instances[notification.name], let state = instance.state else { return nil }
            return .entered(
                instance: notification.name, state, priority: instance.priority, isInitial: false, isShared: false)
        }
            + definitions.groups.compactMap { group in
                groups[group.name]?.state.map { .groupEntered(group: group.name, $0) }
            }
    }
}

// MARK: - What the engine reports

extension StateFollower {
    /// What a report of the engine means.
    public mutating func take(_ report: Report) -> [StateOccurrence] {
        guard let name = report.router, instances[name] != nil else { return [] }
        switch report {
        case .transition(_, let change, let priority):
            if !isStopping { instances[name]?.priority = priority }
            instances[name]?.isIdle = change.to == .initialize
            switch change.to {
            case .active: return enter(.master, name)
            case .backup: return enter(.backup, name)
            case .initialize: return leave(name)
            }
        case .faults(_, let faults):
            instances[name]?.faults = faults
            if !faults.isEmpty { instances[name]?.hasWaited = true }
            // An instance that takes part leaves next, which is told then.
            guard instances[name]?.isIdle == true, !isStopping else { return [] }
            // Members wait for each other, and what one waits for may be known only now.
            let members = groupOfMember[name].flatMap { groups[$0]?.members } ?? [name]
            return members.flatMap { instances[$0]?.isIdle == true ? enterFault($0) : [] }
        case .priorityChanged(_, let old, let new):
            instances[name]?.priority = new
            // What a reload says is known to who wrote it.
            guard departing == nil else { return [] }
            let isMaster = instances[name]?.state == .master
            return [.priorityChanged(instance: name, from: old, to: new, isMaster: isMaster)]
        case .contestWon(_, let priority):
            return [.heardLowerPriority(instance: name, priority: priority)]
        case .handOver(_, .left):
            return stop(name)
        case .handOver:
            instances[name]?.isHandingOver = true
            return []
        case .discarded, .warned, .conflict, .addressClaimed, .addressRestored, .addressRefused, .routingRestored,
            .routingRefused, .strayRemoved, .leftoverRemoved, .unknownRouter:
            return []
        }
    }

    /// What the first result of a script means: instances may have waited for it alone, which is no fault until it is bad.
    public mutating func take(resultOf trackedName: String, isGood: Bool) -> [StateOccurrence] {
        guard scriptsWithoutState.remove(trackedName) != nil, !isGood, !isStopping else { return [] }
        return definitions.instances.flatMap { notification in
            instances[notification.name]?.isIdle == true ? enterFault(notification.name) : []
        }
    }

    /// The engine no longer lets an instance take part.
    private mutating func leave(_ name: String) -> [StateOccurrence] {
        if isStopping { return instances[name]?.isHandingOver == true ? [] : stop(name) }
        if instances[name]?.isDeparting == true { return delete(name) }
        // Without a known fault it starts again at once: its interface is another one now, or a reload has changed it.
        return instances[name]?.faults.isEmpty == true ? enter(.fault, name) : enterFault(name)
    }

    /// An instance is kept from taking part, unless all that it waits for is the first result of scripts.
    private mutating func enterFault(_ name: String) -> [StateOccurrence] {
        guard let instance = instances[name], !instance.faults.isEmpty, instance.state != .fault else { return [] }
        let isWaiting = instance.state == nil && instance.faults.allSatisfy { isUndecided($0, of: name) }
        return isWaiting ? [] : enter(.fault, name)
    }

    private func isUndecided(_ fault: RouterFault, of name: String) -> Bool {
        switch fault {
        case .trackedObject(.external(let object)): scriptsWithoutState.contains(object)
        case .groupMember(let member):
            // Members look at each other: only their own faults count.
            instances[member]?.faults.allSatisfy { fault in
                if case .trackedObject(.external(let object)) = fault { return scriptsWithoutState.contains(object) }
                if case .groupMember = fault { return true }
                return false
            } ?? false
        default: false
        }
    }

    private mutating func enter(_ state: KeepalivedState, _ name: String) -> [StateOccurrence] {
        guard let instance = instances[name], instance.state != state else { return [] }
        let wasTold = instance.state != nil
        let isInitial = !wasTold && !instance.hasWaited
        instances[name]?.state = state
        let group = groupOfMember[name]
        let isShared = wasTold && group.flatMap { groups[$0]?.state } == state
        let entered = StateOccurrence.entered(
            instance: name, state, priority: instance.priority, isInitial: isInitial, isShared: isShared)
        guard let group else { return [entered] }
        return follow(group, into: state, entered, isInitial: isInitial)
    }

    /// What the state of a member means for its group: the others follow, and then the group is in that state. At the
    /// start the group comes first.
    private mutating func follow(
        _ name: String, into state: KeepalivedState, _ entered: StateOccurrence, isInitial: Bool
    ) -> [StateOccurrence] {
        guard let group = groups[name], group.state != state else { return [entered] }
        if group.state == nil, isInitial {
            groups[name]?.state = state
            groups[name]?.followed = state
            return [.groupEntered(group: name, state), entered]
        }
        var occurrences = [entered]
        if group.followed != state {
            groups[name]?.followed = state
            if group.members.count > 1 { occurrences.append(.following(group: name, state)) }
        }
        if group.members.allSatisfy({ instances[$0]?.state == state }) {
            groups[name]?.state = state
            occurrences.append(.groupEntered(group: name, state))
        }
        return occurrences
    }
}

// MARK: - Reload and end

extension StateFollower {
    /// Takes new definitions, before the engine does.
    public mutating func beginReload(_ new: NotificationDefinitions) {
        let identities = InstanceIdentities(of: definitions.instances, and: new.instances)
        let kept = Dictionary(
            instances.map { (identities.key(of: $1.identity, named: $0), $1) }
        ) { $0.isDeparting ? $1 : $0 }
        let staying = Set(new.instances.map { identities.key(of: $0) })
        let leaving = definitions.instances.filter { !staying.contains(identities.key(of: $0)) }
        let old = instances
        scriptsWithoutState = []
        adopt(new, keeping: kept, by: identities, groups)
        departing = (departing ?? []) + leaving.map(\.name)
        // An instance of the same name takes the place of one that leaves: the reports of both are told of the new one.
        for gone in leaving where instances[gone.name] == nil {
            instances[gone.name] = old[gone.name]
            instances[gone.name]?.isDeparting = true
        }
        definitions = new
    }

    /// Ends a reload: says goodbye to what was removed without having taken part.
    public mutating func finishReload() -> [StateOccurrence] {
        defer { departing = nil }
        var occurrences: [StateOccurrence] = []
        let names = Set(definitions.instances.map(\.name))
        for name in departing ?? [] where !names.contains(name) {
            occurrences += delete(name)
            instances[name] = nil
        }
        return occurrences
    }

    private mutating func delete(_ name: String) -> [StateOccurrence] {
        guard let instance = instances[name], let state = instance.state else { return [] }
        let new: KeepalivedState = instance.tellsDeletion ? .deleted : .fault
        guard state != new else { return [] }
        instances[name]?.state = new
        return [.removed(instance: name, as: new, priority: instance.priority)]
    }

    /// The program is about to end: what leaves from now on has stopped.
    public mutating func beginStop() { isStopping = true }

    /// Everything has ended.
    public mutating func finishStop() -> [StateOccurrence] {
        isStopping = true
        let members = definitions.instances.flatMap { stop($0.name) }
        let stopped = definitions.groups.filter { groups[$0.name]?.state != .stop }
        for group in stopped { groups[group.name]?.state = .stop }
        return members + stopped.map { .groupEntered(group: $0.name, .stop) }
    }

    private mutating func stop(_ name: String) -> [StateOccurrence] {
        guard let instance = instances[name], instance.state != .stop else { return [] }
        instances[name]?.state = .stop
        return [
            .entered(instance: name, .stop, priority: instance.priority, isInitial: false, isShared: false)
        ]
    }
}
