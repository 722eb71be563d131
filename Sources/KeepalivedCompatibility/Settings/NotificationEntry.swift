import VRRPEngine

/// The words behind the keywords that name a program: `COMMAND [USER [[:]GROUP]]`.
enum NotificationCommandEntry {
    /// What they may be, for people.
    static let allowed = "a program, in double quotes together with its arguments, and USER [[:]GROUP]"

    /// The command; nil, and reported, where the words are none.
    static func read(_ statement: Statement, _ log: inout DiagnosticLog) -> Located<NotificationCommand>? {
        statement.expectNoBlock(&log)
        guard let written = statement.values.first else {
            log.error(statement.place, statement.keyword, .valueMissing(allowed: allowed))
            return nil
        }
        guard let values = CommandLineText.values(of: statement), let text = values.first,
            let words = CommandLineText.command([text])
        else {
            log.error(
                statement.place, statement.keyword, .notAllowed(value: written, allowed: CommandLineText.allowed))
            return nil
        }
        guard let user = user(values.dropFirst(), of: statement, &log) else { return nil }
        return Located(NotificationCommand(words: words, user: user.value), at: statement.place, text: text)
    }

    /// The user that words name; none where there are no words; nil, and reported, where they name none.
    static func user(
        _ words: ArraySlice<String>, of statement: Statement, _ log: inout DiagnosticLog
    ) -> Located<ScriptUser?>? {
        let text = words.joined(separator: " ")
        guard !words.isEmpty else { return Located(nil, at: statement.place, text: text) }
        guard let user = ScriptUserEntry.user(words) else {
            log.error(statement.place, statement.keyword, .notAllowed(value: text, allowed: ScriptUserEntry.allowed))
            return nil
        }
        return Located(user, at: statement.place, text: text)
    }
}

/// The words behind the keywords that name a FIFO: `PATH [USER [[:]GROUP]]`.
enum FIFOEntry {
    /// What they may be, for people.
    static let allowed = "an absolute path, and USER [[:]GROUP]"

    /// The FIFO; nil, and reported, where the words are none.
    static func read(_ statement: Statement, _ log: inout DiagnosticLog) -> Located<FIFOSettings>? {
        statement.expectNoBlock(&log)
        guard let written = statement.values.first else {
            log.error(statement.place, statement.keyword, .valueMissing(allowed: allowed))
            return nil
        }
        guard !written.isEmpty, !written.hasSuffix("/") else {
            log.error(statement.place, statement.keyword, .notAllowed(value: written, allowed: allowed))
            return nil
        }
        var path = written
        if !path.hasPrefix("/") {
            path = "/" + path
            log.warning(
                statement.place, statement.keyword, .changed(value: written, to: path, because: .rootIsWorkingFolder))
        }
        let words = statement.values.dropFirst()
        guard let user = NotificationCommandEntry.user(words, of: statement, &log) else { return nil }
        return Located(FIFOSettings(path: path, user: user.value), at: statement.place, text: path)
    }
}

/// A FIFO as written.
struct FIFOSettings: Sendable {
    var path: String
    var user: ScriptUser?
}
