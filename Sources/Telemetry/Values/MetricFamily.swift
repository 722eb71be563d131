/// The metrics of one name: what they mean, and a value for each set of labels.
public struct MetricFamily: Sendable, Equatable {
    /// The name: letters, digits, underscores and colons, no digit first.
    public let name: String
    /// What the name means, a few words.
    public let help: String
    /// How the values behave.
    public let kind: MetricKind

    /// The values in the order in which they came.
    private var values: [MetricSample] = []
    /// Values of many rows at once.
    private(set) var table: MetricTable?

    /// A family without values.
    ///
    /// - Precondition: `name` can be the name of a metric.
    public init(_ name: String, help: String, kind: MetricKind) {
        precondition(MetricName.isValid(name), "\(name) cannot be the name of a metric")
        self.name = name
        self.help = help
        self.kind = kind
    }

    /// Sets the value for `labels` and, where they are not enough to tell it apart, `further` ones; there is one value for
    /// each set of labels, so that no scrape can have two.
    ///
    /// What many values share stands in `labels`, what many families share in `further`: neither is copied.
    ///
    /// - Precondition: the family is no histogram, and no name is among both.
    public mutating func set(_ value: Double, labels: MetricLabels = .none, further: MetricLabels = .none) {
        precondition(kind != .histogram, "\(name) is a histogram")
        values.append(MetricSample(labels: labels, further: further, value: .number(value)))
    }

    /// Sets the values of all rows: a number for each, or, row by row, one for each column, which the labels in `columns` tell
    /// apart. It is the cheapest way for many values.
    ///
    /// - Precondition: the family is no histogram and has no values yet, there are as many values as rows and columns make, and
    ///   no name is among the labels of both.
    public mutating func set(_ values: [Double], rows: MetricRows, columns: [MetricLabels] = [.none]) {
        precondition(kind != .histogram, "\(name) is a histogram")
        precondition(count == 0, "\(name) has values")
        precondition(values.count == rows.labels.count * columns.count, "\(name) has too few or too many values")
        table = MetricTable(rows: rows, columns: columns, values: values)
    }

    /// Sets the histogram for `labels`.
    ///
    /// - Precondition: the family is a histogram.
    public mutating func set(_ histogram: MetricHistogram, labels: MetricLabels = .none) {
        precondition(kind == .histogram, "\(name) is no histogram")
        values.append(MetricSample(labels: labels, further: .none, value: .histogram(histogram)))
    }

    /// How many values were set.
    var count: Int { values.count + (table?.values.count ?? 0) }

    /// The values in the order of their labels; of those with the same labels the last one.
    ///
    /// Values that came in that order cost no sorting.
    public var samples: [MetricSample] {
        let values = table.map { $0.samples + self.values } ?? self.values
        if zip(values, values.dropFirst()).allSatisfy({ $0.stands(before: $1) }) { return values }
        var last: [[MetricLabels]: MetricSample] = [:]
        for value in values { last[[value.labels, value.further]] = value }
        return last.values.sorted { $0.stands(before: $1) }
    }

    /// Two families are the same when they say the same.
    public static func == (left: Self, right: Self) -> Bool {
        left.name == right.name && left.help == right.help && left.kind == right.kind && left.samples == right.samples
    }
}

/// One value of a family.
public struct MetricSample: Sendable, Equatable {
    /// What a value is, by the kind of its family.
    public enum Value: Sendable, Equatable {
        /// A counter or a gauge; it may be infinite or not a number.
        case number(Double)
        /// A histogram.
        indirect case histogram(MetricHistogram)
    }

    /// What tells it apart from the family's other values.
    public let labels: MetricLabels
    /// What else does.
    public let further: MetricLabels
    /// The value.
    public let value: Value

    fileprivate func stands(before other: Self) -> Bool {
        labels == other.labels ? further < other.further : labels < other.labels
    }
}
