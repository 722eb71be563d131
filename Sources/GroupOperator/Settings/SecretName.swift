/// The name of a Secret: a DNS subdomain (RFC 1123), which is what the API server takes.
public struct SecretName: Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let description: String

    /// What a name may be, for people who wrote another one.
    public static let allowed =
        "words of a-z, 0-9 and -, which begin and end with a letter or digit, with dots between them, "
        + "at most \(longest) octets"
    private static let longest = 253

    /// The name that a text is; nil where it is none.
    public init?(_ text: String) {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let isName = labels.allSatisfy { label in
            !label.isEmpty && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { octet in
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) || octet == UInt8(ascii: "-")
                }
        }
        guard isName, text.utf8.count <= Self.longest else { return nil }
        description = text
    }
}
