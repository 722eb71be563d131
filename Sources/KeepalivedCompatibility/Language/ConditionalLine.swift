/// Lines that only some configurations have.
///
/// `@ID rest` keeps `rest` where the identifier of the configuration is `ID`; `@^ID rest` keeps it where it is not.
struct ConditionalLine {
    /// The identifier that lines are compared with.
    var configurationID: String

    /// The line as it counts here; nil where it does not count.
    func resolve(_ line: SourceLine, _ log: inout DiagnosticLog) -> SourceLine? {
        guard line.firstOctet == UInt8(ascii: "@"), let (condition, rest) = line.firstWord else { return line }
        guard !rest.isEmpty else {
            log.warning(line.place, String(condition), .syntax(.emptyCondition))
            return nil
        }
        let isNegated = condition.utf8.dropFirst().first == UInt8(ascii: "^")
        let matches = condition.utf8.dropFirst(isNegated ? 2 : 1).elementsEqual(configurationID.utf8)
        return matches != isNegated ? line.with(rest) : nil
    }
}
