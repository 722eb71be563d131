/// A line of the configuration on its way through the stages of reading.
struct SourceLine: Sendable {
    /// The text, without line end and without blanks before its first word.
    var text: Substring
    /// Where it stands.
    var place: SourcePlace
}

extension SourceLine {
    /// The first octet: enough to see that most lines are none of those that a stage looks for.
    var firstOctet: UInt8? { text.utf8.first }

    /// The first word and what follows it, blanks around both left out; nil for a line without a word.
    var firstWord: (word: Substring, rest: Substring)? {
        guard !text.isEmpty else { return nil }
        let word = text.utf8.prefix { !$0.isBlank }
        return (Substring(word), Substring(text.utf8[word.endIndex...].drop(while: \.isBlank)))
    }
}

// The language is one of octets: to compare characters would join a quote with an accent behind it.
extension UInt8 {
    /// Whether the octet separates words: a space, or one of the control characters from tab to carriage return.
    var isBlank: Bool { self == UInt8(ascii: " ") || (0x09...0x0d).contains(self) }
}
