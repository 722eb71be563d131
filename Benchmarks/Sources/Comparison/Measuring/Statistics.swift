/// What many figures come to.
enum Statistic: Sendable, Equatable {
    case median
    case worst
    /// In percent.
    case percentile(Double)

    /// The figure; NaN when there are none.
    func of(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard let last = sorted.last else { return .nan }
        switch self {
        case .worst: return last
        case .median:
            let middle = sorted.count / 2
            return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
        case .percentile(let percent):
            // The smallest value that this share of all values does not exceed.
            let rank = Int((percent / 100 * Double(sorted.count)).rounded(.up))
            return sorted[min(sorted.count - 1, max(0, rank - 1))]
        }
    }

    /// The name in a table.
    var name: String {
        switch self {
        case .median: "median"
        case .worst: "worst"
        case .percentile(let percent): "p\(Int(percent))"
        }
    }
}
