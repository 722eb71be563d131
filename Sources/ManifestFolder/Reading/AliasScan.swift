/// Looks for aliases that are names of fields, before the YAML parser sees the text.
///
/// The parser compares the names of a map with each other, and for that it follows what aliases stand for; a few lines of
/// aliases of aliases would keep it busy for years. Everywhere else an alias costs nothing until it is followed, which is
/// counted. The scan does not know quoted text from other text, so it may be wrong where a text holds all of an anchor, an
/// alias, and something like an alias before a colon.
struct AliasScan {
    /// Whether the text may have a name with an alias in it.
    private(set) var mayHaveAliasAsName = false

    init(_ text: String.UTF8View) {
        // Nearly every manifest ends here.
        guard text.contains(UInt8(ascii: "&")), text.contains(UInt8(ascii: "*")) else { return }
        let bytes = Array(text)
        var hasAnchor = false
        var hasAlias = false
        var hasStrangeName = false
        for (index, byte) in bytes.enumerated() {
            let before = index == 0 ? UInt8(ascii: "\n") : bytes[index - 1]
            switch byte {
            case UInt8(ascii: "&") where Self.mayBegin(after: before): hasAnchor = true
            case UInt8(ascii: "*") where Self.mayBegin(after: before):
                hasAlias = true
                let end = bytes[(index + 1)...].firstIndex { !Self.isWord($0) } ?? bytes.endIndex
                if Self.isBeforeColon(bytes[end...]) { hasStrangeName = true }
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if Self.isBeforeColon(bytes[(index + 1)...]) { hasStrangeName = true }
            case UInt8(ascii: "?") where Self.mayBegin(after: before):
                if index + 1 == bytes.endIndex || Self.isBlank(bytes[index + 1]) { hasStrangeName = true }
            default: break
            }
        }
        mayHaveAliasAsName = hasAnchor && hasAlias && hasStrangeName
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d }

    /// Whether something new can begin behind this byte: a blank, or a mark of a list or a map.
    private static func mayBegin(after byte: UInt8) -> Bool { isBlank(byte) || "[{,:-?\"'".utf8.contains(byte) }

    private static func isWord(_ byte: UInt8) -> Bool {
        // What libyaml takes for a part of an anchor, and whatever is no ASCII.
        byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            || (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }

    private static func isBeforeColon(_ rest: ArraySlice<UInt8>) -> Bool {
        rest.first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: ":")
    }
}
