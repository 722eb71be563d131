/// The keywords that put another file in the place of their line.
///
/// They differ in what follows when no such file exists: plain `include` goes on with a warning.
struct IncludeDirective {
    /// The path as written.
    var path: String
    /// The keyword.
    var keyword: String
    /// Whether the file must exist.
    var isRequired: Bool

    /// The keywords by what follows from a missing file.
    static let keywords: [(name: String, isRequired: Bool)] = [
        ("include", false), ("includer", true), ("includem", true), ("includew", true), ("includeb", true),
        ("includea", true),
    ]

    /// Nil where the line begins with another word.
    init?(_ line: SourceLine, requiresAll: Bool) {
        guard line.firstOctet == UInt8(ascii: "i"), let (word, rest) = line.firstWord,
            let entry = Self.keywords.first(where: { $0.name == word })
        else { return nil }
        var path = rest
        while path.utf8.last?.isBlank == true { path.removeLast() }
        if path.count > 1, path.first == "\"", path.last == "\"" { path = path.dropFirst().dropLast() }
        self.path = String(path)
        keyword = entry.name
        isRequired = entry.isRequired || requiresAll
    }

    /// Whether the path asks for wildcard expansion.
    var hasWildcard: Bool { path.contains { "*?[{".contains($0) } }

    /// The path as seen from the folder of the file that holds the line.
    func resolved(from file: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }
}
