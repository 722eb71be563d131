/// What one measure came to, in words.
struct Summary {
    /// The figures of each contestant: the statistic, then the least and the greatest of all in brackets.
    let keepalived: String, vrrpd: String
    /// The median of the rounds' ratios, then the least and the greatest.
    let ratio: String
    let goal: String
    let isReached: Bool?

    init(_ results: Results, _ measure: Measure) {
        let statistic = measure.goal.statistic
        func figures(_ contestant: Contestant) -> String {
            let values = results.values(measure, contestant)
            guard let least = values.min(), let greatest = values.max() else { return "–" }
            let text = "\(statistic.name) \(measure.unit.text(statistic.of(values)))"
            guard values.count > 1 else { return measure.unit.text(least) }
            return "\(text) (\(measure.unit.text(least)) … \(measure.unit.text(greatest)))"
        }
        keepalived = figures(.keepalived)
        vrrpd = figures(.vrrpd)
        let ratios = results.ratios(measure).filter(\.isFinite)
        if let least = ratios.min(), let greatest = ratios.max() {
            ratio = "\(digits(Statistic.median.of(ratios), 3)) (\(digits(least, 3)) … \(digits(greatest, 3)))"
        } else {
            ratio = "–"
        }
        goal =
            switch measure.goal {
            case .ratio(let bound): "≤ \(digits(bound, 2)) × keepalived"
            case .value(_, let bound): "≤ \(measure.unit.text(bound))"
            case .none: "–"
            }
        isReached = results.isReached(measure)
    }
}
