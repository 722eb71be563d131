/// The first stage: cuts the octets of a file into lines of text without comments.
///
/// A comment begins with `!` or `#` outside of double quotes and ends with its line; `\!` and `\#` are the plain
/// characters. A carriage return before the line end is dropped.
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
            if let text = text(of: octets[start..<end], place, &log) {
                body(SourceLine(text: text, place: place), &log)
            }
            start = end + 1
        }
    }

    /// The text of a line; nil where it has none or is not fit for use.
    private static func text(
        of line: ArraySlice<UInt8>, _ place: SourcePlace, _ log: inout DiagnosticLog
    ) -> Substring? {
        let content = withoutComment(line.last == carriageReturn ? line.dropLast() : line)
        guard content.contains(where: { $0 > UInt8(ascii: " ") || $0 == 0 }) else { return nil }
        let problem: Diagnostic.SyntaxProblem
        if content.count > LanguageLimits.lineLength {
            problem = .lineTooLong(limit: LanguageLimits.lineLength)
        } else if content.contains(0) {
            problem = .zeroOctet
        } else if let text = Self.text(of: content.drop(while: \.isBlank)) {
            return text[...]
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

    /// The octets of a line before its comment, `\!` and `\#` as the plain characters; of a line that is too long only as
    /// many as show that it is.
    private static func withoutComment(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let quote = UInt8(ascii: "\""), backslash = UInt8(ascii: "\\")
        func startsComment(_ octet: UInt8) -> Bool { octet == UInt8(ascii: "#") || octet == UInt8(ascii: "!") }
        guard line.contains(where: startsComment) else { return line }

        var content: ArraySlice<UInt8> = []
        var isQuoted = false
        var position = line.startIndex
        while position < line.endIndex, content.count <= LanguageLimits.lineLength {
            var octet = line[position]
            if octet == quote {
                isQuoted.toggle()
            } else if !isQuoted, octet == backslash, position + 1 < line.endIndex, startsComment(line[position + 1]) {
                position += 1
                octet = line[position]
            } else if !isQuoted, startsComment(octet) {
                break
            }
            content.append(octet)
            position += 1
        }
        return content
    }
}
