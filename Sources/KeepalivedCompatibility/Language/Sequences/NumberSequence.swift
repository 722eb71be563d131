/// The numbers of `~SEQ`, as they are written in its text.
struct NumberSequence {
    private var number: Int?
    private let step: Int
    private let end: Int
    private let isHexadecimal: Bool

    /// The numbers that the text between the parentheses, from behind the name on, asks for: `end`, `start, end` or
    /// `start, step, end`, each in decimal, in hexadecimal with `0x`, or in octal with `0`.
    init(_ parameters: some StringProtocol, isHexadecimal: Bool) throws(RepetitionError) {
        let parts = parameters.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Self.number(Substring($0)) }
        guard numbers.count == parts.count, (1...3).contains(numbers.count), let last = numbers.last else {
            throw .sequence
        }
        let first = numbers.count > 1 ? numbers[0] : last < 0 ? -1 : 1
        end = last
        step = numbers.count == 3 ? numbers[1] : first <= last ? 1 : -1
        number = first
        self.isHexadecimal = isHexadecimal
        guard step != 0, first == end || (first < end) == (step > 0) else { throw .step }
        guard !isHexadecimal || min(first, end) >= 0 else { throw .negative }
    }

    /// The next number; nil behind the last one.
    mutating func next() -> String? {
        guard let current = number else { return nil }
        let (following, overflows) = current.addingReportingOverflow(step)
        number = overflows || (step > 0 ? following > end : following < end) ? nil : following
        return String(current, radix: isHexadecimal ? 16 : 10)
    }

    private static func number(_ text: Substring) -> Int? {
        let text = text.withoutOuterBlanks
        let isNegative = text.hasPrefix("-")
        let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : text
        guard digits.utf8.first?.isDigit == true else { return nil }
        let sign = isNegative ? "-" : ""
        if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
            guard digits.dropFirst(2).first?.isHexDigit == true else { return nil }
            return Int(sign + digits.dropFirst(2), radix: 16)
        }
        return Int(sign + digits, radix: digits.hasPrefix("0") ? 8 : 10)
    }
}
