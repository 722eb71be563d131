/// Keywords whose values are checked although nothing follows from them: a file with a mistake has it in keepalived, too.
extension Keyword {
    /// A keyword for something that this program needs not be told, accepted without a word.
    static func accepted<Value: Sendable>(_ name: String, _ format: ValueFormat<Value>, _ summary: String) -> Self {
        .value(name, format, summary) { _, _ in }
    }

    /// A keyword that is on by itself for something that this program needs not be told.
    static func accepted(_ name: String, switching summary: String) -> Self {
        Keyword(name, values: Statement.allowedSwitch, summary) { statement, _, log in _ = statement.readSwitch(&log) }
    }

    /// A keyword with one value for something that this program does not do, which its writer should know.
    static func ignored<Value: Sendable>(
        _ name: String, _ format: ValueFormat<Value>, because reason: Diagnostic.IgnoranceReason
    ) -> Self {
        Keyword(name, values: format.allowed, mayRepeat: true, support: .withoutEffect, "") { statement, _, log in
            statement.expectNoBlock(&log)
            guard let text = statement.values.first else {
                return log.error(statement.place, name, .valueMissing(allowed: format.allowed))
            }
            guard format.read(text) != nil else {
                return log.error(statement.place, name, .notAllowed(value: text, allowed: format.allowed))
            }
            log.warnOnce(statement.place, name, .ignored(because: reason))
        }
    }

    /// A keyword that may stand alone for something that this program does not do.
    static func ignored(_ name: String, because reason: Diagnostic.IgnoranceReason) -> Self {
        Keyword(name, mayRepeat: true, support: .withoutEffect, "") { statement, _, log in
            statement.expectNoBlock(&log)
            log.warnOnce(statement.place, name, .ignored(because: reason))
        }
    }
}
