/// Figures that were taken one after the other, with the bound that they must not cross.
struct TimelineChart {
    let title: String
    let unit: Unit
    /// What all of the time is, in words.
    let duration: String
    let series: [(contestant: Contestant, values: [Double])]
    let bound: Double

    /// The picture; nil when there are no figures.
    func drawing() -> Drawing? {
        let shown = series.filter { $0.values.count > 1 }
        guard let greatest = shown.flatMap(\.values).max() else { return nil }
        let left = 80.0, right = 730.0, top = 56.0, bottom = 230.0
        let end = max(greatest, bound) * 1.1
        func y(_ value: Double) -> Double { bottom - value / end * (bottom - top) }

        var drawing = Drawing(title, height: 270)
        drawing.legend(shown.map { ($0.contestant.rawValue, $0.contestant.rawValue) }, x: left, y: 44)
        for value in [0, bound / 2, bound] {
            drawing.line(left, y(value), right, y(value), value == bound ? "goal" : "axis")
            drawing.text(unit.text(value), left - 8, y(value) + 4, .end, "small")
        }
        for series in shown {
            let step = (right - left) / Double(series.values.count - 1)
            drawing.curve(
                series.values.enumerated().map { (left + Double($0) * step, y($1)) }, series.contestant.rawValue)
        }
        drawing.text("start", left, bottom + 18, .start, "small")
        drawing.text(duration, right, bottom + 18, .end, "small")
        return drawing
    }
}
