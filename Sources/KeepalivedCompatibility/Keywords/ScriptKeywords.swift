import VRRP
import VRRPEngine

/// The keywords of `vrrp_script`.
enum ScriptKeywords {
    static let table = KeywordTable<ScriptSettings>(block: "vrrp_script", [command, user, weight] + times + counts)

    private static let command = Keyword<ScriptSettings>(
        "script", values: CommandLineText.allowed, standard: "required",
        "What is run, by no shell unless it begins with `<`: an absolute path, or a name that is looked up in the usual"
            + " directories; exit status 0 is good, everything else is bad."
    ) { statement, settings, log in
        statement.expectNoBlock(&log)
        guard !statement.values.isEmpty else {
            return log.error(statement.place, statement.keyword, .valueMissing(allowed: CommandLineText.allowed))
        }
        let text = statement.values.joined(separator: " ")
        let command = CommandLineText.values(of: statement).flatMap(CommandLineText.command)
        if command == nil {
            log.error(
                statement.place, statement.keyword, .notAllowed(value: text, allowed: CommandLineText.allowed))
        }
        settings.command = Located(command ?? [], at: statement.place, text: text)
    }

    private static let user = Keyword<ScriptSettings>(
        "user", values: ScriptUserEntry.allowed, standard: "script_user",
        "Whom it runs as; in no other group than that of the user, or the one given."
    ) { statement, settings, log in
        ScriptUserEntry.read(statement, into: &settings.user, &log)
    }

    private static let weight = WeightEntry.keyword(
        standard: "0", into: \ScriptSettings.weight,
        "What it adds to the priority: a positive weight while good, a negative one while bad; with 0 the instance is out"
            + " of the election while it is bad.")

    /// More often than this, the node has nothing else to do than to start programs.
    private static let shortest = Nanoseconds.milliseconds(10)

    private static let time = ValueFormat<Nanoseconds>(allowed: "0.01 to 86400 seconds, or 0 for 1") { text in
        guard let time = ValueFormat<Nanoseconds>.seconds(from: "0", to: "86400").read(text) else { return nil }
        if time == .zero { return .seconds(1) }
        return time >= shortest ? time : nil
    }

    private static let times: [Keyword<ScriptSettings>] = [
        .value("interval", time, standard: "1", into: \.interval, "The time from one start to the next."),
        .value(
            "timeout", time, standard: "interval", into: \.timeout,
            "How long it may run; then its whole process group is ended, and it has failed."),
    ]

    private static let counts: [Keyword<ScriptSettings>] = [
        .value(
            "rise", .integer(1...1_000_000), standard: "1", into: \.rise,
            "How many successes in a row make it good; the first result of all decides alone."),
        .value(
            "fall", .integer(1...1_000_000), standard: "1", into: \.fall,
            "How many failures in a row make it bad; the first result of all decides alone."),
        .flag(
            "init_fail", into: \.startsFailed,
            "It counts as failed before its first run, and needs all successes of rise to become good."),
    ]
}
