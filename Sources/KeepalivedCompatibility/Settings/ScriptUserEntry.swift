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
        let names = statement.values.joined(separator: ":").split(separator: ":").map(String.init)
        guard (1...2).contains(names.count), !text.hasPrefix(":") else {
            return log.error(statement.place, statement.keyword, .notAllowed(value: text, allowed: allowed))
        }
        let user = ScriptUser(name: names[0], group: names.count > 1 ? names[1] : nil)
        field = Located(user, at: statement.place, text: text)
    }
}
