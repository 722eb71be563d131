/// Which share of all figures is not above a value: one curve for each series.
struct DistributionChart {
    /// One curve.
    struct Series {
        let name: String
        /// The class of its colour.
        let kind: String
        let values: [Double]
    }

    let title: String
    let unit: Unit
    let series: [Series]
    /// A value to be marked, and what it is.
    var marks: [(value: Double, name: String)] = []

    /// The picture; nil when there are no figures.
    func drawing() -> Drawing? {
        let shown = series.filter { !$0.values.isEmpty }
        let values = shown.flatMap(\.values)
        guard let least = values.min(), let greatest = values.max() else { return nil }
        let marked = marks.map(\.value)
        let low = min(least, marked.min() ?? least)
        // What few figures lie far out must not press all others together.
        let high = max(shown.map { Statistic.percentile(99.5).of($0.values) }.max() ?? greatest, marked.max() ?? low)
        let span = max(high - low, 1)
        let start = max(low - span * 0.03, low >= 0 ? 0 : -.infinity), end = high + span * 0.05
        let left = 60.0, right = 730.0, top = 56.0, bottom = 250.0
        func x(_ value: Double) -> Double { left + (value - start) / (end - start) * (right - left) }
        func y(_ share: Double) -> Double { bottom - share * (bottom - top) }

        var drawing = Drawing(title, height: 300)
        drawing.legend(shown.map { ($0.kind, $0.name) }, x: left, y: 44)
        for share in [0, 0.25, 0.5, 0.75, 1] {
            drawing.line(left, y(share), right, y(share), "axis")
            drawing.text("\(digits(share * 100, 0)) %", left - 8, y(share) + 4, .end, "small")
        }
        for step in 0...5 {
            let value = start + (end - start) * Double(step) / 5
            drawing.text(unit.text(value), x(value), bottom + 18, .middle, "small")
        }
        for mark in marks {
            drawing.line(x(mark.value), top, x(mark.value), bottom, "goal")
            let isLeft = x(mark.value) < (left + right) / 2
            drawing.text(mark.name, x(mark.value) + (isLeft ? 5 : -5), bottom + 36, isLeft ? .start : .end, "small")
        }
        for series in shown { drawing.curve(Self.steps(series.values, x, y, end: end), series.kind) }
        return drawing
    }

    private static func steps(
        _ values: [Double], _ x: (Double) -> Double, _ y: (Double) -> Double, end: Double
    ) -> [(x: Double, y: Double)] {
        let sorted = values.sorted()
        var points: [(x: Double, y: Double)] = [(x(sorted.first ?? 0), y(0))]
        // A few hundred points draw as well as many thousand.
        let stride = max(1, sorted.count / 400)
        for index in Swift.stride(from: 0, to: sorted.count, by: stride) where sorted[index] <= end {
            points.append((x(sorted[index]), y(Double(index + 1) / Double(sorted.count))))
        }
        if let last = sorted.last { points.append((x(min(last, end)), y(1))) }
        return points
    }
}
