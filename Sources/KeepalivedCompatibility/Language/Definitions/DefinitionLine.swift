/// A line that gives a name a value: `$NAME=value`.
struct DefinitionLine {
    /// The name without its `$`.
    var name: Substring
    /// The value, or its first line.
    var value: Substring
    /// Whether the value goes on with the next line.
    var isContinued: Bool

    /// Nil where the line is none; no blank may stand before the equals sign.
    init?(_ line: SourceLine) {
        guard line.firstOctet == UInt8(ascii: "$") else { return nil }
        let octets = line.text.utf8.dropFirst()
        let name = octets.prefix(while: \.belongsToName)
        let rest = octets[name.endIndex...]
        guard name.first?.beginsName == true, rest.first == UInt8(ascii: "=") else { return nil }
        self.name = Substring(name)
        (value, isContinued) = line.definedText(Substring(rest.dropFirst()))
    }
}

extension SourceLine {
    /// The part of the line that belongs to a definition, without the backslash that continues it and without blanks at
    /// its ends; and whether the definition goes on.
    func definedText(_ text: Substring) -> (text: Substring, isContinued: Bool) {
        guard text.utf8.last == UInt8(ascii: "\\") else { return (text.withoutOuterBlanks, isContinuedByComment) }
        return (Substring(text.utf8.dropLast()).withoutOuterBlanks, true)
    }
}
