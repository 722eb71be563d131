/// Reads a configuration with the files that it includes, and passes its lines through the stages that come before
/// words are looked at: comments, conditions, definitions, sequences, inclusion.
struct LineReader<Source: ConfigurationSource> {
    let source: Source
    let condition: ConditionalLine
    var definitions: DefinitionTable
    var budget = ExpansionBudget()
    /// What of an inclusion must not fail in the file that is being read.
    var includeCheck: IncludeCheck
    /// The paths of the files that are being read, the innermost last.
    private(set) var openFiles: [String] = []
    /// The paths of the files that were read, each once.
    private(set) var files: Set<String> = []
    /// How many files were asked for.
    var includedFiles = 0

    private var octets = 0
    /// Whether any file that was read has an octet that begins more than a plain line.
    private(set) var hasExpansions = false

    /// The lines that were read, in order.
    private(set) var lines: [SourceLine] = []

    init(source: Source, configurationID: String, requiresIncludes: Bool) {
        self.source = source
        condition = ConditionalLine(configurationID: configurationID)
        definitions = DefinitionTable(configurationID: configurationID, variable: source.variable)
        includeCheck = requiresIncludes ? .all : []
    }

    /// Reads the file at `path` and all that it includes.
    ///
    /// - Throws: what hinders the reading of the file itself; an included file is reported to `log` instead.
    mutating func read(_ path: String, _ log: inout DiagnosticLog) throws(ConfigurationReadError) {
        let file = try source.read(path)
        add(file, path, &log)
        // A part has another meaning than the whole, and is as large as the limit: it is not worth a look.
        if budget.isExhausted { lines = [] }
    }

    /// Reads the lines of a file.
    mutating func add(_ file: ConfigurationFile, _ path: String, _ log: inout DiagnosticLog) {
        octets += file.octets.count
        files.insert(path)
        let start = SourcePlace(file: path, line: 1)
        guard octets <= ConfigurationFile.sizeLimit else {
            return log.error(start, nil, .include(.tooLarge(limit: ConfigurationFile.sizeLimit)))
        }
        if file.isExecutable { log.warning(start, nil, .include(.executable(path))) }
        hasExpansions = hasExpansions || file.octets.contains(where: \.beginsExpansion)
        let (outerCheck, outerFolder) = (includeCheck, definitions.folder)
        openFiles.append(path)
        definitions.folder = source.absolutePath(ofFolder: path.parentFolder)
        addLines(of: file.octets, path, &log)
        definitions.folder = outerFolder
        openFiles.removeLast()
        includeCheck = outerCheck
    }

    private mutating func addLines(of octets: [UInt8], _ path: String, _ log: inout DiagnosticLog) {
        var previous = 0
        LineSplitter.forEachLine(of: octets, file: path, log: &log) { line, log in
            // A line without text ends a definition, whatever stands before it.
            if definitions.isOpen, line.place.line != previous + 1 { definitions.close() }
            previous = line.place.line
            if definitions.isOpen {
                definitions.continueDefinition(with: line)
            } else if !line.text.isEmpty {
                process(line, &log)
            }
        }
        definitions.close()
    }

    /// Takes a line in that has passed all stages.
    mutating func append(_ line: SourceLine, _ log: inout DiagnosticLog) {
        if hasExpansions, let name = definitions.undefinedName(in: line) {
            log.warnOnce(line.place, "$" + name, .syntax(.undefinedName))
        }
        if line.mayHoldReadingKeyword { actUpon(line) }
        lines.append(line)
    }

    /// Carries out the keywords that are about the reading itself; their own tables report what is wrong with them.
    private mutating func actUpon(_ line: SourceLine) {
        for statement in (Token.tokens(of: line.text) ?? []).split(whereSeparator: { $0.word == nil }) {
            let words = statement.compactMap(\.word)
            switch words.first {
            case "include_check": _ = includeCheck.change(by: Array(words.dropFirst()))
            case "random_seed":
                if let seed = words.dropFirst().first.flatMap({ UInt64($0) }) { definitions.seedRandomNumbers(seed) }
            default: break
            }
        }
    }
}

extension SourceLine {
    /// Whether the line begins with a keyword that is about the reading itself, or with the block of those keywords.
    fileprivate var mayHoldReadingKeyword: Bool {
        switch firstOctet {
        case UInt8(ascii: "i"): text.utf8.starts(with: "include_check".utf8)
        case UInt8(ascii: "r"): text.utf8.starts(with: "random_seed".utf8)
        case UInt8(ascii: "g"): text.utf8.starts(with: "global_defs".utf8)
        default: false
        }
    }
}

extension UInt8 {
    /// Whether the octet may begin a condition, a name that stands for a value, or a sequence.
    var beginsExpansion: Bool {
        self == UInt8(ascii: "$") || self == UInt8(ascii: "@") || self == UInt8(ascii: "~")
    }
}
