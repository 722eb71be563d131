/// The first stage: cuts the octets of a file into lines of text without comments.
///
/// Carriage returns before the line end are dropped, and blanks at both ends of the line.
struct LineSplitter {
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Calls `body` with each line that has any text; lines that cannot be used are reported and left out.
    static func forEachLine(
        of octets: [UInt8], file: String, log: inout DiagnosticLog, _ body: (SourceLine, inout DiagnosticLog) -> Void
    ) {
        var start = 0
        var number = 0
        while start < octets.count {
            number += 1
            let end = octets[start...].firstIndex(of: lineFeed) ?? octets.count
            let place = SourcePlace(file: file, line: number)
            if let line = line(of: octets[start..<end], place, &log) { body(line, &log) }
            start = end + 1
        }
    }

    /// The line that octets hold; nil where it has no text or is not fit for use.
    private static func line(
        of octets: ArraySlice<UInt8>, _ place: SourcePlace, _ log: inout DiagnosticLog
    ) -> SourceLine? {
        var octets = octets
        while octets.last == carriageReturn { octets = octets.dropLast() }
        let content = LineContent(octets)
        guard !content.octets.isEmpty || content.isContinuedByComment else { return nil }
        let problem: Diagnostic.SyntaxProblem
        if content.octets.count > LanguageLimits.lineLength {
            problem = .lineTooLong(limit: LanguageLimits.lineLength)
        } else if content.octets.contains(0) {
            problem = .zeroOctet
        } else if let text = text(of: content.octets) {
            return SourceLine(text: text[...], place: place, isContinuedByComment: content.isContinuedByComment)
        } else {
            problem = .notUTF8
        }
        log.error(place, nil, .syntax(problem))
        return nil
    }

    /// The text that octets are in UTF-8; nil where they are none.
    private static func text(of octets: ArraySlice<UInt8>) -> String? {
        guard let text = try? UTF8Span(validating: octets.span) else { return nil }
        return String(copying: text)
    }
}
