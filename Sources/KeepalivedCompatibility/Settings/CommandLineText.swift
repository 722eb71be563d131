import Glibc

/// A command as the configuration writes it: a program and its arguments.
///
/// As with keepalived it is cut into words twice: first the line, whose second word is the command, and then this word.
/// Each time `'…'` and `"…"` keep words together, and `\` gives the next character another meaning or none. The outer
/// quotes of `"/bin/check 'two words'"` go the first time, the inner ones the second time.
///
/// No shell sees a command, except one that begins with `<`: that is the way to ask bash for `/dev/tcp`.
enum CommandLineText {
    /// What such a text may be, for people.
    static let allowed = "a program and its arguments, in double quotes where there are any"

    /// The words behind the keyword of a statement; nil where they are none.
    static func values(of statement: Statement) -> [String]? {
        words(String(statement.text)).map { Array($0.dropFirst()) }
    }

    /// The command that the words behind a keyword give; nil where they give none.
    ///
    /// One word is cut into words again. Several are the words themselves.
    static func command(_ values: [String]) -> [String]? {
        guard let first = values.first else { return nil }
        if first.utf8.first == UInt8(ascii: "<") { return ["/bin/bash", "-c", values.joined(separator: " ")] }
        guard let words = values.count == 1 ? Self.words(first) : values, let program = words.first,
            isProgram(program)
        else { return nil }
        return words
    }

    /// Whether a word can name a program: an absolute path, or a name to be looked up.
    private static func isProgram(_ word: String) -> Bool {
        !word.isEmpty && (word.utf8.first == UInt8(ascii: "/") || !word.utf8.contains(UInt8(ascii: "/")))
    }

    /// The words of a text; nil where a quote has no partner, a backslash nothing behind it, or where it gives octets that
    /// no word can have.
    static func words(_ text: String) -> [String]? {
        var words: [[UInt8]] = []
        var word: [UInt8]?
        var quote: UInt8?
        var rest = text.utf8[...]
        while let octet = rest.popFirst() {
            switch (octet, quote) {
            case (UInt8(ascii: "\\"), _):
                guard let octet = escaped(&rest), octet != 0 else { return nil }
                word = (word ?? []) + [octet]
            case (let octet, let open?) where octet == open: quote = nil
            case (_, .some): word = (word ?? []) + [octet]
            case (UInt8(ascii: "'"), nil), (UInt8(ascii: "\""), nil):
                quote = octet
                word = word ?? []
            case (let octet, nil) where octet.isBlank:
                if let word { words.append(word) }
                word = nil
            case (_, nil): word = (word ?? []) + [octet]
            }
        }
        guard quote == nil else { return nil }
        if let word { words.append(word) }
        let texts = words.compactMap { String(validating: $0, as: UTF8.self) }
        return texts.count == words.count ? texts : nil
    }

    /// The octet that stands behind a backslash, or that what stands there means; nil at the end of the text.
    private static func escaped(_ rest: inout Substring.UTF8View) -> UInt8? {
        guard let octet = rest.popFirst() else { return nil }
        switch octet {
        case UInt8(ascii: "a"): return 0x07
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "E"): return 0x1b
        case UInt8(ascii: "f"): return 0x0c
        case UInt8(ascii: "n"): return 0x0a
        case UInt8(ascii: "r"): return 0x0d
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "v"): return 0x0b
        case UInt8(ascii: "c"): return rest.popFirst().map { $0 & 0x1f } ?? octet
        case UInt8(ascii: "x"):
            let digits = rest.prefix { isxdigit(Int32($0)) != 0 }
            guard !digits.isEmpty else { return octet }
            rest = rest[digits.endIndex...]
            // All digits belong to it, however many there are, and the last two count.
            return UInt8(Substring(digits).suffix(2), radix: 16)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            var number = Int(octet - UInt8(ascii: "0"))
            for digit in rest.prefix(2).prefix(while: { (0x30...0x37).contains($0) }) {
                number = number * 8 + Int(digit - UInt8(ascii: "0"))
                rest.removeFirst()
            }
            return UInt8(truncatingIfNeeded: number)
        default: return octet
        }
    }
}
