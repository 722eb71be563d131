import Testing

@testable import KeepalivedCompatibility

@Suite("Documentation")
struct DocumentationTests {
    /// The lines of `docs/keepalived.md`.
    private func manual() throws -> [Substring] {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let file = try FileSystemSource().read("/\(root)/docs/keepalived.md")
        return String(decoding: file.octets, as: UTF8.self).split(separator: "\n")
    }

    @Test("Every keyword that is acted upon has a row in the manual with its values, default and summary")
    func supportedKeywords() throws {
        let rows = Set(try manual())
        for keyword in KeepalivedLanguage.keywords where keyword.support == .supported {
            let values = keyword.values.replacing("|", with: "\\|")
            let row = "| `\(keyword.name)` | \(values) | \(keyword.standard) | \(keyword.summary) |"
            #expect(rows.contains(row[...]), "\(row)")
            #expect(!keyword.summary.isEmpty)
        }
    }

    @Test("Every keyword that is skipped is named in the manual")
    func skippedKeywords() throws {
        let text = try manual().joined(separator: "\n")
        for keyword in KeepalivedLanguage.keywords where keyword.support != .supported {
            #expect(text.contains("`\(keyword.name)`"), "\(keyword.name)")
        }
    }

    @Test("Every option has a row in the manual with its effect, or the reason why it has none")
    func options() throws {
        let rows = Set(try manual())
        for option in CommandLineOption.all {
            let value =
                switch option.value {
                case .none: ""
                case .required(let name): "=\(name)"
                case .optional(let name): "[=\(name)]"
                }
            let spellings = [option.short.map { "`-\($0)`" }, option.long.map { "`--\($0)\(value)`" }]
            let meaning =
                switch option.effect {
                case .set: option.summary
                case .ignored(let reason), .refused(let reason): reason
                }
            let row = "| \(spellings.compactMap(\.self).joined(separator: " ")) | \(meaning) |"
            #expect(rows.contains(row[...]), "\(row)")
        }
    }

    @Test("No block knows a keyword twice")
    func unique() {
        let names = KeepalivedLanguage.keywords.map { "\($0.block) \($0.name)" }
        #expect(Set(names).count == names.count)
    }
}
