/// The members of a JSON object in their order.
///
/// Two objects are equal when they have the same members in the same order. Look-up by key is a linear search: objects
/// of a definition or a report are small.
public struct JSONObject: Sendable {
    /// One member of an object.
    public struct Member: Sendable, Equatable {
        /// The name.
        public let key: String
        /// The value.
        public var value: JSONValue

        /// The member `key` with `value`.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }

        /// Whether key and value agree.
        public static func == (left: Self, right: Self) -> Bool {
            left.key.isExactly(right.key) && left.value == right.value
        }
    }

    /// Keys and values in order; no key occurs twice. A literal has the same form, and so costs no copy.
    private var pairs: [(String, JSONValue)]

    /// An object without members.
    public init() { pairs = [] }

    /// An object with these members; where a key occurs twice, the later value takes the earlier one's place.
    init(pairs: [(String, JSONValue)]) {
        self.pairs = pairs
        guard Self.haveSameKey(pairs) else { return }
        self.pairs = []
        for (key, value) in pairs { self[key] = value }
    }

    /// Whether a key occurs twice.
    private static func haveSameKey(_ pairs: [(String, JSONValue)]) -> Bool {
        var marks: UInt64 = 0
        for (place, (key, _)) in pairs.enumerated() {
            let mark = mark(of: key)
            // Most keys have a mark of their own, and need not be looked for.
            if marks & mark != 0, pairs[..<place].contains(where: { $0.0.isExactly(key) }) { return true }
            marks |= mark
        }
        return false
    }

    /// One bit; keys with different bits differ.
    private static func mark(of key: String) -> UInt64 {
        let octets = key.utf8
        return 1 << UInt64(truncatingIfNeeded: (octets.count &* 31 &+ Int(octets.first ?? 0)) & 63)
    }

    /// An object with these members, whose keys are known to differ.
    init(distinctPairs: [(String, JSONValue)]) { pairs = distinctPairs }

    /// The value of the member `key`, nil without such a member.
    ///
    /// Setting a value keeps the place of an existing member and appends a new one; setting nil removes the member.
    /// To write a `null`, set `JSONValue.null` by name.
    public subscript(key: String) -> JSONValue? {
        get { pairs.first { $0.0.isExactly(key) }?.1 }
        set {
            let index = pairs.firstIndex { $0.0.isExactly(key) }
            switch (index, newValue) {
            case (let index?, let value?): pairs[index].1 = value
            case (let index?, nil): pairs.remove(at: index)
            case (nil, let value?): pairs.append((key, value))
            case (nil, nil): break
            }
        }
    }

    /// Appends a member without a search for an existing one, so that objects of thousands of members are built in
    /// linear time.
    ///
    /// - Precondition: No member has this key yet. Nothing checks it; the text would have the name twice.
    public mutating func appendDistinct(_ key: String, _ value: JSONValue) {
        pairs.append((key, value))
    }
}

extension JSONObject: Equatable {
    /// Whether both have the same members in the same order.
    public static func == (left: Self, right: Self) -> Bool { left.elementsEqual(right) }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object whose members keep the order of the literal.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(pairs: elements) }
}

extension JSONObject: RandomAccessCollection {
    /// 0.
    public var startIndex: Int { 0 }
    /// The number of members.
    public var endIndex: Int { pairs.count }
    /// The member at `position`, from 0.
    public subscript(position: Int) -> Member { Member(key: pairs[position].0, value: pairs[position].1) }
}
