/// Octets written as pairs of hexadecimal digits, as people copy them from captures.
public struct HexOctets: Sendable, Equatable {
    /// The octets.
    public let octets: [UInt8]

    /// Reads pairs of digits; blanks, line feeds, `:` and `-` may stand between pairs, and `0x` at the start.
    ///
    /// An empty text is no octets.
    public init(_ text: String) throws(HexOctetsError) {
        var octets: [UInt8] = []
        octets.reserveCapacity(text.utf8.count / 2)
        var pending: UInt8?
        var position = 0
        let hasPrefix = text.hasPrefix("0x") || text.hasPrefix("0X")
        for character in text {
            position += 1
            if hasPrefix, position <= 2 { continue }
            if let digit = character.isASCII ? character.hexDigitValue : nil {
                if let first = pending {
                    octets.append(first << 4 | UInt8(digit))
                    pending = nil
                } else {
                    pending = UInt8(digit)
                }
            } else {
                guard pending == nil, character.isWhitespace || character == ":" || character == "-" else {
                    throw .notADigit(character, position: position)
                }
            }
        }
        guard pending == nil else { throw .oddDigit(position: position) }
        self.octets = octets
    }

    /// The digits of `octets`, two for each and nothing between them.
    public static func text(_ octets: some Sequence<UInt8>) -> String {
        var text = ""
        for octet in octets {
            if octet < 16 { text.append("0") }
            text.append(String(octet, radix: 16))
        }
        return text
    }
}

/// Where a text stops to be octets; positions count characters from 1.
public enum HexOctetsError: Error, Sendable, Hashable {
    /// A character that is neither a digit nor allowed between octets.
    case notADigit(Character, position: Int)
    /// The last digit has no partner.
    case oddDigit(position: Int)
}

extension HexOctetsError: CustomStringConvertible {
    /// One clause for people.
    public var description: String {
        switch self {
        case .notADigit(let character, let position):
            "character \(position), \"\(character)\", is not a hexadecimal digit in its place"
        case .oddDigit(let position):
            "it ends in the middle of an octet, at character \(position)"
        }
    }
}
