/// How much definitions and sequences may still make of a configuration.
struct ExpansionBudget {
    private var lines = LanguageLimits.expandedLines
    private var octets = LanguageLimits.expandedOctets

    /// Whether the limit was hit, so that nothing is expanded any more.
    private(set) var isExhausted = false

    /// Takes one more line into account.
    mutating func spend(_ line: SourceLine) throws(Diagnostic.SyntaxProblem) {
        lines -= 1
        try spend(octets: line.text.utf8.count)
    }

    /// Takes octets into account that were written.
    mutating func spend(octets count: Int) throws(Diagnostic.SyntaxProblem) {
        octets -= count
        guard lines < 0 || octets < 0 else { return }
        isExhausted = true
        throw .expansionTooLarge(lines: LanguageLimits.expandedLines, octets: LanguageLimits.expandedOctets)
    }
}
