/// The metrics of one name: what they mean, and a value for each set of labels.
public struct MetricFamily: Sendable, Equatable {
    /// The name: letters, digits, underscores and colons, no digit first.
    public let name: String
    /// What the name means, a few words.
    public let help: String
    /// How the values behave.
    public let kind: MetricKind
    /// The values in the order of their labels.
    public var samples: [MetricSample] {
        values.map { MetricSample(labels: $0.key, value: $0.value) }.sorted { $0.labels < $1.labels }
    }

    private var values: [MetricLabels: Double] = [:]

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
    public mutating func set(_ value: Double, labels: MetricLabels = [:]) { values[labels] = value }
}

/// One value of a family.
public struct MetricSample: Sendable, Equatable {
    /// What tells it apart from the family's other values.
    public let labels: MetricLabels
    /// The value; it may be infinite or not a number.
    public let value: Double
}
