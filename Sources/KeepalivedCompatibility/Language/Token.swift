/// A word or brace of a line.
enum Token: Hashable, Sendable {
    /// A word; its quotes, where it had any, are removed.
    case word(String)
    /// `{` outside of quotes.
    case open
    /// `}` outside of quotes.
    case close
}

extension Token {
    /// The tokens of a line: words between blanks, `"several words"` as one, braces wherever they stand.
    ///
    /// - Returns: nil where a double quote has no partner.
    static func tokens(of text: Substring) -> [Token]? {
        let quote = UInt8(ascii: "\""), opening = UInt8(ascii: "{"), closing = UInt8(ascii: "}")
        var tokens: [Token] = []
        var rest = text.utf8
        while true {
            rest = rest.drop(while: \.isBlank)
            guard let first = rest.first else { return tokens }
            switch first {
            case opening:
                tokens.append(.open)
                rest = rest.dropFirst()
            case closing:
                tokens.append(.close)
                rest = rest.dropFirst()
            case quote:
                let inside = rest.dropFirst()
                guard let end = inside.firstIndex(of: quote) else { return nil }
                tokens.append(.word(String(Substring(inside[..<end]))))
                rest = inside[end...].dropFirst()
            default:
                let word = rest.prefix { !$0.isBlank && $0 != opening && $0 != closing && $0 != quote }
                tokens.append(.word(String(Substring(word))))
                rest = rest[word.endIndex...]
            }
        }
    }
}
