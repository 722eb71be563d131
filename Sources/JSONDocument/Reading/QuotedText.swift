/// `text` for a sentence: in quotes, escaped, so that it can neither end a line nor steer a terminal, and no longer than
/// some 60 characters.
func quoted(_ text: String) -> String {
    let longest = 60
    var result = "\""
    for (index, scalar) in text.unicodeScalars.enumerated() {
        guard index < longest else {
            result += "…"
            break
        }
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        case "\r": result += "\\r"
        case " ": result += " "
        case let scalar where scalar.isPlainlyVisible: result.unicodeScalars.append(scalar)
        default: result += "\\u{\(String(scalar.value, radix: 16))}"
        }
    }
    return result + "\""
}

/// `U+001B`.
func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
}

extension Unicode.Scalar {
    /// Whether the character shows as itself: no control, format, separator, private or unassigned character.
    var isPlainlyVisible: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: false
        case .lineSeparator, .paragraphSeparator, .spaceSeparator: false
        default: true
        }
    }
}
