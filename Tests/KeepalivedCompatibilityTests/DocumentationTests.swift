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

    @Test("No block knows a keyword twice")
    func unique() {
        let names = KeepalivedLanguage.keywords.map { "\($0.block) \($0.name)" }
        #expect(Set(names).count == names.count)
    }
}
