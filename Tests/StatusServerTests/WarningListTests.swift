import StatusServer
import Testing

@Suite("The warnings of a page")
struct WarningListTests {
    @Test("The critical ones stand first, each kind in the order in which they came")
    func order() {
        let warnings = [
            PageWarning(.engineLate, subject: "a", text: "1"), PageWarning(.otherRouter, subject: "b", text: "2"),
            PageWarning(.notAsPlanned, subject: "c", text: "3"), PageWarning(.noOwner, subject: "d", text: "4"),
        ]
        #expect(warnings.shown(of: "n1").map(\.text) == ["2", "4", "1", "3"])
    }

    @Test("Of more than 100 the worst are shown, and the rest is counted")
    func many() {
        let warnings = (0..<250).map { number in
            PageWarning(number % 5 == 0 ? .noOwner : .notTakingPart, subject: "\(number)", text: "")
        }
        let shown = warnings.shown(of: "n1")
        #expect(shown.count == 101 && shown[..<50].allSatisfy { $0.severity == .critical })
        #expect(shown.last == PageWarning(.furtherWarnings, subject: "n1", text: "150 more warnings are not shown"))
        #expect([PageWarning](warnings.prefix(100)).shown(of: "n1").count == 100)
    }
}
