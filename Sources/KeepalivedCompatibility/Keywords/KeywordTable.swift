import JSONDocument

/// The keywords of one block.
struct KeywordTable<Settings: Sendable>: Sendable {
    /// The name of the block; nil for the file itself.
    private let block: String?
    private let keywords: [Keyword<Settings>]
    private let positions: [String: Int]

    /// A table of keywords whose names differ.
    init(block: String?, _ keywords: [Keyword<Settings>]) {
        self.block = block
        self.keywords = keywords
        positions = Dictionary(keywords.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
    }

    /// Carries every statement of a block into the settings, in order.
    func read(_ statements: [Statement], into settings: inout Settings, _ log: inout DiagnosticLog) {
        var seen: Set<Int> = []
        for statement in statements {
            guard let position = positions[statement.keyword] else {
                reportUnknown(statement, &log)
                continue
            }
            let keyword = keywords[position]
            if !seen.insert(position).inserted, !keyword.mayRepeat {
                log.warning(statement.place, keyword.name, .repeated)
            }
            keyword.read(statement, &settings, &log)
        }
    }

    private func reportUnknown(_ statement: Statement, _ log: inout DiagnosticLog) {
        // The comparison with every keyword costs time, so a flood of unknown words must not pay for it.
        let nearest = log.keepsWarnings ? nearestName(to: statement.keyword, among: keywords.map(\.name)) : nil
        log.warning(statement.place, statement.keyword, .unknownKeyword(block: block, nearest: nearest))
    }

    /// The keywords as people read them, those of nested blocks behind their own.
    var descriptions: [KeywordDescription] {
        keywords.flatMap { keyword in
            let description = KeywordDescription(
                block: block ?? "", name: keyword.name, values: keyword.values, standard: keyword.standard,
                summary: keyword.summary, support: keyword.support)
            return [description] + keyword.nested
        }
    }
}
