/// A command as the configuration writes it: a program and its arguments.
///
/// No shell ever sees it. `'…'` and `"…"` keep words together, and outside of single quotes `\` takes the meaning from the
/// next character.
enum CommandLineText {
    /// What such a text may be, for people.
    static let allowed = "a program and its arguments, in double quotes where there are any"

    /// The command that the values of a keyword give; nil where they give none.
    ///
    /// One value is cut into words. Several are the words themselves, which must not have quotes or backslashes then: what
    /// these were to hold together has been cut apart already.
    static func command(_ values: [String]) -> [String]? {
        guard let first = values.first else { return nil }
        let words: [String]?
        if values.count == 1 {
            words = Self.words(first)
        } else {
            words = values.contains { $0.contains { "'\"\\".contains($0) } } ? nil : values
        }
        guard let words, let program = words.first, isProgram(program) else { return nil }
        return words
    }

    /// Whether a word can name a program: an absolute path, or a name to be looked up.
    private static func isProgram(_ word: String) -> Bool {
        guard !word.isEmpty, word.utf8.first != UInt8(ascii: "<") else { return false }
        return word.utf8.first == UInt8(ascii: "/") || !word.utf8.contains(UInt8(ascii: "/"))
    }

    /// The words of a text; nil where a quote has no partner or a backslash nothing behind it.
    static func words(_ text: String) -> [String]? {
        var words: [String] = []
        var word: [UInt8] = []
        var isInWord = false
        var quote: UInt8?
        var rest = text.utf8[...]
        while let octet = rest.popFirst() {
            switch (octet, quote) {
            case (UInt8(ascii: "\\"), let quote) where quote != UInt8(ascii: "'"):
                guard let next = rest.popFirst() else { return nil }
                word.append(next)
                isInWord = true
            case (let octet, let open?) where octet == open: quote = nil
            case (_, .some): word.append(octet)
            case (UInt8(ascii: "'"), nil), (UInt8(ascii: "\""), nil):
                quote = octet
                isInWord = true
            case (let octet, nil) where octet.isBlank:
                if isInWord { words.append(String(decoding: word, as: UTF8.self)) }
                word.removeAll()
                isInWord = false
            case (_, nil):
                word.append(octet)
                isInWord = true
            }
        }
        guard quote == nil else { return nil }
        if isInWord { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }
}
