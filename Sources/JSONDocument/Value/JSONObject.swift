/// The members of a JSON object in their order.
///
/// Two objects are equal when they have the same members in the same order. Look-up by key is a linear search: objects
/// of a definition or a report are small.
public struct JSONObject: Sendable, Equatable {
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

    /// The members in order; no key occurs twice.
    public private(set) var members: [Member]

    /// An object without members.
    public init() { members = [] }

    /// An object with these members; where a key occurs twice, the later value takes the earlier one's place.
    init(pairs: [(String, JSONValue)]) {
        self.init()
        members.reserveCapacity(pairs.count)
        var marks: UInt64 = 0
        for (key, value) in pairs {
            let mark = Self.mark(of: key)
            // Most keys have a mark of their own, and are then looked for in vain.
            if marks & mark == 0 { appendDistinct(key, value) } else { self[key] = value }
            marks |= mark
        }
    }

    /// One bit; keys with different bits differ.
    private static func mark(of key: String) -> UInt64 {
        let octets = key.utf8
        return 1 << UInt64(truncatingIfNeeded: (octets.count &* 31 &+ Int(octets.first ?? 0)) & 63)
    }

    /// An object with these members, whose keys are known to differ.
    init(distinctMembers: [Member]) { members = distinctMembers }

    /// The value of the member `key`, nil without such a member.
    ///
    /// Setting a value keeps the place of an existing member and appends a new one; setting nil removes the member.
    /// To write a `null`, set `JSONValue.null` by name.
    public subscript(key: String) -> JSONValue? {
        get { members.first { $0.key.isExactly(key) }?.value }
        set {
            let index = members.firstIndex { $0.key.isExactly(key) }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Appends a member without a search for an existing one, so that objects of thousands of members are built in
    /// linear time.
    ///
    /// - Precondition: No member has this key yet. Nothing checks it; the text would have the name twice.
    public mutating func appendDistinct(_ key: String, _ value: JSONValue) {
        members.append(Member(key: key, value: value))
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object whose members keep the order of the literal.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(pairs: elements) }
}

extension JSONObject: RandomAccessCollection {
    /// 0.
    public var startIndex: Int { 0 }
    /// The number of members.
    public var endIndex: Int { members.count }
    /// The member at `position`, from 0.
    public subscript(position: Int) -> Member { members[position] }
}
