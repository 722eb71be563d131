/// What a line holds besides its comment and the blanks around it.
///
/// A comment begins with `!` or `#` outside of double quotes and ends with its line. A backslash takes the octet behind
/// it out of consideration, be it a quote; `\!` and `\#` outside of quotes are the plain characters.
struct LineContent {
    /// The octets of the text; of a line that is too long only as many as show that it is.
    private(set) var octets: ArraySlice<UInt8>
    /// Whether the line has a comment that ends with a backslash, which continues a definition as well.
    private(set) var isContinuedByComment = false

    private static let backslash = UInt8(ascii: "\\")

    /// Looks at a line without its line end.
    init(_ line: ArraySlice<UInt8>) {
        octets = line
        if line.contains(where: Self.startsComment) { removeComment() }
        octets = octets.withoutOuterBlanks
        joinBackslash()
    }

    private static func startsComment(_ octet: UInt8) -> Bool {
        octet == UInt8(ascii: "#") || octet == UInt8(ascii: "!")
    }

    private mutating func removeComment() {
        let line = octets
        var content: ArraySlice<UInt8> = []
        var isQuoted = false
        var position = line.startIndex
        while position < line.endIndex, content.count <= LanguageLimits.lineLength {
            let octet = line[position]
            position += 1
            if octet == Self.backslash, position < line.endIndex {
                if isQuoted || !Self.startsComment(line[position]) { content.append(octet) }
                content.append(line[position])
                position += 1
            } else if !isQuoted, Self.startsComment(octet) {
                isContinuedByComment = line[position...].endsWithLoneBackslash
                break
            } else {
                if octet == UInt8(ascii: "\"") { isQuoted.toggle() }
                content.append(octet)
            }
        }
        octets = content
    }

    /// Removes the blanks before a backslash at the end of the line.
    private mutating func joinBackslash() {
        guard octets.last == Self.backslash, octets.dropLast().last?.isBlank == true else { return }
        octets = octets.dropLast().withoutOuterBlanks
        octets.append(Self.backslash)
    }
}

extension ArraySlice<UInt8> {
    /// The octets without the blanks at their ends.
    fileprivate var withoutOuterBlanks: Self {
        var end = endIndex
        while end > startIndex, self[end - 1].isBlank { end -= 1 }
        return self[..<end].drop(while: \.isBlank)
    }

    /// Whether the last octet is a backslash that no backslash before it takes out of consideration.
    fileprivate var endsWithLoneBackslash: Bool {
        reversed().prefix { $0 == UInt8(ascii: "\\") }.count.isMultiple(of: 2) == false
    }
}
