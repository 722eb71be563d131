import VIPPlanning
import VRRPSimulation

extension ClusterState {
    /// Tells a planner what has changed since another state, in any order, and some of it twice.
    func tell(_ planner: inout Planner, since former: ClusterState, _ random: inout SplitMix64) {
        var news: [(inout Planner) -> Void] = []
        let formerServices = Dictionary(uniqueKeysWithValues: former.services.map { ($0.name, $0) })
        let services = Dictionary(uniqueKeysWithValues: services.map { ($0.name, $0) })
        for name in RandomCluster.names {
            if services[name] != formerServices[name] || random.chance(5) {
                let isNoisy = random.chance(20)
                news.append { planner in
                    if isNoisy, let other = formerServices[name] ?? services[name] { planner.set(other) }
                    if isNoisy || services[name] == nil { planner.remove(service: name) }
                    if let service = services[name] { planner.set(service) }
                }
            }
            let standing = standing(of: name)
            if standing != former.standing(of: name) || random.chance(5) {
                let isNoisy = random.chance(20)
                news.append { planner in
                    if isNoisy { planner.remove(group: name) }
                    switch standing {
                    case .absent: planner.remove(group: name)
                    case .readable(let group): planner.set(group)
                    case .unreadable(let last):
                        if let last { planner.set(last) } else { planner.remove(group: name) }
                        planner.setUnreadable(group: name)
                    }
                }
            }
        }
        if nodes != former.nodes || random.chance(20) {
            let nodes = nodes.shuffled(using: &random)
            news.append { $0.set(nodes: nodes) }
        }
        for tell in news.shuffled(using: &random) { tell(&planner) }
    }
}

extension Plan {
    /// What is different from an earlier plan.
    func changes(since before: Plan, _ state: ClusterState, _ former: ClusterState) -> Changes {
        var changes = Changes()
        for name in RandomCluster.names {
            if findings.filter({ $0.subject == .group(name) }) != before.findings.filter({ $0.subject == .group(name) })
            {
                changes.subjects.insert(.group(name))
            }
            if problems(of: name) != before.problems(of: name) { changes.subjects.insert(.service(name)) }
            if case .unreadable = state.standing(of: name) { continue }
            let isSame =
                isThere(name, state) == isThere(name, former)
                && routers.filter { $0.group == name } == before.routers.filter { $0.group == name }
                && ledgers[name] == before.ledgers[name] && nodeCounts[name] == before.nodeCounts[name]
            if !isSame {
                changes.groups.insert(name)
            } else if availableRouterIDs[name] != before.availableRouterIDs[name] {
                changes.counts.insert(name)
            }
        }
        return changes
    }

    /// Whether a group exists, and can be read.
    private func isThere(_ group: ObjectName, _ state: ClusterState) -> Bool? {
        switch state.standing(of: group) {
        case .absent: nil
        case .readable: true
        case .unreadable: false
        }
    }
}
