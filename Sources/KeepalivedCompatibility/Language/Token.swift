/// A word or brace of a line.
enum Token: Hashable, Sendable {
    /// A word; its quotes, where it had any, are removed.
    case word(String)
    /// `{` outside of quotes, so many octets behind the beginning of the line.
    case open(at: Int)
    /// `}` outside of quotes, so many octets behind the beginning of the line.
    case close(at: Int)
}

extension Token {
    /// The word; nil for a brace.
    var word: String? {
        switch self {
        case .word(let word): word
        case .open, .close: nil
        }
    }

    /// The tokens of a line: words between blanks, `"several words"` as one, braces wherever they stand.
    ///
    /// - Returns: nil where a double quote has no partner.
    static func tokens(of text: Substring) -> [Token]? {
        let quote = UInt8(ascii: "\""), opening = UInt8(ascii: "{"), closing = UInt8(ascii: "}")
        let octets = text.utf8.span
        var tokens: [Token] = []
        tokens.reserveCapacity(4)
        var position = 0
        while position < octets.count {
            let start = position
            position += 1
            switch octets[start] {
            case opening: tokens.append(.open(at: start))
            case closing: tokens.append(.close(at: start))
            case quote:
                while position < octets.count, octets[position] != quote { position += 1 }
                guard position < octets.count else { return nil }
                tokens.append(.word(String(octets.extracting(start + 1..<position))))
                position += 1
            case let octet where octet.isBlank: break
            default:
                while position < octets.count, !octets[position].isBlank, octets[position] != opening,
                    octets[position] != closing, octets[position] != quote
                { position += 1 }
                tokens.append(.word(String(octets.extracting(start..<position))))
            }
        }
        return tokens
    }
}

extension String {
    /// The text of octets that are cut out of a text between two characters.
    fileprivate init(_ octets: Span<UInt8>) {
        self = octets.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
