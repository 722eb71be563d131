extension Repetition {
    /// Reads a line that ``begins(_:)`` says is one.
    ///
    /// - Parameter expand: replaces the names in the numbers of a sequence.
    /// - Returns: nil where `expand` has reported the line itself.
    /// - Throws: what would be right.
    static func read(_ line: SourceLine, expand: (SourceLine) -> ExpandedLine?) throws(RepetitionError) -> Repetition? {
        line.text.utf8.starts(with: "~SEQ".utf8) ? try sequence(line, expand: expand) : try list(line)
    }

    private static func sequence(
        _ line: SourceLine, expand: (SourceLine) -> ExpandedLine?
    ) throws(RepetitionError) -> Repetition? {
        var rest = RepetitionText(Substring(line.text.utf8.dropFirst(4)))
        let isHexadecimal = rest.take("x")
        guard rest.take("("), let name = rest.takeName(), rest.take(","), let numbers = rest.takeAll(before: ")"),
            rest.take(")")
        else { throw .sequence }
        guard let expanded = expand(SourceLine(text: numbers, place: line.place)) else { return nil }
        guard expanded.following.isEmpty else { throw .oneLine }
        let sequence = try NumberSequence(expanded.line.text, isHexadecimal: isHexadecimal)
        return Repetition([name], .sequence(sequence), line.with(rest.text))
    }

    private static func list(_ line: SourceLine) throws(RepetitionError) -> Repetition {
        var rest = RepetitionText(Substring(line.text.utf8.dropFirst(4)))
        guard rest.take("("), let names = rest.takeGroup({ $0.takeName() }) else { throw .list }
        var rows: [[String]] = []
        while rest.take(",") {
            guard var row = rest.takeGroup({ $0.takeValue() }) else { throw .list }
            guard row.count <= names.count else { throw .tooManyValues }
            row += Array(repeating: "", count: names.count - row.count)
            rows.append(row)
        }
        guard !rows.isEmpty, rest.take(")") else { throw .list }
        return Repetition(names, .rows(rows, next: 0), line.with(rest.text))
    }
}

/// The rest of a line while its parts are taken off, blanks between them left out.
private struct RepetitionText {
    private(set) var text: Substring

    init(_ text: Substring) { self.text = text.withoutOuterBlanks }

    /// Takes an octet off; false where another one stands there.
    mutating func take(_ octet: Unicode.Scalar) -> Bool {
        guard text.unicodeScalars.first == octet else { return false }
        drop(1)
        return true
    }

    /// Takes a name off, as definitions have it; nil where none stands there.
    mutating func takeName() -> String? {
        let name = text.utf8.prefix(while: \.belongsToName)
        guard name.first?.beginsName == true else { return nil }
        drop(name.count)
        return String(Substring(name))
    }

    /// Takes a value of a list off, which may be empty.
    mutating func takeValue() -> String? {
        let value = text.utf8.prefix { octet in
            !octet.isBlank && octet != UInt8(ascii: ",") && octet != UInt8(ascii: "}") && octet != UInt8(ascii: ")")
        }
        drop(value.count)
        return String(Substring(value))
    }

    /// Takes off what stands before an octet; nil where that does not follow.
    mutating func takeAll(before octet: Character) -> Substring? {
        guard let end = octet.asciiValue.flatMap({ text.utf8.firstIndex(of: $0) }) else { return nil }
        let taken = text[..<end]
        text = text[end...]
        return taken
    }

    /// Takes off one part, or several in braces with commas between them.
    mutating func takeGroup(_ takePart: (inout Self) -> String?) -> [String]? {
        guard take("{") else { return takePart(&self).map { [$0] } }
        var parts: [String] = []
        repeat {
            guard let part = takePart(&self) else { return nil }
            parts.append(part)
        } while take(",")
        return take("}") ? parts : nil
    }

    private mutating func drop(_ count: Int) { text = Substring(text.utf8.dropFirst(count)).withoutOuterBlanks }
}
