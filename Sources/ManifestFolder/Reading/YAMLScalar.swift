import JSONDocument
import Yams

/// What a scalar of YAML means: plain ones as YAML 1.1 has it, which is what `kubectl` reads; all others are texts.
enum YAMLScalar {
    private static let textTag = Yams.Tag.Name.str.rawValue
    private static let truths: [String: Bool] = {
        var words: [String: Bool] = [:]
        for (yes, no) in [("y", "n"), ("yes", "no"), ("true", "false"), ("on", "off")] {
            for form in [\String.self, \.capitalised, \.uppercase] {
                words[yes[keyPath: form]] = true
                words[no[keyPath: form]] = false
            }
        }
        return words
    }()

    /// The value of a scalar.
    static func value(of scalar: Yams.Node.Scalar) -> JSONValue {
        guard scalar.style == .plain, scalar.tag.rawValue != textTag else { return .string(scalar.string) }
        return value(ofPlain: scalar.string)
    }

    /// The value of a plain scalar.
    static func value(ofPlain text: String) -> JSONValue {
        // The longest of the words, and of numbers that fit; a text cannot be one of them then.
        guard text.utf8.count <= 64 else { return .string(text) }
        if ["", "~", "null", "Null", "NULL"].contains(text) { return .null }
        if let truth = truths[text] { return .bool(truth) }
        guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first) else { return .string(text) }
        if let number = integer(text) { return .integer(number) }
        if let number = fraction(text) { return .number(number) }
        return .string(text)
    }

    /// Decimal, or with the prefixes 0x, 0o, 0b and 0; marks between digits may be there.
    private static func integer(_ text: String) -> Int64? {
        let plain = text.filter { $0 != "_" }
        let isNegative = plain.hasPrefix("-")
        var digits = Substring(plain.hasPrefix("-") || plain.hasPrefix("+") ? plain.dropFirst() : plain[...])
        var radix = 10
        for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
            digits = digits.dropFirst(2)
            radix = base
        }
        if radix == 10, digits.count > 1, digits.first == "0" {
            digits = digits.dropFirst()
            radix = 8
        }
        guard let first = digits.first, first != "+", first != "-" else { return nil }
        return Int64((isNegative ? "-" : "") + digits, radix: radix)
    }

    private static func fraction(_ text: String) -> Double? {
        // What `Double` reads beyond this, such as "0x1p3" or "infinity", is a text to YAML.
        guard text.utf8.allSatisfy({ "+-.eE0123456789".utf8.contains($0) }), text.utf8.contains(where: isDigit),
            let number = Double(text), number.isFinite
        else { return nil }
        return number
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension String {
    fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
    fileprivate var uppercase: String { uppercased() }
}
