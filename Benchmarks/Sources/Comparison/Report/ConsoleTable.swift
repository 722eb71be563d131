/// The results as a table for a terminal.
struct ConsoleTable {
    private let results: Results

    init(_ results: Results) { self.results = results }

    /// The table, a line for each measure.
    var text: String {
        let rows = [["measure", "keepalived", "vrrpd", "ratio", "goal", ""]] + results.measures.map(row)
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ").trimmed
        }.joined(separator: "\n")
    }

    private func row(_ measure: Measure) -> [String] {
        let summary = Summary(results, measure)
        let verdict = summary.isReached.map { $0 ? "reached" : "MISSED" } ?? ""
        return [measure.title, summary.keepalived, summary.vrrpd, summary.ratio, summary.goal, verdict]
    }
}
