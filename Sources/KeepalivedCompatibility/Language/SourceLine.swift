/// A line of the configuration on its way through the stages of reading.
struct SourceLine: Sendable {
    /// The text, without line end and without blanks at its ends.
    var text: Substring
    /// Where it stands.
    var place: SourcePlace
    /// Whether a comment behind the text ends with a backslash, which continues a definition as well.
    var isContinuedByComment = false
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

    /// Another text of the same line.
    func with(_ text: Substring) -> SourceLine {
        var line = self
        line.text = text
        return line
    }
}

// The language is one of octets: to compare characters would join a quote with an accent behind it.
extension UInt8 {
    /// Whether the octet separates words: a space, or one of the control characters from tab to carriage return.
    var isBlank: Bool { self == UInt8(ascii: " ") || (0x09...0x0d).contains(self) }

    /// Whether the octet may begin a name: a letter of ASCII or an underscore.
    var beginsName: Bool { self == UInt8(ascii: "_") || (0x41...0x5a).contains(self) || (0x61...0x7a).contains(self) }

    /// Whether the octet may stand in a name: a letter, a digit or an underscore.
    var belongsToName: Bool { beginsName || isDigit }

    /// Whether the octet is a decimal digit.
    var isDigit: Bool { (0x30...0x39).contains(self) }
}

extension Substring {
    /// The text without the blanks at its ends.
    var withoutOuterBlanks: Substring {
        var octets = utf8.drop(while: \.isBlank)
        while octets.last?.isBlank == true { octets.removeLast() }
        return Substring(octets)
    }
}
