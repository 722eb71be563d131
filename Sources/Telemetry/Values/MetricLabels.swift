internal import Glibc

/// What tells the values of a family apart: names with values, in the order of the names.
///
/// The text that they have in an exposition is made once, for labels are shared by many families; a copy costs a reference.
public struct MetricLabels: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    private final class Storage: Sendable {
        /// The names and their values.
        let labels: [(String, String)]
        /// The text, as it is copied into expositions.
        let octets: [UInt8]

        init(_ labels: [(String, String)]) {
            self.labels = labels
            var octets: [UInt8] = []
            octets.reserveCapacity(labels.reduce(0) { $0 + $1.0.utf8.count + $1.1.utf8.count + 4 })
            for (name, value) in labels {
                if !octets.isEmpty { octets.append(UInt8(ascii: ",")) }
                octets.append(text: name)
                octets.append(UInt8(ascii: "="))
                octets.append(UInt8(ascii: "\""))
                octets.append(text: ExpositionEscaping.escaped(value, quotes: true))
                octets.append(UInt8(ascii: "\""))
            }
            self.octets = octets
        }
    }

    /// No labels.
    public static let none: MetricLabels = [:]

    private let storage: Storage

    /// The names, ascending.
    public var names: [String] { storage.labels.map(\.0) }

    /// The labels as they stand between braces, `intf="eth0",name="web"`, as UTF-8.
    var octets: [UInt8] { storage.octets }

    /// Labels in any order.
    ///
    /// - Precondition: each name can be the name of a label, and none occurs twice.
    public init(dictionaryLiteral elements: (String, String)...) {
        var labels = elements
        let isInOrder = labels.indices.dropFirst().allSatisfy { labels[$0 - 1].0 < labels[$0].0 }
        if !isInOrder {
            labels.sort { $0.0 < $1.0 }
            precondition(zip(labels, labels.dropFirst()).allSatisfy { $0.0 != $1.0 }, "a name occurs twice")
        }
        for (name, _) in labels {
            precondition(MetricName.isValidForLabel(name), "\(name) cannot be the name of a label")
        }
        storage = Storage(labels)
    }

    /// Whether both are the same set.
    public static func == (left: Self, right: Self) -> Bool {
        left.storage === right.storage || left.storage.octets.order(before: right.storage.octets) == 0
    }

    /// Hashes the text.
    public func hash(into hasher: inout Hasher) { hasher.combine(storage.octets) }
}

extension MetricLabels: Comparable {
    /// Whether `left` stands before `right`, by their texts.
    public static func < (left: Self, right: Self) -> Bool {
        left.storage !== right.storage && left.storage.octets.order(before: right.storage.octets) < 0
    }
}

extension [UInt8] {
    /// Less than 0 where these octets stand before others, 0 where they are the same: hundreds of rows are put in order at each
    /// scrape, as blocks of memory.
    fileprivate func order(before other: Self) -> Int {
        let order: Int32 = withUnsafeBytes { own in
            other.withUnsafeBytes { others in
                guard let ownStart = own.baseAddress, let othersStart = others.baseAddress else { return 0 }
                return memcmp(ownStart, othersStart, Swift.min(own.count, others.count))
            }
        }
        return order == 0 ? count - other.count : Int(order)
    }

    /// Appends the UTF-8 of a text as the one block that it is, which costs a third of what it costs as a collection.
    fileprivate mutating func append(text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: $0) }
    }
}
