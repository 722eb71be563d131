/// Bars side by side for both contestants: the median, and a dot for each round.
struct BarChart {
    let title: String
    let measures: [Measure]

    /// The picture; nil when nothing of it was measured.
    func drawing(of results: Results) -> Drawing? {
        let shown = measures.filter { results.measures.contains($0) }
        guard !shown.isEmpty else { return nil }
        let left = 16.0, barStart = 300.0, barEnd = 640.0, rowHeight = 62.0
        var drawing = Drawing(title, height: 56 + Double(shown.count) * rowHeight)
        drawing.legend([("vrrpd", "vrrpd"), ("keepalived", "keepalived")], x: 560, y: 24)
        for (row, measure) in shown.enumerated() {
            let top = 48 + Double(row) * rowHeight
            let statistic = measure.goal.statistic
            // Each measure has a scale of its own: what is compared stands in one row.
            let all = Contestant.allCases.flatMap { results.values(measure, $0) }
            let greatest = max(all.max() ?? 1, 1e-12)
            let scale = (barEnd - barStart) / greatest
            for (place, line) in Self.wrapped(measure.title, 42).prefix(3).enumerated() {
                drawing.text(line, left, top + 13 + Double(place) * 15)
            }
            for (place, contestant) in Contestant.allCases.enumerated() {
                let rounds = results.rounds(measure, contestant)
                guard !rounds.isEmpty else { continue }
                let y = top + Double(place) * 21
                let value = statistic.of(rounds.flatMap { $0 })
                drawing.bar(x: barStart, y: y, width: value * scale, height: 16, contestant.rawValue)
                for round in rounds { drawing.dot(barStart + statistic.of(round) * scale, y + 8) }
                drawing.text(measure.unit.text(value), barEnd + 10, y + 12)
            }
        }
        return drawing
    }

    private static func wrapped(_ text: String, _ width: Int) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            let line = lines[lines.count - 1]
            if line.count + word.count >= width, !line.isEmpty {
                lines.append(String(word))
            } else {
                lines[lines.count - 1] = line.isEmpty ? String(word) : "\(line) \(word)"
            }
        }
        return lines
    }
}
