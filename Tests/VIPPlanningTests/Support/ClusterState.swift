import VIPPlanning
import VRRP

/// A cluster, and what was kept of earlier plans.
struct ClusterState {
    /// The groups as they are, or were when they could be read.
    var groups: [AddressGroup] = []
    /// Groups that cannot be read.
    var unreadable: Set<ObjectName> = []
    var services: [Service] = []
    var nodes: [Node] = []
    var ledgers: [ObjectName: RouterIDLedger] = [:]
    var holders: [IPAddress: AddressHolder] = [:]
    var preferredNodes: [ObjectName: [String: String]] = [:]
    /// The time, in seconds since 1970.
    var now: Int64 = 1_000_000

    /// A planner that is told everything at once, and has not planned yet.
    func planner() -> Planner {
        var planner = Planner()
        for (group, ledger) in ledgers { planner.restore(ledger: ledger, of: group) }
        for (group, nodes) in preferredNodes { planner.restore(preferredNodes: nodes, of: group) }
        planner.restore(holders: holders)
        planner.set(nodes: nodes)
        for service in services { planner.set(service) }
        for group in groups { planner.set(group) }
        for group in unreadable { planner.setUnreadable(group: group) }
        return planner
    }

    /// The plan of a planner that is told everything at once.
    func plan() -> Plan {
        var planner = planner()
        _ = planner.plan(now: now)
        return Plan(planner, of: self)
    }

    /// The plan of a planner that is told everything of an earlier state at once, with what was kept of the plan of then, and
    /// after that everything of this one.
    func plan(after former: ClusterState, _ before: Plan, names: [ObjectName]) -> Plan {
        var former = former
        former.keep(before)
        var planner = former.planner()
        _ = planner.plan(now: former.now)
        planner.restore(departed: before.departed, now: former.now)
        planner.set(nodes: nodes)
        for name in names {
            planner.remove(service: name)
            planner.remove(group: name)
        }
        for service in services { planner.set(service) }
        for group in groups { planner.set(group) }
        for group in unreadable { planner.setUnreadable(group: group) }
        _ = planner.plan(now: now)
        return Plan(planner, of: self, and: names)
    }

    /// Remembers what the next plan goes by.
    mutating func keep(_ plan: Plan) {
        ledgers = plan.ledgers
        holders = plan.holders
        preferredNodes = plan.preferredNodes
    }

    /// What the cluster has of a group.
    func standing(of group: ObjectName) -> Standing {
        let known = groups.first { $0.name == group }
        if unreadable.contains(group) { return .unreadable(known) }
        return known.map { .readable($0) } ?? .absent
    }

    enum Standing: Hashable {
        case absent
        case readable(AddressGroup)
        case unreadable(AddressGroup?)
    }
}
