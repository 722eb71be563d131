/// What tells the values of a family apart: names with values, in the order of the names.
///
/// The text that they have in an exposition is made once, for labels are shared by many families.
public struct MetricLabels: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// A name and its value.
    struct Label: Sendable, Comparable {
        let name: String
        let value: String

        static func < (left: Self, right: Self) -> Bool {
            left.name == right.name ? left.value < right.value : left.name < right.name
        }
    }

    /// The labels by name.
    let labels: [Label]
    /// The labels as they stand between braces: `intf="eth0",name="web"`.
    let text: String

    /// Labels in any order.
    ///
    /// - Precondition: each name can be the name of a label, and none occurs twice.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, _) in elements {
            precondition(MetricName.isValidForLabel(name), "\(name) cannot be the name of a label")
        }
        self.init(sorted: elements.map { Label(name: $0.0, value: $0.1) }.sorted())
    }

    /// These labels and one more.
    ///
    /// - Precondition: `name` can be the name of a label, and is not among these.
    public func adding(_ name: String, _ value: String) -> Self {
        precondition(MetricName.isValidForLabel(name), "\(name) cannot be the name of a label")
        var labels = labels
        labels.insert(Label(name: name, value: value), at: labels.firstIndex { $0.name > name } ?? labels.endIndex)
        return Self(sorted: labels)
    }

    private init(sorted labels: [Label]) {
        precondition(zip(labels, labels.dropFirst()).allSatisfy { $0.name != $1.name }, "a name occurs twice")
        self.labels = labels
        var text = ""
        for label in labels {
            if !text.isEmpty { text += "," }
            text += label.name
            text += "=\""
            text += ExpositionEscaping.escaped(label.value, quotes: true)
            text += "\""
        }
        self.text = text
    }

    /// Two sets of labels are the same when their text is.
    public static func == (left: Self, right: Self) -> Bool { left.text == right.text }

    /// Hashes the text.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension MetricLabels: Comparable {
    /// Whether `left` stands before `right`: label by label.
    public static func < (left: Self, right: Self) -> Bool { left.labels.lexicographicallyPrecedes(right.labels) }
}
