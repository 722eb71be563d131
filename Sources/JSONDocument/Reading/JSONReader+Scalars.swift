extension JSONReader {
    /// The value as true or false.
    public func bool() throws(JSONFieldError) -> Bool {
        guard case .bool(let value) = node.entry.content else { throw error(allowed: "true or false") }
        return value
    }

    /// The value as a whole number within `range`, by default whatever the type holds.
    ///
    /// A number with a fraction or an exponent is refused, even where its value is whole.
    @inlinable
    public func integer<Integer: FixedWidthInteger>(
        in range: ClosedRange<Integer> = Integer.min...Integer.max
    ) throws(JSONFieldError) -> Integer {
        guard let value = wholeValue, let integer = Integer(exactly: value), range.contains(integer) else {
            throw error(allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return integer
    }

    /// The value as a number within `range`, with or without a fraction.
    public func number(in range: ClosedRange<Double>) throws(JSONFieldError) -> Double {
        guard let value = numericValue, range.contains(value) else {
            throw error(allowed: "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// The value as a number, with or without a fraction.
    public func number() throws(JSONFieldError) -> Double {
        guard let value = numericValue else { throw error(allowed: "a number") }
        return value
    }

    /// The value as a string of any length, the empty one included.
    public func string() throws(JSONFieldError) -> String {
        guard let value = text else { throw error(allowed: "a string") }
        return value
    }

    /// The value as a string whose UTF-8 has a number of bytes within `length`.
    public func string(length: ClosedRange<Int>) throws(JSONFieldError) -> String {
        guard let value = text, length.contains(value.utf8.count) else {
            throw error(allowed: "a string of \(length.lowerBound) to \(length.upperBound) bytes")
        }
        return value
    }

    /// The value as what `parse` makes of its string, as in `string(as: "an IPv4 address", IPv4Address.init)`.
    ///
    /// - Parameters:
    ///   - kind: What is allowed, for the error's sentence, with an article.
    ///   - parse: Returns nil for a string that is not allowed.
    @inlinable
    public func string<Value>(as kind: String, _ parse: (String) -> Value?) throws(JSONFieldError) -> Value {
        guard let text, let value = parse(text) else { throw error(allowed: kind) }
        return value
    }

    /// The value as one of a few words, as in `oneOf(["active": .active, "backup": .backup])`.
    @inlinable
    public func oneOf<Value>(_ words: KeyValuePairs<String, Value>) throws(JSONFieldError) -> Value {
        for (word, value) in words where isString(word) { return value }
        throw error(allowed: Self.choice(of: words.map(\.key)))
    }

    /// The value as a case of an enum whose raw values are the words.
    @inlinable
    public func oneOf<Value: CaseIterable & RawRepresentable>(
        _ type: Value.Type
    ) throws(JSONFieldError) -> Value where Value.RawValue == String {
        for value in Value.allCases where isString(value.rawValue) { return value }
        throw error(allowed: Self.choice(of: Value.allCases.map(\.rawValue)))
    }

    /// The whole number that the value is.
    @usableFromInline var wholeValue: Int64? {
        if case .integer(let value) = node.entry.content { value } else { nil }
    }

    /// The string that the value is.
    @usableFromInline var text: String? { node.tree.string(at: node.place) }

    /// Whether the value is this string.
    @usableFromInline func isString(_ text: String) -> Bool { node.tree.isString(at: node.place, text) }

    private var numericValue: Double? {
        switch node.entry.content {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// `"a", "b" or "c"`.
    @usableFromInline static func choice(of words: [String]) -> String {
        let quotedWords = words.map { "\"\($0)\"" }
        guard let last = quotedWords.last, quotedWords.count > 1 else { return quotedWords.joined() }
        return quotedWords.dropLast().joined(separator: ", ") + " or " + last
    }
}
