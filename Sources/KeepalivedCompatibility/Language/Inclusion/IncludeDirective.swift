/// The keywords that put other files in the place of their line.
///
/// They differ in what must not fail: plain `include` goes on with a warning whatever happens.
struct IncludeDirective {
    /// The path as written, with its wildcards and braces.
    var path: String
    /// The keyword.
    var keyword: String
    /// What must not fail.
    var check: IncludeCheck

    /// The keywords by what must not fail.
    static let keywords: [(name: String, check: IncludeCheck)] = [
        ("include", []), ("includer", .readable), ("includem", [.readable, .match]),
        ("includew", [.readable, .match, .wildcardMatch]), ("includeb", [.readable, .braceMatch]), ("includea", .all),
    ]

    /// Nil where the line begins with another word.
    init?(_ line: SourceLine, check: IncludeCheck) {
        guard line.firstOctet == UInt8(ascii: "i"), let (word, rest) = line.firstWord,
            let entry = Self.keywords.first(where: { $0.name == word })
        else { return nil }
        var path = rest
        if path.utf8.count > 1, path.utf8.first == UInt8(ascii: "\""), path.utf8.last == UInt8(ascii: "\"") {
            path = Substring(path.utf8.dropFirst().dropLast())
        }
        self.path = String(path)
        keyword = entry.name
        self.check = check.union(entry.check)
    }
}
