/// The second stage: lines that only some configurations have.
///
/// `@ID rest` keeps `rest` where the identifier of the configuration is `ID`; `@^ID rest` keeps it where it is not.
struct ConditionalLine {
    /// The identifier that lines are compared with.
    var configurationID: String

    /// The line as it counts here; nil where it does not count.
    func resolve(_ line: SourceLine, _ log: inout DiagnosticLog) -> SourceLine? {
        guard let (condition, rest) = line.firstWord, condition.first == "@" else { return line }
        guard !rest.isEmpty else {
            log.warning(line.place, String(condition), .syntax(.emptyCondition))
            return nil
        }
        let isNegated = condition.dropFirst().first == "^"
        let matches = condition.dropFirst(isNegated ? 2 : 1) == configurationID
        return matches != isNegated ? SourceLine(text: rest, place: line.place) : nil
    }
}
