import VRRP
import VRRPEngine

/// Keywords about elections that `global_defs` and instances have in common, or that only have to be right.
enum ElectionKeywords {
    /// A keyword for announcements on interfaces that adverts do not leave by.
    ///
    /// - Parameter least: 1, or 0 where that switches them off.
    static func extraInterfaces<Settings: Sendable>(
        _ name: String, from least: Int, standard: String, _ summary: String,
        into field: any WritableKeyPath<Settings, Located<ExtraInterfaceAnnouncements?>?> & Sendable
    ) -> Keyword<Settings> {
        let format = ValueFormat<Int>.integer(least...86_400)
        return Keyword(name, values: "[all] \(format.allowed)", standard: standard, summary) {
            statement, settings, log in
            statement.expectNoBlock(&log)
            let includesAll = statement.values.first == "all"
            let words = statement.values.dropFirst(includesAll ? 1 : 0)
            guard let text = words.first else {
                return log.error(statement.place, name, .valueMissing(allowed: format.allowed))
            }
            statement.expectValues(atMost: includesAll ? 2 : 1, &log)
            guard let seconds = format.read(text) else {
                return log.error(statement.place, name, .notAllowed(value: text, allowed: format.allowed))
            }
            let announcements = ExtraInterfaceAnnouncements(
                interval: .seconds(Int64(seconds)), includesPhysicalInterfaces: includesAll)
            settings[keyPath: field] = Located(seconds > 0 ? announcements : nil, at: statement.place, text: text)
        }
    }

    /// A keyword for something that is so in any case, or that keepalived needs for its own way of working.
    static func accepted<Settings: Sendable>(_ name: String, _ summary: String) -> Keyword<Settings> {
        Keyword(name, summary) { statement, _, log in
            statement.expectNoBlock(&log)
            statement.expectValues(atMost: 0, &log)
        }
    }

    /// The same with a value that only has to be right; `isOptional` where it may be left out.
    static func accepted<Settings: Sendable, Value>(
        _ name: String, _ format: ValueFormat<Value>, isOptional: Bool = false, standard: String = "", _ summary: String
    ) -> Keyword<Settings> {
        let allowed = isOptional ? "nothing or \(format.allowed)" : format.allowed
        return Keyword(name, values: allowed, standard: standard, summary) { statement, _, log in
            statement.expectNoBlock(&log)
            statement.expectValues(atMost: 1, &log)
            guard let text = statement.values.first else {
                if !isOptional { log.error(statement.place, name, .valueMissing(allowed: format.allowed)) }
                return
            }
            guard format.read(text) != nil else {
                return log.error(statement.place, name, .notAllowed(value: text, allowed: format.allowed))
            }
        }
    }

    /// A keyword that has no effect, which its user should know.
    static func ignored<Settings: Sendable>(
        _ name: String, values: String, atMost count: Int, because reason: Diagnostic.IgnoranceReason, _ summary: String
    ) -> Keyword<Settings> {
        Keyword(name, values: values, summary) { statement, _, log in
            statement.expectNoBlock(&log)
            statement.expectValues(atMost: count, &log)
            log.warning(statement.place, name, .ignored(because: reason))
        }
    }

    /// A keyword for what this program does not have, and that must not be skipped.
    static func refused<Settings: Sendable>(
        _ name: String, because reason: Diagnostic.RefusalReason
    ) -> Keyword<Settings> {
        Keyword(name, mayRepeat: true, support: .refused, "") { statement, _, log in
            log.error(statement.place, name, .refused(because: reason))
        }
    }
}
