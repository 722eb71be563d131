/// A line that stands for several: `~SEQ(…) text` or `~LST(…) text`, on its way from the first to the last of them.
struct Repetition {
    /// The names that take new values for each line.
    let names: [String]
    /// What the names stand for in the next line; nil where no line is left.
    private(set) var values: [String]?
    /// The line that is repeated.
    let text: SourceLine

    private var remaining: Values

    /// Where the values come from.
    enum Values {
        /// Numbers of one variable.
        case sequence(NumberSequence)
        /// Texts, one row for each line, beginning with the given one.
        case rows([[String]], next: Int)
    }

    /// A text to repeat for all values.
    init(_ names: [String], _ values: Values, _ text: SourceLine) {
        self.names = names
        self.text = text
        remaining = values
        advance()
    }

    /// Goes on to the next line.
    mutating func advance() {
        switch remaining {
        case .sequence(var numbers):
            values = numbers.next().map { [$0] }
            remaining = .sequence(numbers)
        case .rows(let rows, let next):
            values = next < rows.count ? rows[next] : nil
            remaining = .rows(rows, next: next + 1)
        }
    }

    /// Whether a line is one that stands for several.
    static func begins(_ line: SourceLine) -> Bool {
        guard line.firstOctet == UInt8(ascii: "~") else { return false }
        return line.text.utf8.starts(with: "~SEQ".utf8) || line.text.utf8.starts(with: "~LST".utf8)
    }
}

/// The text of a sequence or list that cannot be used.
struct RepetitionError: Error {
    /// What would be right.
    var allowed: String

    static let sequence = RepetitionError(
        allowed: "~SEQ(name, end), ~SEQ(name, start, end) or ~SEQ(name, start, step, end) and a text")
    static let step = RepetitionError(allowed: "a step from start to end that is not 0")
    static let negative = RepetitionError(allowed: "numbers from 0 for ~SEQx")
    static let oneLine = RepetitionError(allowed: "definitions of one line between the parentheses")
    static let list = RepetitionError(
        allowed: "~LST(name, value, …) or ~LST({name, …}, {value, …}, …) and a text")
    static let tooManyValues = RepetitionError(allowed: "at most one value for each name in a pair of braces")
}
