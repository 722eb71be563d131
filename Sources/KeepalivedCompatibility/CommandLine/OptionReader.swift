/// Takes arguments apart by the rules of getopt_long.
struct OptionReader {
    /// An option as it stands among the arguments.
    struct Use {
        /// The option.
        var option: CommandLineOption
        /// The option as it was written, hyphens included.
        var written: String
        /// Its value, where it has one.
        var value: String?
    }

    private var rest: ArraySlice<String>
    /// Letters that follow others behind the same hyphen.
    private var letters: Substring = ""
    /// The words that are neither options nor their values.
    private(set) var words: [String] = []

    init(_ arguments: [String]) { rest = arguments[...] }

    /// The next option; nil behind the last one.
    ///
    /// - Throws: an option that does not exist, or whose value is missing or too many.
    mutating func next() throws(CommandLineError) -> Use? {
        if !letters.isEmpty { return try nextShort() }
        while let argument = rest.popFirst() {
            if argument == "--" {
                words += rest
                rest = []
            } else if argument.hasPrefix("--") {
                return try long(argument.dropFirst(2))
            } else if argument.hasPrefix("-"), argument.count > 1 {
                letters = argument.dropFirst()
                return try nextShort()
            } else {
                words.append(argument)
            }
        }
        return nil
    }

    private mutating func nextShort() throws(CommandLineError) -> Use {
        let letter = letters.removeFirst()
        let written = "-\(letter)"
        guard let option = CommandLineOption.withShort(letter) else { throw .unknownOption(written) }
        guard option.value != .none else { return Use(option: option, written: written) }
        let joined = letters.isEmpty ? nil : String(letters)
        letters = ""
        return Use(option: option, written: written, value: try value(of: option, written, joined: joined))
    }

    private mutating func long(_ text: Substring) throws(CommandLineError) -> Use {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first.map(String.init) ?? ""
        let candidates = name.isEmpty ? [] : CommandLineOption.withLong(name)
        guard let option = candidates.first, let fullName = option.long else { throw .unknownOption("--\(name)") }
        guard candidates.count == 1 else {
            throw .ambiguousOption("--\(name)", candidates: candidates.compactMap { $0.long.map { "--\($0)" } })
        }
        let written = "--\(fullName)"
        guard option.value != .none else {
            guard parts.count == 1 else { throw .surplusValue(option: written) }
            return Use(option: option, written: written)
        }
        guard parts.count == 1 || !parts[1].isEmpty else { throw .missingValue(option: written) }
        let joined = parts.count == 2 ? String(parts[1]) : nil
        return Use(option: option, written: written, value: try value(of: option, written, joined: joined))
    }

    /// The value that is joined to an option, else the next argument where the option needs one.
    private mutating func value(
        of option: CommandLineOption, _ written: String, joined: String?
    ) throws(CommandLineError) -> String? {
        guard joined == nil, case .required = option.value else { return joined }
        guard let value = rest.popFirst(), !value.isEmpty else { throw .missingValue(option: written) }
        return value
    }
}
