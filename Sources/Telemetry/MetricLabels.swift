/// What tells the values of a family apart: names with values, in the order of the names.
public struct MetricLabels: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// A name and its value.
    struct Label: Hashable, Comparable {
        let name: String
        let value: String

        static func < (left: Self, right: Self) -> Bool {
            left.name == right.name ? left.value < right.value : left.name < right.name
        }
    }

    let labels: [Label]

    /// Labels in any order.
    ///
    /// - Precondition: each name can be the name of a label, and none occurs twice.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, _) in elements {
            precondition(MetricName.isValid(name) && !name.contains(":"), "\(name) cannot be the name of a label")
        }
        precondition(Set(elements.map(\.0)).count == elements.count, "a name occurs twice")
        labels = elements.map { Label(name: $0.0, value: $0.1) }.sorted()
    }
}

extension MetricLabels: Comparable {
    /// Whether `left` stands before `right`: label by label.
    public static func < (left: Self, right: Self) -> Bool { left.labels.lexicographicallyPrecedes(right.labels) }
}

/// What a metric may be called.
enum MetricName {
    static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.allSatisfy { octet in
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"):
                true
            default: false
            }
        }
    }
}
