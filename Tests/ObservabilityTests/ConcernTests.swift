import StatusServer
import Testing

@Suite("What the pages warn of")
struct ConcernTests {
    @Test("The documentation lists each of it with how bad it is, and nothing else", arguments: PageConcern.allCases)
    func documented(_ concern: PageConcern) throws {
        let page = try Repository.text("docs/operations.md")
        #expect(page.contains("\n| \(concern.severity.rawValue) | \(concern.rawValue) | "))
        let rows = page.split(separator: "\n").count { line in
            PageWarning.Severity.allCases.contains { line.hasPrefix("| \($0.rawValue) | ") }
        }
        #expect(rows == PageConcern.allCases.count)
    }
}
