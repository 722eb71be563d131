/// Takes a command line apart as Go's package `flag` does: `-name`, `--name`, `-name=value` and `-name value`.
///
/// The first word that is no flag, and `--`, end the flags.
struct FlagReader {
    /// A flag with what stands behind its `=`, if anything.
    struct Flag {
        let name: String
        let value: String?
    }

    private var words: ArraySlice<String>

    init(_ words: [String]) { self.words = words[...] }

    /// The next flag; nil behind the last one.
    mutating func next() -> Flag? {
        guard let word = words.first, word.hasPrefix("-"), word != "-", word != "--" else { return nil }
        words.removeFirst()
        let text = word.dropFirst(word.hasPrefix("--") ? 2 : 1)
        guard let sign = text.firstIndex(of: "=") else { return Flag(name: String(text), value: nil) }
        return Flag(name: String(text[..<sign]), value: String(text[text.index(after: sign)...]))
    }

    /// The value of a flag that must have one.
    mutating func value(of flag: Flag) throws(ExporterOptionError) -> String {
        if let value = flag.value { return value }
        guard let word = words.popFirst() else { throw .missingValue(flag.name) }
        return word
    }

    /// The value of a flag that stands alone for true.
    func truth(of flag: Flag) throws(ExporterOptionError) -> Bool {
        guard let value = flag.value else { return true }
        switch value {
        case "1", "t", "T", "true", "TRUE", "True": return true
        case "0", "f", "F", "false", "FALSE", "False": return false
        default: throw .wrongValue(flag.name, value, allowed: "true or false")
        }
    }
}
