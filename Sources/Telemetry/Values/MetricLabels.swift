/// What tells the values of a family apart: names with values, in the order of the names.
///
/// The text that they have in an exposition is made once, for labels are shared by many families; a copy costs a reference.
public struct MetricLabels: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// A name and its value.
    private struct Label: Sendable, Comparable {
        let name: String
        let value: String

        /// As it stands between braces.
        var text: String { "\(name)=\"\(ExpositionEscaping.escaped(value, quotes: true))\"" }

        static func < (left: Self, right: Self) -> Bool { left.name < right.name }
    }

    private final class Storage: Sendable {
        let labels: [Label]
        let text: String

        init(_ labels: [Label]) {
            precondition(
                labels.allSatisfy { MetricName.isValidForLabel($0.name) }, "that cannot be the name of a label")
            self.labels = labels.sorted()
            precondition(
                zip(self.labels, self.labels.dropFirst()).allSatisfy { $0.name != $1.name }, "a name occurs twice")
            text = self.labels.map(\.text).joined(separator: ",")
        }
    }

    /// No labels.
    public static let none: MetricLabels = [:]

    private let storage: Storage

    /// The names, ascending.
    public var names: [String] { storage.labels.map(\.name) }

    /// The labels as they stand between braces: `intf="eth0",name="web"`.
    var text: String { storage.text }

    /// Labels in any order.
    ///
    /// - Precondition: each name can be the name of a label, and none occurs twice.
    public init(dictionaryLiteral elements: (String, String)...) {
        storage = Storage(elements.map { Label(name: $0.0, value: $0.1) })
    }

    private init(_ storage: Storage) { self.storage = storage }

    /// These labels and one more.
    ///
    /// - Precondition: `name` can be the name of a label, and is not among these.
    public func adding(_ name: String, _ value: String) -> Self {
        Self(Storage(storage.labels + [Label(name: name, value: value)]))
    }

    /// Whether both are the same set.
    public static func == (left: Self, right: Self) -> Bool {
        left.storage === right.storage || left.storage.text == right.storage.text
    }

    /// Hashes the text.
    public func hash(into hasher: inout Hasher) { hasher.combine(storage.text) }
}

extension MetricLabels: Comparable {
    /// Whether `left` stands before `right`, by their texts.
    public static func < (left: Self, right: Self) -> Bool {
        left.storage !== right.storage && left.storage.text < right.storage.text
    }
}
