import Foundation
import JSONDocument
import Testing

/// The dashboard that comes with the project.
enum Dashboard {
    /// A query with the title of its panel; what Grafana puts in for variables is put in.
    static func queries() throws -> [(panel: String, expression: String)] {
        let text = try Repository.text("deploy/observability/dashboard.json")
        let reader = JSONReader(try JSONNode.parse(Array(text.utf8)))
        return try reader.member("panels").elements().flatMap { panel in
            let title = try panel.member("title").string()
            return try (panel.optionalMember("targets")?.elements() ?? []).map { target in
                let expression = try target.member("expr").string()
                return (
                    title,
                    expression.replacing("$instance", with: ".*").replacing("$__rate_interval", with: "1m")
                )
            }
        }
    }
}

@Suite("The dashboard that comes with the project")
struct DashboardTests {
    @Test("Every query uses metrics and labels that exist")
    func names() async throws {
        let names = await MetricNames()
        let recorded = try ShippedRule.recorded()
        let queries = try Dashboard.queries()
        #expect(queries.count > 20)
        for query in queries {
            #expect(!MetricNames.selectors(in: query.expression).isEmpty, "\(query)")
            let problems = names.problems(in: query.expression, recorded: recorded)
            #expect(problems.isEmpty, "\(query.panel): \(problems)")
        }
    }

    @Test(
        "Prometheus understands every query",
        .enabled(if: Tool.promtool.isInstalled, "promtool is not installed"))
    func syntax() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let rules = try Dashboard.queries().enumerated().map { number, query in
            "{\"record\":\"q:\(number)\",\"expr\":\(JSONValue.string(query.expression).text())}"
        }
        try folder.write("rules.json", "{\"groups\":[{\"name\":\"q\",\"rules\":[\(rules.joined(separator: ","))]}]}")
        let check = try await Tool.promtool.run(["check", "rules", folder.url("rules.json").path])
        #expect(check.status == 0, "\(check.output)")
    }
}
