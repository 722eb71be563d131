import Foundation

/// A command that stands in running text or in a table of the documentation, between backticks: what may be typed, though
/// not always as it stands.
struct InlineCommand: Sendable, CustomStringConvertible {
    let page: String
    let line: Int
    let words: [String]

    /// What is run. A plug-in of kubectl is a program of its own.
    var program: String { isPlugIn ? "kubectl-\(words[1])" : words[0] }
    /// What follows the program.
    var arguments: [String] { Array(words.dropFirst(isPlugIn ? 2 : 1)) }
    /// The options, without values that are joined to them.
    var options: [String] {
        arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("-") && $0 != "-" }
            .map { String($0.prefix { $0 != "=" }) }
    }

    var description: String { "\(page):\(line): \(words.joined(separator: " "))" }

    private var isPlugIn: Bool {
        words.count > 1 && words[0] == "kubectl" && DocumentedCommand.ownPrograms.contains("kubectl-\(words[1])")
    }

    /// Those of all pages that begin with a program of this project, `make` or `kubectl`, and have more than its name.
    static func all() throws -> [InlineCommand] {
        let programs = DocumentedCommand.ownPrograms.union(["make", "kubectl"])
        return try DocumentedCommand.pages.flatMap { page in
            spans(of: try Project.text(page)).compactMap { line, text in
                let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
                guard words.count > 1, programs.contains(words[0]) else { return nil }
                return InlineCommand(page: page, line: line, words: words)
            }
        }
    }

    /// What stands between backticks outside of blocks of code, with the number of its line.
    private static func spans(of text: String) -> [(line: Int, text: String)] {
        let ofBlocks = Set(DocumentedCommand.blocks(of: text).joined().map(\.number))
        let prose = text.components(separatedBy: "\n").enumerated().map { index, line in
            ofBlocks.contains(index + 1) || line.contains("```") ? "" : line
        }.joined(separator: "\n")
        return prose.matches(of: /`([^`]+)`/).map { match in
            (prose[..<match.range.lowerBound].count { $0 == "\n" } + 1, String(match.1))
        }
    }
}
