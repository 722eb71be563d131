import VRRPEngine

/// The words that say whom a script runs as: `USER`, `USER GROUP` or `USER:GROUP`.
enum ScriptUserEntry {
    /// What they may be, for people.
    static let allowed = "USER [[:]GROUP]"

    /// Notes the user; reported where the words are none.
    static func read(_ statement: Statement, into field: inout Located<ScriptUser>?, _ log: inout DiagnosticLog) {
        statement.expectNoBlock(&log)
        guard !statement.values.isEmpty else {
            return log.error(statement.place, statement.keyword, .valueMissing(allowed: allowed))
        }
        let text = statement.values.joined(separator: " ")
        guard let user = user(statement.values) else {
            return log.error(statement.place, statement.keyword, .notAllowed(value: text, allowed: allowed))
        }
        field = Located(user, at: statement.place, text: text)
    }

    /// The user that the words name; nil where they name none.
    static func user(_ words: some Collection<String>) -> ScriptUser? {
        let names = words.joined(separator: ":").split(separator: ":").map(String.init)
        guard (1...2).contains(names.count), words.first?.hasPrefix(":") == false else { return nil }
        return ScriptUser(name: names[0], group: names.count > 1 ? names[1] : nil)
    }
}
