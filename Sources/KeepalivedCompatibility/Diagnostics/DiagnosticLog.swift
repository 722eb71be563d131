/// Collects what is found while a configuration is read, bounded in number.
struct DiagnosticLog {
    /// The most diagnostics of one severity that are kept.
    static let limit = 500

    private var kept: [Diagnostic] = []
    private var warnings = 0
    private var errors = 0
    /// How many of the errors leave usable what they stand in.
    private var errorsOfLines = 0
    private var kinds: Set<String> = []

    /// How many parts of the configuration are being read, each inside of the one before.
    private var depth = 0

    /// Whether an error was reported.
    var hasErrors: Bool { errors > 0 }

    /// Whether an error was reported that leaves no part of the configuration usable.
    private(set) var hasErrorsOutsideOfParts = false

    /// Reads or translates one part of the configuration, whose errors leave the others usable.
    ///
    /// - Returns: whether errors were reported meanwhile.
    mutating func containing(_ work: (inout DiagnosticLog) -> Void) -> Bool {
        let before = errors - errorsOfLines
        depth += 1
        work(&self)
        depth -= 1
        return errors - errorsOfLines > before
    }

    /// Reads or translates a line that can be left out alone: its errors leave the part usable that it stands in.
    mutating func sparing(_ work: (inout DiagnosticLog) -> Void) {
        let before = errors - errorsOfLines
        depth += 1
        work(&self)
        depth -= 1
        errorsOfLines = errors - before
    }

    /// The errors of a part whose errors are wanted by themselves; nil outside of one.
    private var collected: [Diagnostic]?

    /// Reads a part of the configuration, and returns its errors, at most ``limit`` of them.
    mutating func collectingErrors(_ work: (inout DiagnosticLog) -> Void) -> [Diagnostic] {
        collected = []
        work(&self)
        defer { collected = nil }
        return collected ?? []
    }

    /// Whether one more warning would be kept.
    var keepsWarnings: Bool { warnings < Self.limit }

    /// Everything that was kept, in the order of the files and their lines.
    var diagnostics: [Diagnostic] {
        var order: [String: Int] = [:]
        for diagnostic in kept where order[diagnostic.file] == nil { order[diagnostic.file] = order.count }
        func rank(_ diagnostic: Diagnostic) -> (Int, Int) { (order[diagnostic.file] ?? 0, diagnostic.line) }
        let sorted = kept.enumerated().sorted { left, right in
            let (one, other) = (rank(left.element), rank(right.element))
            return one != other ? one < other : left.offset < right.offset
        }.map(\.element)
        guard let last = sorted.last, warnings + errors > kept.count else { return sorted }
        let unlisted = Diagnostic.Problem.unlisted(count: warnings + errors - kept.count)
        return sorted + [Diagnostic(severity: .warning, place: last.place, keyword: nil, problem: unlisted)]
    }

    /// Notes something that makes the configuration unusable.
    mutating func error(_ place: SourcePlace, _ keyword: String?, _ problem: Diagnostic.Problem) {
        errors += 1
        if depth == 0 { hasErrorsOutsideOfParts = true }
        let diagnostic = Diagnostic(severity: .error, place: place, keyword: keyword, problem: problem)
        if let collected, collected.count < Self.limit { self.collected?.append(diagnostic) }
        guard errors <= Self.limit else { return }
        kept.append(diagnostic)
    }

    /// Notes something that leaves the configuration usable.
    mutating func warning(_ place: SourcePlace, _ keyword: String?, _ problem: Diagnostic.Problem) {
        warnings += 1
        guard warnings <= Self.limit else { return }
        kept.append(Diagnostic(severity: .warning, place: place, keyword: keyword, problem: problem))
    }

    /// Notes the first use of a keyword that is not acted upon, and none after it.
    mutating func warnOnce(_ place: SourcePlace, _ keyword: String, _ problem: Diagnostic.Problem) {
        guard kinds.insert(keyword).inserted else { return }
        warning(place, keyword, problem)
    }
}
