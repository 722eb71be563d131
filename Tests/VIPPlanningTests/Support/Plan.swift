import VIPPlanning
import VRRP

/// Everything that a planner says.
struct Plan: Hashable {
    var groups: [ObjectName]
    var routers: [PlannedRouter]
    var ledgers: [ObjectName: RouterIDLedger]
    var findings: [Finding]
    var nodeCounts: [ObjectName: Int]
    var availableRouterIDs: [ObjectName: Int]
    var holders: [IPAddress: AddressHolder]
    var preferredNodes: [ObjectName: [String: String]]
    var nextDeadline: Int64?
    var departed: [DepartedGroup]

    /// - Parameter names: Groups and Services that the planner is asked about besides those of the cluster.
    init(_ planner: Planner, of state: ClusterState, and names: [ObjectName] = []) {
        let groups = Set(state.groups.map(\.name)).union(state.unreadable).union(names).sorted()
        let services = Set(state.services.map(\.name)).union(names).sorted()
        func ofGroups<Value>(_ value: (ObjectName) -> Value?) -> [ObjectName: Value] {
            Dictionary(uniqueKeysWithValues: groups.compactMap { group in value(group).map { (group, $0) } })
        }
        self.groups = planner.groups
        routers = groups.flatMap { planner.routers(of: $0) }
        ledgers = ofGroups { planner.ledger(of: $0).ifNot(RouterIDLedger()) }
        findings =
            groups.flatMap { planner.findings(on: .group($0)) }
            + services.flatMap { planner.findings(on: .service($0)) }
        nodeCounts = ofGroups { planner.nodeCount(of: $0).ifNot(0) }
        availableRouterIDs = ofGroups { planner.availableRouterIDs(of: $0).ifNot(0) }
        holders = planner.holders
        preferredNodes = ofGroups { planner.preferredNodes(of: $0).ifNot([:]) }
        nextDeadline = planner.nextDeadline
        departed = planner.departedGroups
    }

    /// The router of a key; of the first family where there are two.
    func router(_ key: String) -> PlannedRouter? { routers.first { $0.key == key } }

    /// The problems of a Service.
    func problems(of service: ObjectName) -> [Finding.Problem] {
        findings.filter { $0.subject == .service(service) }.map(\.problem)
    }

    /// The problems of a group.
    func problems(of group: AddressGroup) -> [Finding.Problem] {
        findings.filter { $0.subject == .group(group.name) }.map(\.problem)
    }

    /// How many routers each node has the best claim to.
    var load: [String: Int] {
        Dictionary(grouping: routers) { $0.members[0].node }.mapValues { Set($0.map(\.key)).count }
    }
}

extension Equatable {
    /// The value, unless it is one that says nothing.
    fileprivate func ifNot(_ nothing: Self) -> Self? { self == nothing ? nil : self }
}
