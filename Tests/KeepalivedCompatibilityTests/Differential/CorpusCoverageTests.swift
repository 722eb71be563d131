import Testing

@testable import KeepalivedCompatibility

@Suite("The corpus")
struct CorpusCoverageTests {
    @Test("has a case for each keyword that is known, in each of its blocks")
    func keywords() throws {
        let used = try Self.usedKeywords()
        let missing = KeepalivedLanguage.keywords.filter { !used.contains("\($0.block) \($0.name)") }
        #expect(missing.isEmpty, "\(missing.map { "\($0.block) \($0.name)" }.sorted().joined(separator: ", "))")
    }

    /// The keywords of all cases, each with the block that it stands in.
    private static func usedKeywords() throws -> Set<String> {
        var used: Set<String> = []
        for example in DifferentialTests.corpus {
            var log = DiagnosticLog()
            let source = MemorySource(example.others.merging(["k.conf": example.text]) { $1 })
            var reader = LineReader(source: source, configurationID: "node", requiresIncludes: false)
            try reader.read("k.conf", &log)
            note(BlockParser.statements(of: reader.lines, &log), in: "", &used)
        }
        return used
    }

    private static func note(_ statements: [Statement], in block: String, _ used: inout Set<String>) {
        for statement in statements {
            used.insert("\(block) \(statement.keyword)")
            note(statement.block ?? [], in: statement.keyword, &used)
        }
    }
}
