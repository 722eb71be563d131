/// What is known of a family before it has values.
public struct MetricDescription: Sendable, Hashable {
    /// The name: letters, digits, underscores and colons, no digit first.
    public let name: String
    /// How the values behave.
    public let kind: MetricKind
    /// The names of the labels that every value has.
    public let labels: [String]
    /// What the name means, a few words.
    public let help: String

    /// A description with these parts.
    public init(_ name: String, _ kind: MetricKind, labels: [String] = [], help: String) {
        self.name = name
        self.kind = kind
        self.labels = labels
        self.help = help
    }
}

extension MetricFamily {
    /// A family of this description, without values.
    ///
    /// - Precondition: the name of the description can be the name of a metric.
    public init(_ description: MetricDescription) {
        self.init(description.name, help: description.help, kind: description.kind)
    }
}
