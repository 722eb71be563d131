import Foundation
import Testing

@testable import KeepalivedCompatibility

@Suite("docs/keepalived.md")
struct DocumentationTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../docs/keepalived.md").standardizedFileURL

    private static func page() throws -> String { try String(contentsOf: file, encoding: .utf8) }

    /// `make keepalived-page` writes the tables anew; what stands between them is written by hand.
    @Test("Its tables are those of the program: every keyword and option with its values, default and meaning")
    func tables() throws {
        let page = try Self.page()
        let current = Self.current(page)
        if ProcessInfo.processInfo.environment["VRRP_WRITE_DOCUMENTS"] == "yes" {
            try Data(current.utf8).write(to: Self.file)
        }
        let isCurrent = try Self.page() == current
        #expect(isCurrent, "docs/keepalived.md is stale; `make keepalived-page` writes its tables anew")
    }

    @Test("Every block and every kind of option has its table")
    func places() throws {
        let heads = Set(Self.heads(of: try Self.page()).map { $0.place })
        for table in [Table.options, .optionsWithoutEffect, .optionsThatAreRefused] {
            #expect(heads.contains(table), "\(table)")
        }
        for keyword in KeepalivedLanguage.keywords where keyword.support == .supported {
            #expect(heads.contains(.keywords(of: keyword.block)), "\(keyword.block)")
            #expect(!keyword.summary.isEmpty, "\(keyword.name)")
        }
    }

    @Test("Every keyword that is skipped is named in the manual")
    func skippedKeywords() throws {
        let text = try Self.page()
        for keyword in KeepalivedLanguage.keywords where keyword.support != .supported {
            #expect(text.contains("`\(keyword.name)`"), "\(keyword.name)")
        }
    }

    @Test("No block knows a keyword twice")
    func unique() {
        let names = KeepalivedLanguage.keywords.map { "\($0.block) \($0.name)" }
        #expect(Set(names).count == names.count)
    }
}

extension DocumentationTests {
    /// A table that follows from the program.
    private enum Table: Hashable {
        /// The keywords of a block that are acted upon; the empty name is the file itself.
        case keywords(of: String)
        case options
        case optionsWithoutEffect
        case optionsThatAreRefused

        /// The table that begins with a line below a heading.
        init?(head: String, below heading: String) {
            switch head {
            case "| keyword | value | without it | meaning |":
                self = .keywords(of: heading == "Outside of blocks" ? "" : heading)
            case "| option | effect |": self = .options
            case "| option | why it has no effect |": self = .optionsWithoutEffect
            case "| option | why the program does not start |": self = .optionsThatAreRefused
            default: return nil
            }
        }

        var rows: [String] {
            switch self {
            case .keywords(let block):
                KeepalivedLanguage.keywords.filter { $0.block == block && $0.support == .supported }.map { keyword in
                    let values = keyword.values.replacing("|", with: "\\|")
                    return "| `\(keyword.name)` | \(values) | \(keyword.standard) | \(keyword.summary) |"
                }
            case .options:
                CommandLineOption.all.compactMap { option in
                    if case .set = option.effect { "| \(option.spellings) | \(option.summary) |" } else { nil }
                }
            case .optionsWithoutEffect:
                CommandLineOption.all.compactMap { option in
                    if case .ignored(let reason) = option.effect { "| \(option.spellings) | \(reason) |" } else { nil }
                }
            case .optionsThatAreRefused:
                CommandLineOption.all.compactMap { option in
                    if case .refused(let reason) = option.effect { "| \(option.spellings) | \(reason) |" } else { nil }
                }
            }
        }
    }

    /// The lines of a page at which tables begin.
    private static func heads(of page: String) -> [(index: Int, place: Table)] {
        var heading = ""
        return page.components(separatedBy: "\n").enumerated().compactMap { index, line in
            if line.hasPrefix("#") { heading = String(line.drop { $0 == "#" }.dropFirst()) }
            return Table(head: line, below: heading).map { (index, $0) }
        }
    }

    /// The page with the tables as they are to be.
    private static func current(_ page: String) -> String {
        var lines = page.components(separatedBy: "\n")
        for (index, table) in heads(of: page).reversed() {
            let begin = index + 2
            let end = lines[begin...].firstIndex { !$0.hasPrefix("|") } ?? lines.endIndex
            lines.replaceSubrange(begin..<end, with: table.rows)
        }
        return lines.joined(separator: "\n")
    }
}

extension CommandLineOption {
    /// How the option is written: `-p` `--pid=FILE`.
    fileprivate var spellings: String {
        let value =
            switch self.value {
            case .none: ""
            case .required(let name): "=\(name)"
            case .optional(let name): "[=\(name)]"
            }
        return [short.map { "`-\($0)`" }, long.map { "`--\($0)\(value)`" }].compactMap(\.self).joined(separator: " ")
    }
}
