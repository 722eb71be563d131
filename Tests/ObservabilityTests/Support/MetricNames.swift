import EngineMetrics
import StatusServer
import Telemetry

/// What metrics there are, and which of them an expression uses.
struct MetricNames {
    /// Every family that agent and operator serve, each once.
    let catalogue: [MetricDescription]
    /// The labels of each series by its name; those of histograms have three names.
    let series: [String: Set<String>]

    init() async {
        let all =
            EngineMetrics.catalogue + ServedFamilies.ofAgent + (await ServedFamilies.ofOperator())
            + ProcessFamilies.catalogue
        let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
        catalogue = byName.values.sorted { $0.name < $1.name }
        series = catalogue.reduce(into: [:]) { series, family in
            let labels = Set(family.labels)
            switch family.kind {
            case .counter, .gauge: series[family.name] = labels
            case .histogram:
                series["\(family.name)_bucket"] = labels.union(["le"])
                series["\(family.name)_sum"] = labels
                series["\(family.name)_count"] = labels
            }
        }
    }

    /// Labels that Prometheus itself adds.
    static let targetLabels: Set<String> = ["instance", "job"]

    /// The names of this project's series in an expression, recorded ones included, each with the labels that it is selected
    /// by.
    static func selectors(in expression: String) -> [(name: String, labels: Set<String>)] {
        let pattern = #/([a-z]*:?(?:vrrp|keepalived|process)[_:][a-z0-9_:]+)(?:\{([^}]*)\})?/#
        return expression.matches(of: pattern).map { match in
            let labels = (match.2 ?? "").matches(of: #/([a-z_]+)\s*(?:=~|!~|!=|=)/#).map { String($0.1) }
            return (String(match.1), Set(labels))
        }
    }

    /// What is wrong with the names and labels of an expression; nothing where all of them exist.
    func problems(in expression: String, recorded: Set<String>) -> [String] {
        Self.selectors(in: expression).flatMap { selector -> [String] in
            if recorded.contains(selector.name) { return [] }
            guard let labels = series[selector.name] else { return ["there is no metric \(selector.name)"] }
            return selector.labels.subtracting(labels).subtracting(Self.targetLabels).sorted().map {
                "\(selector.name) has no label \($0)"
            }
        }
    }
}
