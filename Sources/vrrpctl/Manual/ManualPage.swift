/// A manual page in the language of mandoc(1), mdoc(7).
struct ManualPage {
    /// The page.
    private(set) var text = ""

    /// The head of a page.
    ///
    /// - Parameters:
    ///   - name: of the program.
    ///   - section: 1 for what everybody may use, 8 for what concerns the system.
    ///   - purpose: what it is for, in some words.
    init(of name: String, section: Int, purpose: String) {
        line(".Dd $Mdocdate$")
        line(".Dt \(name.uppercased()) \(section)")
        line(".Os")
        begin("NAME")
        line(".Nm \(name)")
        line(".Nd \(Self.escaped(purpose.hasSuffix(".") ? String(purpose.dropLast()) : purpose))")
    }

    /// Begins a section.
    mutating func begin(_ section: String) { line(".Sh \(section)") }

    /// Adds a line of mdoc.
    mutating func line(_ line: String) { text += line + "\n" }

    /// Adds text, whose paragraphs are apart by empty lines.
    mutating func write(_ text: String) {
        for (number, paragraph) in text.split(separator: "\n\n").enumerated() {
            if number > 0 { line(".Pp") }
            line(Self.escaped(paragraph))
        }
    }

    /// Adds a list of terms and what they mean; the terms are mdoc.
    mutating func list(_ items: [(term: String, meaning: String)]) {
        guard !items.isEmpty else { return }
        line(".Bl -tag -width Ds")
        for item in items {
            line(".It \(item.term)")
            line(Self.escaped(item.meaning))
        }
        line(".El")
    }

    /// The text as mdoc takes it for text, whatever characters it has.
    static func escaped(_ text: some StringProtocol) -> String {
        var escaped = text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" : ""
        for character in text {
            switch character {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            case "\n": escaped += " "
            case _ where character.isASCII: escaped.append(character)
            default:
                for scalar in character.unicodeScalars { escaped += "\\[u\(digits(scalar))]" }
            }
        }
        return escaped
    }

    /// The number of a character with at least four hexadecimal digits.
    private static func digits(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}
