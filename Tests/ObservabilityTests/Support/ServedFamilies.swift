import NodeAgent
import Telemetry
import VIPPlanning

@testable import GroupOperatorService
@testable import NodeAgentService

/// What the programs of the cluster serve of themselves, something of each family.
enum ServedFamilies {
    /// `vrrp-agent`, what it tells of vrrpd not included.
    static let ofAgent: [MetricFamily] = {
        let obstacle = NodeDefinitions.Obstacle(router: "a", definition: nil, reason: .optionsRefused)
        return AgentFamilies(
            generation: 1, virtualRouters: 1, counts: AgentCounts(), obstacles: [obstacle], endpoints: ["a": true],
            insight: SourceInsight(headroom: [RouterIDHeadroom(segment: "a/b", free: 1, usable: 255)])
        ).families
    }()

    /// `vrrp-operator` while it leads, with a group.
    static func ofOperator() async -> [MetricFamily] {
        let metrics = OperatorMetrics()
        metrics.begin {
            var gauges = OperatorMetrics.Gauges()
            gauges.groups = [
                .init(namespace: "a", name: "b", virtualRouters: 1, availableRouterIDs: 254, usableRouterIDs: 255)
            ]
            return gauges
        }
        return await metrics.families()
    }
}

extension MetricFamily {
    /// What is known of the family without its values, the labels as they are used.
    var description: MetricDescription {
        let names = samples.map { Set($0.labels.names + $0.further.names) }
        return MetricDescription(name, kind, labels: Set(names.joined()).sorted(), help: help)
    }
}
