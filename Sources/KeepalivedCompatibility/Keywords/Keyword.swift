/// A keyword of a block: what may follow it, what it means, and what it sets in `Settings`.
struct Keyword<Settings: Sendable>: Sendable {
    /// Carries a statement into the settings, or reports why it cannot.
    typealias Reading = @Sendable (Statement, inout Settings, inout DiagnosticLog) -> Void

    /// The keyword.
    let name: String
    /// What may follow it, for people.
    let values: String
    /// What holds without it, for people.
    let standard: String
    /// What it does, for people.
    let summary: String
    /// Whether it is acted upon.
    let support: KeywordDescription.Support
    /// Whether it may stand in its block more than once.
    let mayRepeat: Bool
    /// The keywords of its own block.
    let nested: [KeywordDescription]
    /// Carries it out.
    let read: Reading

    init(
        _ name: String, values: String = "", standard: String = "", mayRepeat: Bool = false,
        support: KeywordDescription.Support = .supported, nested: [KeywordDescription] = [], _ summary: String,
        read: @escaping Reading
    ) {
        self.name = name
        self.values = values
        self.standard = standard
        self.summary = summary
        self.support = support
        self.mayRepeat = mayRepeat
        self.nested = nested
        self.read = read
    }
}

extension Keyword {
    /// A place in the settings for a value that may be missing.
    typealias Field<Value: Sendable> = any WritableKeyPath<Settings, Located<Value>?> & Sendable

    /// A keyword with one value.
    static func value<Value: Sendable>(
        _ name: String, _ format: ValueFormat<Value>, standard: String = "", into field: Field<Value>, _ summary: String
    ) -> Self {
        .value(name, format, standard: standard, summary) { $0[keyPath: field] = $1 }
    }

    /// A keyword with one value that is taken in by `set`.
    static func value<Value: Sendable>(
        _ name: String, _ format: ValueFormat<Value>, standard: String = "", _ summary: String,
        set: @escaping @Sendable (inout Settings, Located<Value>) -> Void
    ) -> Self {
        Keyword(name, values: format.allowed, standard: standard, summary) { statement, settings, log in
            statement.expectNoBlock(&log)
            guard let text = statement.values.first else {
                return log.error(statement.place, name, .valueMissing(allowed: format.allowed))
            }
            statement.expectValues(atMost: 1, isSecret: format.isSecret, &log)
            guard let value = format.read(text) else {
                return log.error(statement.place, name, .notAllowed(value: text, allowed: format.allowed))
            }
            set(&settings, Located(value, at: statement.place, text: text))
        }
    }

    /// A keyword without a value that stands for `value`.
    static func flag(
        _ name: String, _ value: Bool = true, standard: String = "", into field: Field<Bool>, _ summary: String
    ) -> Self {
        Keyword(name, standard: standard, summary) { statement, settings, log in
            statement.expectNoBlock(&log)
            statement.expectValues(atMost: 0, &log)
            settings[keyPath: field] = Located(value, at: statement.place, text: name)
        }
    }

    /// A keyword that is on by itself and may be followed by a word for on or off.
    static func toggle(_ name: String, standard: String = "off", into field: Field<Bool>, _ summary: String) -> Self {
        Keyword(name, values: Statement.allowedSwitch, standard: standard, summary) { statement, settings, log in
            guard let value = statement.readSwitch(&log) else { return }
            settings[keyPath: field] = value
        }
    }

    /// A keyword for something that is done in any case; a word for off is ignored for the given reason.
    static func always(_ name: String, because reason: Diagnostic.IgnoranceReason, _ summary: String) -> Self {
        Keyword(name, values: Statement.allowedSwitch, standard: "on", summary) { statement, _, log in
            guard let value = statement.readSwitch(&log), !value.value else { return }
            log.warning(value.place, name, .ignored(because: reason))
        }
    }

    /// A keyword whose block holds keywords that set the same settings.
    static func block(_ name: String, _ keywords: [Keyword<Settings>], _ summary: String) -> Self {
        let table = KeywordTable(block: name, keywords)
        return Keyword(name, values: "a block", nested: table.descriptions, summary) { statement, settings, log in
            statement.expectValues(atMost: 0, &log)
            guard let block = statement.expectBlock(&log) else { return }
            table.read(block, into: &settings, &log)
        }
    }

