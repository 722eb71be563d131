/// Pairs of a log line as `key=value`, sorted by key, with a blank between two: `from=backup peer=192.0.2.20 to=active`.
///
/// A value that is empty, or has a blank, an `=`, a quotation mark, a backslash or a control character, stands in quotation
/// marks, in which the last three are escaped: a value can neither end its line nor pass for another key.
public struct KeyValueText: Sendable, CustomStringConvertible {
    /// The text; empty without pairs.
    public let description: String

    /// The text of `pairs`.
    public init(_ pairs: [String: String]) {
        description = pairs.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.quoted($0.value))" }
            .joined(separator: " ")
    }

    private static func quoted(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.unicodeScalars.allSatisfy { !isSpecial($0) }
        return isPlain ? value : "\"\(value.unicodeScalars.map(escaped).joined())\""
    }

    private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "=", "\"", "\\": true
        default: scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\t": "\\t"
        default: scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
        }
    }
}
