import GroupOperator
import Telemetry
import Testing

@testable import GroupOperatorService

@Suite("The operator's counters")
struct OperatorCounterTests {
    private func samples(_ metrics: OperatorMetrics, _ name: String) async -> [MetricSample] {
        await metrics.families().first { $0.name == name }?.samples ?? []
    }

    @Test("Each write that can be is counted from zero, and each result of looking at a group")
    func zeros() async {
        let metrics = OperatorMetrics()
        let writes = await samples(metrics, "vrrp_operator_writes_total")
        // What a group writes, and its own status, each with both results.
        #expect(writes.count == 2 * (GroupWrite.paths.count + 1))
        #expect(writes.allSatisfy { $0.value == .number(0) })
        let reconciles = await samples(metrics, "vrrp_operator_reconciles_total")
        #expect(reconciles.count == 2 && reconciles.allSatisfy { $0.value == .number(0) })
    }

    @Test("A write counts in one of these series")
    func counting() async {
        let metrics = OperatorMetrics()
        let before = await samples(metrics, "vrrp_operator_writes_total").count
        for path in GroupWrite.paths { metrics.wrote(path.kind, path.verb, isSuccess: false) }
        let writes = await samples(metrics, "vrrp_operator_writes_total")
        #expect(writes.count == before)
        #expect(writes.filter { $0.value == .number(1) }.count == GroupWrite.paths.count)
        let failed: MetricLabels = ["kind": "DaemonSet", "result": "failure", "verb": "apply"]
        #expect(writes.contains { $0.labels == failed && $0.value == .number(1) })
    }
}