    /// A keyword whose block lists things, one a line; `add` takes the entries in.
    static func list(
        _ name: String, entry: String, _ summary: String,
        add: @escaping @Sendable ([Statement], Statement, inout Settings, inout DiagnosticLog) -> Void
    ) -> Self {
        Keyword(name, values: "a block of \(entry)", mayRepeat: true, summary) { statement, settings, log in
            statement.expectValues(atMost: 0, &log)
            guard let block = statement.expectBlock(&log) else { return }
            _ = log.containing { log in add(block, statement, &settings, &log) }
        }
    }

    /// The same keyword; what is wrong with it leaves the rest of the configuration usable.
    var dispensable: Self {
        Keyword(
            name, values: values, standard: standard, mayRepeat: mayRepeat, support: support, nested: nested, summary
        ) { statement, settings, log in
            _ = log.containing { log in read(statement, &settings, &log) }
        }
    }

    /// The same keyword; where it is wrong, its line can be left out of the block that it stands in.
    var expendable: Self {
        Keyword(
            name, values: values, standard: standard, mayRepeat: mayRepeat, support: support, nested: nested, summary
        ) { statement, settings, log in
            log.sparing { log in read(statement, &settings, &log) }
        }
    }

    /// `track_bfd`: there is no BFD here, and whoever tracks it has to know that nothing is tracked.
    static var trackBFD: Self {
        Keyword("track_bfd", mayRepeat: true, support: .notVRRP, "") { statement, _, log in
            for entry in statement.block ?? [statement] { log.warning(entry.place, "track_bfd", .bfdIsNotTracked) }
        }
    }

    /// Keywords that belong to other parts of keepalived; each is skipped with its block and reported once.
    static func skipped(_ names: [String]) -> [Self] {
        names.map { name in
            Keyword(name, mayRepeat: true, support: .notVRRP, "") { statement, _, log in
                log.warnOnce(statement.place, name, .notVRRP)
            }
        }
    }
}

extension Statement {
    /// What may follow a keyword that is on by itself, for people.
    static let allowedSwitch = "nothing or \(ValueFormat<Bool>.switching.allowed)"

    /// Whether a keyword that is on by itself is on or off; nil, and reported, where a word for neither follows.
    func readSwitch(_ log: inout DiagnosticLog) -> Located<Bool>? {
        let format = ValueFormat<Bool>.switching
        expectNoBlock(&log)
        expectValues(atMost: 1, &log)
        let text = values.first ?? "on"
        guard let value = format.read(text) else {
            log.error(place, keyword, .notAllowed(value: text, allowed: format.allowed))
            return nil
        }
        return Located(value, at: place, text: text)
    }

    /// Reports values beyond the number that the keyword takes.
    func expectValues(atMost count: Int, isSecret: Bool = false, _ log: inout DiagnosticLog) {
        guard values.count > count else { return }
        log.warning(place, keyword, .surplusValue(isSecret ? "a second word" : values[count]))
    }

    /// Reports a block where none belongs.
    func expectNoBlock(_ log: inout DiagnosticLog) {
        guard block != nil else { return }
        log.error(place, keyword, .unexpectedBlock)
    }

    /// The name and the block of what the keyword describes; nil, and reported, where one is missing.
    func expectNameAndBlock(
        _ allowed: String, _ log: inout DiagnosticLog
    ) -> (name: Located<String>, block: [Statement])? {
        guard let name = values.first, !name.isEmpty else {
            log.error(place, keyword, .valueMissing(allowed: allowed))
            return nil
        }
        expectValues(atMost: 1, &log)
        return expectBlock(&log).map { (Located(name, at: place, text: name), $0) }
    }

    /// The block, reported where it is missing.
    func expectBlock(_ log: inout DiagnosticLog) -> [Statement]? {
        if block == nil { log.error(place, keyword, .blockMissing) }
        return block
    }
}
