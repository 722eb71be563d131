import Foundation
import Telemetry
import Testing

@Suite("docs/metrics.md")
struct MetricsPageTests {
    /// `make metrics-page` writes the page anew.
    @Test("It lists every metric with its type, labels and meaning")
    func page() async throws {
        let page = Self.text(await MetricNames())
        if ProcessInfo.processInfo.environment["VRRP_WRITE_DOCUMENTS"] == "yes" {
            try Data(page.utf8).write(to: Repository.root.appendingPathComponent("docs/metrics.md"))
        }
        let isCurrent = try Repository.text("docs/metrics.md") == page
        #expect(isCurrent, "docs/metrics.md is stale; `make metrics-page` writes it anew")
    }

    private static func text(_ names: MetricNames) -> String {
        var text = """
            # Metrics

            What `vrrp-agent` serves under `/metrics`, in Prometheus' text format or, for scrapers that ask for it, in OpenMetrics
            1.0; but for those of the operator, which `vrrp-operator` serves. On a host with a keepalived.conf and no agent
            `keepalived_exporter` [serves](keepalived.md#metrics) the same, but for the agent's own. The page is made from the
            programs by `make metrics-page`.

            Labels: `name` (`iname` in one family) is the name of the virtual router, `intf` its interface, `vrid` its router ID.
            A histogram has the names with `_bucket`, `_sum` and `_count`.

            For 255 virtual routers the text has 1.4 MB. Asked over HTTP, `keepalived_exporter` answers after 9 to 16 ms, what
            `vrrpd` writes and the transfer included; that takes `vrrpd` 3 to 4 ms of processor time, apart from the thread that
            sends adverts, and the exporter 7 to 12 ms (release build, x86_64, two shared cores, whose speed varies). With 4,080
            virtual routers, all active, it answers after 0.35 s with 24 MB, and no timer of `vrrpd` is more than 0.25 ms late
            for it.

            Alerts, recording rules and a dashboard for these metrics are in [deploy/observability](../deploy/observability).


            """
        let established = names.ofNode.filter { $0.name.hasPrefix("keepalived_") }
        let parts: [(title: String, intro: String, families: [MetricDescription])] = [
            (
                "A node's",
                "The state is a series for each state, so that none ends at a failover: `vrrp_state{state=\"active\"} == 1`.",
                names.ofNode.filter { $0.name.hasPrefix("vrrp_") }
            ),
            ("The agent's own", "What `vrrp-agent` does between the cluster, or a folder, and `vrrpd`.", names.ofAgent),
            (
                "The operator's", "Of the cluster and of the operator's work; the one that leads has them all.",
                names.ofOperator
            ),
            (
                "Established",
                """
                What dashboards and alerts for keepalived know: the names of gen2brain's exporter (`keepalived_up`,
                `keepalived_vrrp_*` with the label `state`) and of mehdy's (`keepalived_*_total`, `keepalived_vrrp_state`,
                `keepalived_vrrp_excluded_state`, `keepalived_script_*`, `keepalived_exporter_build_info`). Names, types and
                labels are theirs, also of `keepalived_gratuitous_arp_delay_total`, which is a setting and no counter; values that
                they get wrong are right here, such as `keepalived_vrrp_ip_ttl_err`. In OpenMetrics, counters without `_total`
                are of the type `unknown` and keep their names.
                """, established
            ),
            (
                "Process",
                "Of the program that serves the metrics; `vrrpd`, which is another process, has `vrrp_engine_process_*`, and "
                    + "`vrrp_engine_start_time_seconds`.", names.ofProcess
            ),
        ]
        for part in parts {
            text += "## \(part.title)\n\(part.intro)\n\n| Name | Type | Labels | Meaning |\n|---|---|---|---|\n"
            for family in part.families.sorted(by: { $0.name < $1.name }) {
                let labels = family.labels.sorted().map { "`\($0)`" }.joined(separator: ", ")
                text += "| `\(family.name)` | \(family.kind.rawValue) | \(labels) | \(family.help) |\n"
            }
            text += "\n"
        }
        return String(text.dropLast())
    }
}
