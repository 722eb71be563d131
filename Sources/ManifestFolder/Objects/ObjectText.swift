/// The rules for names of objects (RFC 1123, as an API server applies them).
enum ObjectText {
    static let allowedLabel = "1 to 63 lower case letters, digits and hyphens, a letter or digit at both ends"
    static let allowedSubdomain =
        "1 to 253 lower case letters, digits, hyphens and dots, a letter or digit at both ends"

    /// Whether a text can be the name of a Service or a namespace.
    static func isLabel(_ text: String) -> Bool { text.utf8.count <= 63 && isPart(text.utf8[...]) }

    /// Whether a text can be the name of any object.
    static func isSubdomain(_ text: String) -> Bool {
        text.utf8.count <= 253
            && text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy(isPart)
    }

    private static func isPart(_ part: Substring.UTF8View) -> Bool {
        guard let first = part.first, let last = part.last, isLetterOrDigit(first), isLetterOrDigit(last) else {
            return false
        }
        return part.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte)
    }
}
