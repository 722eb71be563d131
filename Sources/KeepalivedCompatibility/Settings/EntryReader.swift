/// Walks along the words of one entry of a list, option by option.
struct EntryReader {
    private let statement: Statement
    /// The block that the entry stands in.
    private let list: String
    private var rest: ArraySlice<String>

    /// Starts behind the first word, which is what the entry is about.
    init(_ statement: Statement, in list: String, _ log: inout DiagnosticLog) {
        self.statement = statement
        self.list = list
        rest = statement.values[...]
        if statement.block != nil { log.error(statement.place, statement.keyword, .unexpectedBlock) }
    }

    /// Starts at the first word: one of the options, as the others.
    init(allWordsOf statement: Statement, in list: String, _ log: inout DiagnosticLog) {
        self.init(statement, in: list, &log)
        rest = statement.words[...]
    }

    /// Takes the next word where it is the given one; returns whether it was.
    mutating func skip(_ word: String) -> Bool {
        guard rest.first == word else { return false }
        rest.removeFirst()
        return true
    }

    /// The next word; nil at the end.
    mutating func next() -> String? { rest.popFirst() }

    /// The value of the option that was just taken; nil, and reported, where it is missing or not allowed.
    mutating func value<Value>(
        of option: String, _ format: ValueFormat<Value>, _ log: inout DiagnosticLog
    ) -> Value? {
        guard let text = rest.popFirst() else {
            log.error(statement.place, option, .valueMissing(allowed: format.allowed))
            return nil
        }
        guard let value = format.read(text) else {
            log.error(statement.place, option, .notAllowed(value: text, allowed: format.allowed))
            return nil
        }
        return value
    }

    /// The value of an option that the entry can do without; nil, and reported as an error of the option alone, where it is
    /// missing or not allowed.
    mutating func dispensableValue<Value>(
        of option: String, _ format: ValueFormat<Value>, _ log: inout DiagnosticLog
    ) -> Value? {
        var value: Value?
        log.sparing { log in value = self.value(of: option, format, &log) }
        return value
    }

    /// Reports a word that is no option.
    func reject(_ word: String, allowed: String, _ log: inout DiagnosticLog) {
        log.error(statement.place, list, .notAllowed(value: word, allowed: allowed))
    }
}
