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

    /// A family without values.
    ///
    /// - Precondition: `name` can be the name of a metric.
    public init(_ name: String, help: String, kind: MetricKind) {
        precondition(MetricName.isValid(name), "\(name) cannot be the name of a metric")
        self.name = name
        self.help = help
        self.kind = kind
    }

    /// Sets the value for `labels`; there is one value for each set of labels, so that no scrape can have two.
    ///
    /// - Precondition: the family is no histogram.
    public mutating func set(_ value: Double, labels: MetricLabels = [:]) {
        precondition(kind != .histogram, "\(name) is a histogram")
        values.append(MetricSample(labels: labels, value: .number(value)))
    }

    /// Sets the histogram for `labels`.
    ///
    /// - Precondition: the family is a histogram.
    public mutating func set(_ histogram: MetricHistogram, labels: MetricLabels = [:]) {
        precondition(kind == .histogram, "\(name) is no histogram")
        values.append(MetricSample(labels: labels, value: .histogram(histogram)))
    }

    /// The values in the order of their labels; of those with the same labels the last one.
    ///
    /// Values that came in that order cost no sorting.
    public var samples: [MetricSample] {
        if zip(values, values.dropFirst()).allSatisfy({ $0.labels < $1.labels }) { return values }
        var last: [MetricLabels: MetricSample] = [:]
        for value in values { last[value.labels] = value }
        return last.values.sorted { $0.labels < $1.labels }
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
        case histogram(MetricHistogram)
    }

    /// What tells it apart from the family's other values.
    public let labels: MetricLabels
    /// The value.
    public let value: Value
}
