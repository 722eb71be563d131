extension LineReader {
    /// Reads the files that a directive asks for, in the order of its braces and, where wildcards match several, of
    /// their names.
    mutating func include(_ directive: IncludeDirective, at place: SourcePlace, _ log: inout DiagnosticLog) {
        guard !directive.path.isEmpty else {
            return log.error(place, directive.keyword, .valueMissing(allowed: "the path of a file"))
        }
        let folder = (openFiles.last ?? "").parentFolder
        let pattern = PathPattern(text: directive.path).resolved(from: folder)
        let room = LanguageLimits.includedFiles - includedFiles
        guard let alternatives = pattern.alternatives(limit: room) else {
            return log.error(place, directive.keyword, .include(.tooManyFiles(limit: LanguageLimits.includedFiles)))
        }
        // The check of the line itself holds for all of its files, even where one of them changes it.
        let missing: IncludeCheck = alternatives.count > 1 ? .braceMatch : .match
        var paths: [String] = []
        for alternative in alternatives {
            if alternative.hasWildcard {
                paths += matches(of: alternative, directive, missing, at: place, &log)
            } else {
                paths.append(alternative.text)
            }
        }
        for path in paths { include(path, directive, missing, at: place, &log) }
    }

    /// The paths that match wildcards; none, and reported where it must not be, where nothing does.
    private mutating func matches(
        of pattern: PathPattern, _ directive: IncludeDirective, _ missing: IncludeCheck, at place: SourcePlace,
        _ log: inout DiagnosticLog
    ) -> [String] {
        // The folders are searched whether or not something is in them.
        includedFiles += 1
        do throws(ConfigurationReadError) {
            let paths = try source.paths(matching: pattern.text)
            guard paths.isEmpty else { return paths }
            if let folder = pattern.fixedFolder, try source.paths(matching: folder).isEmpty {
                let error = ConfigurationReadError(path: folder, reason: .missing)
                log.report(place, directive, missing, .unreadable(error))
            } else if directive.check.contains(.wildcardMatch) {
                log.report(place, directive, .wildcardMatch, .noMatch(directive.path))
            }
        } catch {
            log.report(place, directive, .readable, .unreadable(error))
        }
        return []
    }

    private mutating func include(
        _ path: String, _ directive: IncludeDirective, _ missing: IncludeCheck, at place: SourcePlace,
        _ log: inout DiagnosticLog
    ) {
        let problem: Diagnostic.IncludeProblem
        if openFiles.contains(path) {
            problem = .circular(path)
        } else if openFiles.count >= LanguageLimits.includeDepth {
            problem = .nestedTooDeep(limit: LanguageLimits.includeDepth)
        } else if includedFiles >= LanguageLimits.includedFiles {
            problem = .tooManyFiles(limit: LanguageLimits.includedFiles)
        } else {
            includedFiles += 1
            do throws(ConfigurationReadError) {
                return add(try source.read(path), path, &log)
            } catch {
                let check: IncludeCheck = error.reason == .missing ? missing : .readable
                return log.report(place, directive, check, .unreadable(error))
            }
        }
        log.error(place, directive.keyword, .include(problem))
    }
}

extension DiagnosticLog {
    /// Reports what went wrong with an inclusion: an error where the directive says that it must not.
    fileprivate mutating func report(
        _ place: SourcePlace, _ directive: IncludeDirective, _ check: IncludeCheck, _ problem: Diagnostic.IncludeProblem
    ) {
        if directive.check.isDisjoint(with: check) {
            warning(place, directive.keyword, .include(problem))
        } else {
            error(place, directive.keyword, .include(problem))
        }
    }
}

extension String {
    /// The folder of a path, without its last slash; empty for a path without a folder.
    var parentFolder: String {
        guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return slash == startIndex ? "/" : String(self[..<slash])
    }
}
