import NodeAgent
import Telemetry

/// The metrics of the agent itself.
struct AgentFamilies {
    /// The generation of the definitions that were written.
    var generation: Int64
    /// How many virtual routers they have.
    var virtualRouters: Int
    var counts: AgentCounts
    var obstacles: [NodeDefinitions.Obstacle]
    /// Whether the node has endpoints, by the name of what is tracked; nil where nobody could say.
    var endpoints: [String: Bool?]
    /// What the source knows beside virtual routers; nil where others tell of that.
    var insight: SourceInsight?

    var families: [MetricFamily] {
        func single(_ name: String, _ help: String, _ kind: MetricKind, _ value: Double) -> MetricFamily {
            var family = MetricFamily("vrrp_agent_\(name)", help: help, kind: kind)
            family.set(value)
            return family
        }
        var obstacleFamily = MetricFamily(
            "vrrp_agent_obstacle", help: "Something keeps a virtual router of this node from being what is planned",
            kind: .gauge)
        for obstacle in obstacles {
            obstacleFamily.set(
                1, labels: ["name": obstacle.definition ?? obstacle.router, "reason": obstacle.reason.name])
        }
        var endpointFamily = MetricFamily(
            "vrrp_agent_local_endpoints", help: "Whether the node has endpoints of a Service with a local policy",
            kind: .gauge)
        for (name, finding) in endpoints { endpointFamily.set(finding == true ? 1 : 0, labels: ["name": name]) }
        return [
            single(
                "definitions_generation", "Generation of the definitions that were written", .gauge, Double(generation)),
            single("virtual_routers", "Virtual routers in the definitions", .gauge, Double(virtualRouters)),
            single("definitions_written_total", "Times that definitions were written", .counter, Double(counts.writes)),
            single(
                "definitions_write_failures_total", "Times that definitions could not be written", .counter,
                Double(counts.writesFailed)),
            single(
                "reloads_total", "Times that vrrpd has read definitions when asked", .counter, Double(counts.reloads)),
            obstacleFamily, endpointFamily,
        ] + (insight.map(sourceFamilies) ?? [])
    }

    private func sourceFamilies(_ insight: SourceInsight) -> [MetricFamily] {
        var findings = MetricFamily(
            "vrrp_agent_manifest_findings",
            help:
                "What is wrong with manifests of the folder: errors have no effect, warnings may not have the one meant",
            kind: .gauge)
        for severity in SourceInsight.Severity.allCases {
            findings.set(Double(insight.findings[severity] ?? 0), labels: ["severity": severity.rawValue])
        }
        return [findings] + RouterIDHeadroom.families(of: insight.headroom)
    }
}
