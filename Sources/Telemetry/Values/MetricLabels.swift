/// What tells the values of a family apart: names with values, in the order of the names.
///
/// The text that they have in an exposition is made once, for labels are shared by many families.
public struct MetricLabels: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// A name and its value.
    struct Label: Sendable, Comparable {
        let name: String
        let value: String

        /// As it stands between braces.
        var text: String { "\(name)=\"\(ExpositionEscaping.escaped(value, quotes: true))\"" }

        static func < (left: Self, right: Self) -> Bool {
            left.name == right.name ? left.value < right.value : left.name < right.name
        }
    }

    /// The labels by name.
    private(set) var labels: [Label]
    /// The labels as they stand between braces: `intf="eth0",name="web"`.
    private(set) var text: String

    /// The names, ascending.
    public var names: [String] { labels.map(\.name) }

    /// Labels in any order.
    ///
    /// - Precondition: each name can be the name of a label, and none occurs twice.
    public init(dictionaryLiteral elements: (String, String)...) {
        labels = elements.map { Label(name: $0.0, value: $0.1) }.sorted()
        precondition(labels.allSatisfy { MetricName.isValidForLabel($0.name) }, "that cannot be the name of a label")
        precondition(zip(labels, labels.dropFirst()).allSatisfy { $0.name != $1.name }, "a name occurs twice")
        text = labels.map(\.text).joined(separator: ",")
    }

    /// These labels and one more.
    ///
    /// - Precondition: `name` can be the name of a label, and is not among these.
    public func adding(_ name: String, _ value: String) -> Self {
        precondition(MetricName.isValidForLabel(name), "\(name) cannot be the name of a label")
        precondition(labels.allSatisfy { $0.name != name }, "\(name) occurs twice")
        let label = Label(name: name, value: value)
        let place = labels.firstIndex { $0.name > name } ?? labels.endIndex
        var sum = self
        sum.labels.insert(label, at: place)
        if place == labels.endIndex {
            sum.text = text.isEmpty ? label.text : text + "," + label.text
        } else {
            sum.text = sum.labels.map(\.text).joined(separator: ",")
        }
        return sum
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
