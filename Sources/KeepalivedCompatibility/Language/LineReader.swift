/// Reads a configuration with the files that it includes, and passes its lines through the stages that come before
/// words are looked at: comments, conditions, inclusion.
///
/// Definitions (`$NAME=`) and sequences (`~SEQ`, `~LST`) have their place between conditions and inclusion.
struct LineReader<Source: ConfigurationSource> {
    private let source: Source
    private let condition: ConditionalLine
    private let requiresIncludes: Bool
    private var openFiles: [String] = []
    private var includedFiles = 0
    private var octets = 0

    /// The lines that were read, in order.
    private(set) var lines: [SourceLine] = []

    init(source: Source, configurationID: String, requiresIncludes: Bool) {
        self.source = source
        condition = ConditionalLine(configurationID: configurationID)
        self.requiresIncludes = requiresIncludes
    }

    /// Reads the file at `path` and all that it includes.
    ///
    /// - Throws: what hinders the reading of the file itself; an included file is reported to `log` instead.
    mutating func read(_ path: String, _ log: inout DiagnosticLog) throws(ConfigurationReadError) {
        let file = try source.read(path)
        add(file, path, &log)
    }

    private mutating func add(_ file: ConfigurationFile, _ path: String, _ log: inout DiagnosticLog) {
        octets += file.octets.count
        let start = SourcePlace(file: path, line: 1)
        guard octets <= ConfigurationFile.sizeLimit else {
            return log.error(start, nil, .include(.tooLarge(limit: ConfigurationFile.sizeLimit)))
        }
        if file.isExecutable { log.warning(start, nil, .include(.executable(path))) }
        openFiles.append(path)
        LineSplitter.forEachLine(of: file.octets, file: path, log: &log) { line, log in
            guard let line = condition.resolve(line, &log) else { return }
            if let directive = IncludeDirective(line, requiresAll: requiresIncludes) {
                include(directive, at: line.place, &log)
            } else if line.needsUnsupportedStage {
                log.error(line.place, line.firstWord.map { String($0.word) }, .notSupportedYet)
            } else {
                lines.append(line)
            }
        }
        openFiles.removeLast()
    }

    private mutating func include(_ directive: IncludeDirective, at place: SourcePlace, _ log: inout DiagnosticLog) {
        let path = directive.resolved(from: place.file)
        let problem: Diagnostic.IncludeProblem
        if directive.path.isEmpty {
            return log.error(place, directive.keyword, .valueMissing(allowed: "the path of a file"))
        } else if directive.hasWildcard {
            problem = .wildcard(directive.path)
        } else if openFiles.contains(path) {
            problem = .circular(path)
        } else if openFiles.count >= LanguageLimits.includeDepth || includedFiles >= LanguageLimits.includedFiles {
            problem = .nestedTooDeep(limit: LanguageLimits.includeDepth)
        } else {
            includedFiles += 1
            do throws(ConfigurationReadError) {
                return add(try source.read(path), path, &log)
            } catch {
                if error.reason == .missing, !directive.isRequired {
                    return log.warning(place, directive.keyword, .include(.unreadable(error)))
                }
                problem = .unreadable(error)
            }
        }
        log.error(place, directive.keyword, .include(problem))
    }
}

extension SourceLine {
    /// Whether the line defines a name or repeats its text: to read it as a plain line would change its meaning.
    fileprivate var needsUnsupportedStage: Bool {
        switch firstOctet {
        case UInt8(ascii: "$"): firstWord?.word.contains("=") ?? false
        case UInt8(ascii: "~"): ["~SEQ", "~LST"].contains { firstWord?.word.hasPrefix($0) ?? false }
        default: false
        }
    }
}
