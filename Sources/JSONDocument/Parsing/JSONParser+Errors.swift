extension JSONParser {
    /// An error at the next byte.
    func error(_ what: JSONSyntaxError.What) -> JSONSyntaxError {
        JSONSyntaxError(position: position, what: what)
    }

    /// An error at the next byte that names what stands there; the byte itself where it is not UTF-8.
    ///
    /// It throws and returns the same type so that a call reads `throw try unexpected { … }`.
    func unexpected(
        _ what: (JSONSyntaxError.Found) -> JSONSyntaxError.What
    ) throws(JSONSyntaxError) -> JSONSyntaxError {
        error(what(try found()))
    }

    private func found() throws(JSONSyntaxError) -> JSONSyntaxError.Found {
        guard let byte = next else { return .end }
        guard !byte.isLetterOrDigit else { return .word(word()) }
        guard let length = codePointLength(at: offset) else { throw error(.invalidUTF8(byte)) }
        let character = String(decoding: bytes[offset..<offset + length], as: UTF8.self)
        return character.unicodeScalars.first.map { .character($0) } ?? .end
    }

    /// The letters and digits that begin here, at most 20 of them.
    private func word() -> String {
        let longest = 20
        let letters = bytes[offset...].prefix(longest + 1).prefix { $0.isLetterOrDigit }
        let word = String(decoding: letters.prefix(longest), as: UTF8.self)
        return letters.count > longest ? word + "…" : word
    }
}

extension UInt8 {
    /// Whether the byte is an ASCII letter or digit.
    var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: false
        }
    }

    /// Whether the byte is an ASCII digit.
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
