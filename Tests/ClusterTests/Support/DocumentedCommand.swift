import Foundation
import NetworkLab

/// A command that a page of the documentation tells its reader to type, with the output that it shows, if it shows any.
struct DocumentedCommand: Sendable, CustomStringConvertible {
    let page: String
    let line: Int
    /// As written, with continued lines as one.
    let text: String
    private(set) var shown: [String] = []

    /// The first word.
    var program: String { text.prefix { $0 != " " }.description }

    var description: String { "\(page):\(line): \(text)" }

    /// The programs of this project, as its manifest has them.
    static let ownPrograms: Set<String> = {
        let manifest = (try? Project.text("Package.swift")) ?? ""
        return Set(manifest.matches(of: /\.executable(Target)?\(\s*name: "(?<name>[^"]+)"/).map { String($0.name) })
    }()

    /// Whether a line that begins with a word is a command: of a program of this project, of one that the tests name, or of
    /// one that is here. The last are told from words of drawings by what follows.
    private static func isCommand(_ text: String) -> Bool {
        let word = String(text.prefix { $0 != " " })
        if ownPrograms.contains(word) || DocumentedCommandTests.named.contains(word) { return true }
        guard word.wholeMatch(of: /[a-z][a-z0-9._-]*/) != nil, !text.hasPrefix(word + "  ") else { return false }
        return Programs.path(of: word) != nil
    }

    /// The pages, as paths in this project.
    static let pages: [String] = {
        let folder = FileManager.default.enumerator(atPath: Project.file("docs"))
        let paths = folder?.compactMap { $0 as? String }.filter { $0.hasSuffix(".md") } ?? []
        return ["README.md", "CONTRIBUTING.md", "Benchmarks/README.md"] + paths.sorted().map { "docs/\($0)" }
    }()

    /// The commands of all pages.
    static func all() throws -> [DocumentedCommand] { try pages.flatMap { try commands(of: $0) } }

    /// The commands of a page, in its order.
    static func commands(of page: String) throws -> [DocumentedCommand] {
        var commands: [DocumentedCommand] = []
        for block in blocks(of: try Project.text(page)) {
            let hasOutput = block.contains { $0.text.hasPrefix("$ ") }
            var isContinued = false
            for (number, text) in block {
                // What follows `$` is a command whatever it begins with.
                let isCommand = hasOutput ? text.hasPrefix("$ ") : isCommand(text)
                if isContinued, let last = commands.popLast() {
                    commands.append(
                        DocumentedCommand(page: page, line: last.line, text: "\(last.text) \(withoutEnd(text))"))
                    isContinued = text.hasSuffix("\\") || text.hasSuffix("|")
                } else if isCommand {
                    let command = hasOutput ? String(text.dropFirst(2)) : text
                    commands.append(DocumentedCommand(page: page, line: number, text: withoutEnd(command)))
                    isContinued = text.hasSuffix("\\") || text.hasSuffix("|")
                } else if hasOutput, !commands.isEmpty {
                    commands[commands.count - 1].shown.append(text)
                }
            }
        }
        return commands
    }

    /// A line of a command without the mark that says that it goes on. In CONTRIBUTING.md an explanation follows.
    private static func withoutEnd(_ text: String) -> String {
        let command = text.firstRange(of: "   ").map { text[..<$0.lowerBound] } ?? text[...]
        return (command.hasSuffix("\\") ? command.dropLast() : command).trimmingCharacters(in: .whitespaces)
    }

    /// The blocks of code of a page: fenced, or indented after an empty line.
    static func blocks(of text: String) -> [[(number: Int, text: String)]] {
        var blocks: [[(number: Int, text: String)]] = []
        var block: [(number: Int, text: String)] = []
        var isFenced = false
        var followsEmpty = true
        func end() {
            if !block.isEmpty { blocks.append(block) }
            block = []
        }
        for (index, line) in text.components(separatedBy: "\n").enumerated() {
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            let isIndented = line.hasPrefix("    ") && (followsEmpty || !block.isEmpty)
            if trimmed.hasPrefix("```") {
                end()
                isFenced.toggle()
            } else if isFenced || (isIndented && !trimmed.isEmpty) {
                block.append((index + 1, trimmed))
            } else if !trimmed.isEmpty {
                end()
            }
            followsEmpty = trimmed.isEmpty
        }
        end()
        return blocks
    }
}

/// Runs the commands of the documentation in a shell, and compares what they say with what the documentation shows.
final class DocumentedShell {
    /// How a command runs; returns what it wrote and its exit status.
    typealias Run = (_ command: String) async throws -> (output: String, status: Int32)

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let run: Run
    private var left: [DocumentedCommand]

    /// - Parameter programs: the first words of the commands that are to be run by the end.
    init(_ pages: [String], programs: Set<String>, run: @escaping Run) throws {
        left = try pages.flatMap { try DocumentedCommand.commands(of: $0) }.filter { programs.contains($0.program) }
        self.run = run
    }

    /// The commands that have not been run.
    var commandsLeft: [DocumentedCommand] { left }

    /// Runs a command that some page has, wherever it has it; it must say what the page shows, no more and no less.
    ///
    /// - Parameters:
    ///   - placeholders: what a reader puts in the place of what.
    ///   - status: the exit status that it must have.
    ///   - varying: what differs from run to run, beside times and process identifiers.
    @discardableResult
    func callAsFunction(
        _ text: String, placeholders: KeyValuePairs<String, String> = [:], status: Int32 = 0,
        varying: Regex<Substring>? = nil
    ) async throws -> String {
        let documented = left.filter { $0.text == text }
        guard !documented.isEmpty else { throw Failure(description: "no page has the command \(text)") }
        left.removeAll { $0.text == text }
        let command = placeholders.reduce(text) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
        let result = try await run(command)
        guard result.status == status else {
            throw Failure(
                description: "\(documented[0]) ended with \(result.status) instead of \(status):\n\(result.output)")
        }
        let said = Self.shapes(result.output.components(separatedBy: "\n"), varying)
        for command in documented where !command.shown.isEmpty {
            let shown = Self.shapes(command.shown, varying)
            guard shown != said else { continue }
            let difference = shown.difference(from: said).map { change in
                switch change {
                case .insert(_, let line, _): "shown, but not said: \(line)"
                case .remove(_, let line, _): "said, but not shown: \(line)"
                }
            }
            throw Failure(
                description: "\(command) says\n\(result.output)\n\(difference.joined(separator: "\n"))")
        }
        return result.output
    }

    /// Lines without what differs from run to run: empty ones, the width of columns, times, ages, process identifiers. Lines
    /// that are the same then count once, for how many adverts there were is a matter of time as well.
    private static func shapes(_ lines: [String], _ varying: Regex<Substring>?) -> [String] {
        lines.reduce(into: []) { shapes, line in
            var shape = line.replacing(/\d{4}-\d\d-\d\dT[0-9:.]+Z/, with: "TIME")
                .replacing(/^[0-9]+\.[0-9]{9}\b|\b[0-9]+\.[0-9]+(?= s\b)/, with: "SECONDS")
                .replacing(/\b([0-9]+[dhms])+\b/, with: "AGE")
                .replacing(/\bprocess [0-9]+/, with: "process PID")
            if let varying { shape = shape.replacing(varying, with: "…") }
            shape = shape.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if !shape.isEmpty, shape != shapes.last { shapes.append(shape) }
        }
    }
}
