import NodeAgent
import Telemetry
import VIPPlanning

@testable import GroupOperatorService
@testable import NodeAgentService

/// What the programs of the cluster serve of themselves, found out by letting them serve something of each family.
enum ServedFamilies {
    /// `vrrp-agent`, what it tells of vrrpd not included.
    static let ofAgent: [MetricDescription] = {
        let obstacle = NodeDefinitions.Obstacle(router: "a", definition: nil, reason: .optionsRefused)
        return descriptions(
            AgentFamilies(
                generation: 1, virtualRouters: 1, counts: AgentCounts(), obstacles: [obstacle], endpoints: ["a": true]
            ).families)
    }()

    /// `vrrp-operator` while it leads, with a group.
    static func ofOperator() async -> [MetricDescription] {
        let metrics = OperatorMetrics()
        metrics.wrote("VirtualRouter", "apply", isSuccess: true)
        metrics.begin {
            var gauges = OperatorMetrics.Gauges()
            gauges.groups = [
                .init(namespace: "a", name: "b", virtualRouters: 1, availableRouterIDs: 254, usableRouterIDs: 255)
            ]
            return gauges
        }
        return descriptions(await metrics.families())
    }

    private static func descriptions(_ families: [MetricFamily]) -> [MetricDescription] {
        families.map { family in
            let names = family.samples.map { Set($0.labels.names + $0.further.names) }
            return MetricDescription(
                family.name, family.kind, labels: Set(names.joined()).sorted(), help: family.help)
        }
    }
}
