import EngineMetrics
import StatusServer
import Telemetry

/// What metrics there are, and which of them an expression uses.
struct MetricNames {
    /// What an agent serves of its node.
    let ofNode = EngineMetrics.catalogue
    /// What it serves of itself.
    let ofAgent = ServedFamilies.ofAgent.map(\.description)
    /// What an operator serves.
    let ofOperator: [MetricDescription]
    /// What both serve of their processes.
    let ofProcess = ProcessFamilies.catalogue
    /// The labels of each series by its name; those of histograms have three names.
    let series: [String: Set<String>]

    init() async {
        ofOperator = await ServedFamilies.ofOperator().map(\.description)
        let all = ofNode + ofAgent + ofOperator + ofProcess
        series = all.reduce(into: [:]) { series, family in
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
