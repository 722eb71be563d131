import Foundation
import Testing
import Yams

/// A rule of the files that come with the project.
struct ShippedRule: Decodable {
    struct File: Decodable {
        struct Group: Decodable { var rules: [ShippedRule] }

        var groups: [Group]
    }

    var alert: String?
    var record: String?
    var expr: String

    static func rules(_ file: String) throws -> [ShippedRule] {
        let text = try Repository.text("deploy/observability/\(file)")
        return try YAMLDecoder().decode(File.self, from: text).groups.flatMap(\.rules)
    }

    /// The names that recording rules give.
    static func recorded() throws -> Set<String> { Set(try rules("recording-rules.yaml").compactMap(\.record)) }
}

@Suite("The rules that come with the project")
struct RuleTests {
    @Test("They use metrics and labels that exist", arguments: ["alerts.yaml", "recording-rules.yaml"])
    func names(file: String) async throws {
        let names = await MetricNames()
        let recorded = try ShippedRule.recorded()
        let rules = try ShippedRule.rules(file)
        #expect(!rules.isEmpty)
        for rule in rules {
            #expect(!MetricNames.selectors(in: rule.expr).isEmpty, "\(rule.expr)")
            let problems = names.problems(in: rule.expr, recorded: recorded)
            #expect(problems.isEmpty, "\(rule.alert ?? rule.record ?? ""): \(problems)")
        }
    }

    @Test("A name that does not exist is found")
    func wrongNames() async {
        let names = await MetricNames()
        #expect(names.problems(in: "vrrp_stat == 1", recorded: []) == ["there is no metric vrrp_stat"])
        #expect(
            names.problems(in: "rate(vrrp_state{instance=\"a\",status=\"x\"}[5m])", recorded: [])
                == ["vrrp_state has no label status"])
    }

    @Test(
        "Prometheus takes them, and its tests of them pass",
        .enabled(if: Tool.promtool.isInstalled, "promtool is not installed"))
    func promtool() async throws {
        let folder = Repository.root.appendingPathComponent("deploy/observability").path
        let check = try await Tool.promtool.run(
            ["check", "rules", "\(folder)/alerts.yaml", "\(folder)/recording-rules.yaml"])
        #expect(check.status == 0, "\(check.output)")
        let test = try await Tool.promtool.run(["test", "rules", "\(folder)/alerts-test.yaml"])
        #expect(test.status == 0, "\(test.output)")
    }

    @Test("Every alert has a test")
    func coverage() throws {
        let tests = try Repository.text("deploy/observability/alerts-test.yaml")
        for alert in try ShippedRule.rules("alerts.yaml").compactMap(\.alert) {
            #expect(tests.contains("alertname: \(alert)\n"), "\(alert)")
        }
    }
}
