import ControlProtocol
import EngineMetrics
import Telemetry
import Testing

@Suite("What promtool says about the metrics", .enabled(if: Tool.promtool.isInstalled, "promtool is not installed"))
struct MetricsTextTests {
    private func families() throws -> [MetricFamily] {
        var node = try SampleNode()
        node.pass(4, hearing: [1, 2, 77])
        node.pass(6, hearing: [2])
        let controlPlane = ControlPlaneReport(
            connection: .init(isUp: true, lastContact: WallTime(millisecondsSinceEpoch: 1_796_000_000_000)))
        return EngineMetrics.families(of: node.report(controlPlane: controlPlane))
    }

    @Test("The project's own metrics pass every check")
    func own() async throws {
        let own = try families().filter { $0.name.hasPrefix("vrrp_") }
        for families in [own + ServedFamilies.ofAgent, await ServedFamilies.ofOperator()] {
            let text = Exposition.text(of: families)
            let result = try await Tool.promtool.run(["check", "metrics"], input: text)
            #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
        }
    }

    @Test("The established ones pass as well, but for the names that they are known by")
    func established() async throws {
        let text = Exposition.text(of: try families())
        let result = try await Tool.promtool.run(["check", "metrics"], input: text)
        let complaints = result.output.split(separator: "\n").filter {
            !($0.hasPrefix("keepalived_vrrp_") && $0.hasSuffix(" counter metrics should have \"_total\" suffix"))
        }
        #expect(complaints.isEmpty)
    }
}
