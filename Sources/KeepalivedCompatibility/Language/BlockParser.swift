/// The last stage: groups lines of words into statements with blocks.
///
/// A statement ends with its line or at a brace. `{` opens the block of the statement before it, on the same line or an
/// earlier one. The parser keeps its own stack, so that the depth of a text never becomes the depth of calls.
struct BlockParser {
    private struct Frame {
        /// The statement whose block is being read; nil for the file itself and for a brace without a keyword.
        var header: Statement?
        var statements: [Statement] = []
    }

    private var frames = [Frame()]
    /// How many blocks beyond the limit are open; nothing in them is kept.
    private var surplusDepth = 0
    private var reportedDepth = false

    /// The statements of all lines; what does not fit the language is reported and left out.
    static func statements(of lines: [SourceLine], _ log: inout DiagnosticLog) -> [Statement] {
        var parser = BlockParser()
        for line in lines {
            guard let tokens = Token.tokens(of: line.text) else {
                log.error(line.place, line.firstWord.map { String($0.word) }, .syntax(.unmatchedQuote))
                continue
            }
            parser.add(tokens, of: line, &log)
        }
        return parser.finish(&log)
    }

    private mutating func add(_ tokens: [Token], of line: SourceLine, _ log: inout DiagnosticLog) {
        let octets = line.text.utf8
        var words: [String] = []
        var start = octets.startIndex
        func text(to position: Int) -> Substring {
            Substring(octets[start..<octets.index(octets.startIndex, offsetBy: position)])
        }
        func end(at position: Int) { start = octets.index(octets.startIndex, offsetBy: position + 1) }
        for token in tokens {
            switch token {
            case .word(let word): words.append(word)
            case .open(let position):
                open(after: words, text(to: position), at: line.place, &log)
                words = []
                end(at: position)
            case .close(let position):
                append(words, text(to: position), at: line.place)
                words = []
                end(at: position)
                close(at: line.place, &log)
            }
        }
        append(words, Substring(octets[start...]), at: line.place)
    }

    private mutating func append(_ words: [String], _ text: Substring, at place: SourcePlace) {
        guard !words.isEmpty, surplusDepth == 0 else { return }
        frames[frames.count - 1].statements.append(Statement(words, text, at: place))
    }

    private mutating func open(
        after words: [String], _ text: Substring, at place: SourcePlace, _ log: inout DiagnosticLog
    ) {
        guard surplusDepth == 0, frames.count <= LanguageLimits.blockDepth else {
            surplusDepth += 1
            if !reportedDepth {
                log.error(place, words.first, .syntax(.nestedTooDeep(limit: LanguageLimits.blockDepth)))
            }
            reportedDepth = true
            return
        }
        var header: Statement?
        if !words.isEmpty {
            header = Statement(words, text, at: place)
        } else if frames[frames.count - 1].statements.last?.block == nil {
            header = frames[frames.count - 1].statements.popLast()
        }
        if header == nil { log.error(place, nil, .syntax(.strayOpeningBrace)) }
        frames.append(Frame(header: header))
    }

    private mutating func close(at place: SourcePlace, _ log: inout DiagnosticLog) {
        guard surplusDepth == 0 else {
            surplusDepth -= 1
            return
        }
        guard frames.count > 1 else { return log.error(place, nil, .syntax(.strayClosingBrace)) }
        endBlock()
    }

    private mutating func endBlock() {
        let frame = frames.removeLast()
        guard var statement = frame.header else { return }
        statement.block = frame.statements
        frames[frames.count - 1].statements.append(statement)
    }

    private mutating func finish(_ log: inout DiagnosticLog) -> [Statement] {
        while frames.count > 1 {
            if let header = frames.last?.header { log.error(header.place, header.keyword, .syntax(.unclosedBlock)) }
            endBlock()
        }
        return frames[0].statements
    }
}
