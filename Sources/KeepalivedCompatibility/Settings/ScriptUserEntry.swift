import VRRPEngine

/// The words that say whom a script runs as: `USER`, `USER GROUP` or `USER:GROUP`.
enum ScriptUserEntry {
    /// What they may be, for people.
    static let allowed = "USER [[:]GROUP]"

    /// Notes the user; where the words name none that is reported, and noted is one that no host has.
    ///
    /// Without a user the one holds that is meant for files which say nothing, and that may be root. Whoever has written a
    /// user wrongly meant somebody, and nothing is to run as anybody else.
    static func read(_ statement: Statement, into field: inout Located<ScriptUser>?, _ log: inout DiagnosticLog) {
        statement.expectNoBlock(&log)
        let text = statement.values.joined(separator: " ")
        if let user = user(statement.values) {
            field = Located(user, at: statement.place, text: text)
            return
        }
        let problem: Diagnostic.Problem =
            statement.values.isEmpty ? .valueMissing(allowed: allowed) : .notAllowed(value: text, allowed: allowed)
        log.error(statement.place, statement.keyword, problem)
        field = Located(nobody(insteadOf: text), at: statement.place, text: text)
    }

    /// A user that no host has: a colon ends names where users are listed, and it is in no number.
    private static func nobody(insteadOf text: String) -> ScriptUser { ScriptUser(name: "\(text):") }

    /// The user that the words name; nil where they name none.
    static func user(_ words: some Collection<String>) -> ScriptUser? {
        let names = words.joined(separator: ":").split(separator: ":").map(String.init)
        guard (1...2).contains(names.count), words.first?.hasPrefix(":") == false else { return nil }
        return ScriptUser(name: names[0], group: names.count > 1 ? names[1] : nil)
    }
}
