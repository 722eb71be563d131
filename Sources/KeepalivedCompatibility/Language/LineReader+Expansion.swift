/// What is still to be made of a line of the file.
private enum PendingLines {
    /// The rest of a line behind a brace.
    case line(SourceLine)
    /// The lines of a definition that come after its first one.
    case lines(ArraySlice<SourceLine>)
    /// A line that stands for several.
    case repetition(Repetition)
}

extension LineReader {
    /// Takes a line of the file through the stages, with all that it stands for.
    ///
    /// What is left to do is kept on a stack, so that the depth of a text never becomes the depth of calls.
    mutating func process(_ line: SourceLine, _ log: inout DiagnosticLog) {
        guard hasExpansions else { return finish(line, &log) }
        // What the limit cuts off has no meaning any more.
        guard !budget.isExhausted else { return }
        var pending: [PendingLines] = []
        process(line, &pending, &log)
        while !budget.isExhausted, let line = takeNext(&pending) {
            do throws(Diagnostic.SyntaxProblem) {
                try budget.spend(line)
                guard pending.count <= LanguageLimits.expansionDepth else {
                    throw .expansionTooDeep(limit: LanguageLimits.expansionDepth)
                }
                process(line, &pending, &log)
            } catch {
                return log.error(line.place, nil, .syntax(error))
            }
        }
    }

    /// The line that comes next; the names of a sequence are set to what they stand for in it.
    private mutating func takeNext(_ pending: inout [PendingLines]) -> SourceLine? {
        switch pending.popLast() {
        case nil: return nil
        case .line(let line): return line
        case .lines(let lines):
            if lines.count > 1 { pending.append(.lines(lines.dropFirst())) }
            return lines.first
        case .repetition(var repetition):
            for (name, value) in zip(repetition.names, repetition.values ?? []) { definitions.set(name, to: value) }
            let line = repetition.text
            repetition.advance()
            if repetition.values != nil { pending.append(.repetition(repetition)) }
            return line
        }
    }

    private mutating func process(
        _ line: SourceLine, _ pending: inout [PendingLines], _ log: inout DiagnosticLog
    ) {
        var line = line
        repeat {
            guard !line.text.isEmpty, let kept = condition.resolve(line, &log) else { return }
            line = kept
            if let definition = DefinitionLine(line) { return definitions.define(definition, at: line.place) }
            if Repetition.begins(line) {
                if let repetition = repetition(of: line, &log) { pending.append(.repetition(repetition)) }
                return
            }
        } while replaceNames(in: &line, &pending, &log)

        guard let start = line.startOfInnerLine else { return finish(line, &log) }
        pending.append(.line(line.with(line.text[start...])))
        append(line.with(line.text[..<start]), &log)
    }

    /// Replaces the names in a line; whether that has changed it, so that it may be of another kind now.
    ///
    /// A line that cannot be used is empty afterwards.
    private mutating func replaceNames(
        in line: inout SourceLine, _ pending: inout [PendingLines], _ log: inout DiagnosticLog
    ) -> Bool {
        guard line.firstOctet != UInt8(ascii: "~") else { return false }
        do throws(Diagnostic.SyntaxProblem) {
            guard let expanded = try definitions.expand(line, &budget) else { return false }
            if !expanded.following.isEmpty { pending.append(.lines(expanded.following[...])) }
            line = expanded.line
        } catch {
            log.error(line.place, line.firstWord.map { String($0.word) }, .syntax(error))
            line = line.with("")
        }
        return true
    }

    private mutating func repetition(of line: SourceLine, _ log: inout DiagnosticLog) -> Repetition? {
        do throws(RepetitionError) {
            return try Repetition.read(line) { numbers in
                do throws(Diagnostic.SyntaxProblem) {
                    return try definitions.expand(numbers, &budget) ?? ExpandedLine(line: numbers, following: [])
                } catch {
                    log.error(line.place, nil, .syntax(error))
                    return nil
                }
            }
        } catch {
            log.error(line.place, nil, .notAllowed(value: String(line.text), allowed: error.allowed))
            return nil
        }
    }

    private mutating func finish(_ line: SourceLine, _ log: inout DiagnosticLog) {
        guard let directive = IncludeDirective(line, check: includeCheck) else { return append(line, &log) }
        include(directive, at: line.place, &log)
    }
}

extension SourceLine {
    /// Where a condition, definition, name or sequence stands behind a brace: from there on the text is treated as a
    /// line of its own.
    fileprivate var startOfInnerLine: Substring.Index? {
        var isQuoted = false
        var followsBrace = false
        for (index, octet) in zip(text.utf8.indices, text.utf8) {
            switch octet {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "{") where !isQuoted, UInt8(ascii: "}") where !isQuoted:
                followsBrace = true
                continue
            case _ where octet.isBlank: continue
            case _ where followsBrace && octet.beginsExpansion: return index
            default: break
            }
            followsBrace = false
        }
        return nil
    }
}
