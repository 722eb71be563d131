/// What keeps text from outside within its place in an exposition.
enum ExpositionEscaping {
    /// Backslashes and line feeds are escaped everywhere, double quotes where the text stands between some.
    static func escaped(_ text: String, quotes: Bool) -> String {
        var text = text
        let isPlain = text.withUTF8 { octets in
            octets.allSatisfy { octet in
                octet != UInt8(ascii: "\\") && octet != UInt8(ascii: "\n") && !(quotes && octet == UInt8(ascii: "\""))
            }
        }
        if isPlain { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
