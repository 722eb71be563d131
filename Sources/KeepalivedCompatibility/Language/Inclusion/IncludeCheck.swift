/// What of an inclusion must not fail; what may fail is a warning.
struct IncludeCheck: OptionSet, Sendable {
    let rawValue: UInt8

    /// What is found must be a file that can be read.
    static let readable = IncludeCheck(rawValue: 1)
    /// A path without wildcards must exist.
    static let match = IncludeCheck(rawValue: 2)
    /// A path with wildcards must match a file.
    static let wildcardMatch = IncludeCheck(rawValue: 4)
    /// Each alternative in braces must match a file.
    static let braceMatch = IncludeCheck(rawValue: 8)

    static let all: IncludeCheck = [.readable, .match, .wildcardMatch, .braceMatch]
}

extension IncludeCheck {
    /// What may follow `include_check`, for people.
    static let allowed = "nothing for all, or readable, match, wildcard_match and brace_match with + or - before them"

    private static let words: [String: IncludeCheck] = [
        "readable": .readable, "read": .readable, "match": .match, "wildcard_match": .wildcardMatch,
        "brace_match": .braceMatch,
    ]

    /// Carries out the words behind `include_check`.
    ///
    /// A plain word stands for itself and `readable`, and must be the first one; `+` adds, `-` removes.
    ///
    /// - Returns: the words that cannot be used.
    mutating func change(by words: [String]) -> [String] {
        guard !words.isEmpty else {
            self = .all
            return []
        }
        var rejected: [String] = []
        for (index, word) in words.enumerated() {
            let sign = word.first.flatMap { "+-".contains($0) ? $0 : nil }
            guard let check = Self.words[String(sign == nil ? word[...] : word.dropFirst())], sign != nil || index == 0
            else {
                rejected.append(word)
                continue
            }
            switch sign {
            case "+": formUnion(check)
            case "-": subtract(check)
            default: self = [.readable, check]
            }
        }
        return rejected
    }
}
