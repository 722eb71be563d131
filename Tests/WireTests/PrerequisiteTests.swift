import NetworkLab
import Testing

@Suite("What the tests on the wire need")
struct PrerequisiteTests {
    @Test(
        "In CI nothing is missing that a test on the wire needs",
        .enabled(if: Prerequisite.isRequired, "asked for with CI=true only"), arguments: Prerequisite.allCases)
    func nothingIsMissing(_ prerequisite: Prerequisite) {
        #expect(prerequisite.shortcoming == nil)
    }
}
