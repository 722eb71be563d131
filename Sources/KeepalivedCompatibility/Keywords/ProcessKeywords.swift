import VRRP
import VRRPEngine

/// The keywords of `vrrp_track_process`.
enum ProcessKeywords {
    static let table = KeywordTable<TrackedProcessSettings>(
        block: "vrrp_track_process", [command, parameterMatch, weight] + counts + delays + [fullCommand])

    private static let command = Keyword<TrackedProcessSettings>(
        "process", values: "PROGRAM [PARAMETER ...]", standard: "required",
        "The name that processes have, or with parameters the first word of their command line, to the letter."
    ) { statement, settings, log in
        statement.expectNoBlock(&log)
        guard let name = statement.values.first, !name.isEmpty else {
            return log.error(statement.place, statement.keyword, .valueMissing(allowed: "the name of a program"))
        }
        let length = statement.values.reduce(0) { $0 + $1.utf8.count + 1 }
        guard length <= TrackedProcessDefinition.longestCommand else {
            let allowed = "at most \(TrackedProcessDefinition.longestCommand) octets"
            return log.error(statement.place, statement.keyword, .notAllowed(value: name, allowed: allowed))
        }
        settings.command = Located(
            statement.values, at: statement.place, text: statement.values.joined(separator: " "))
    }

    private static let parameterMatch = Keyword<TrackedProcessSettings>(
        "param_match", values: "nothing, initial or partial", standard: "the same parameters",
        "partial: further parameters may follow; initial: and the last one may be longer; nothing: the same, and none where"
            + " process has none."
    ) { statement, settings, log in
        statement.expectNoBlock(&log)
        statement.expectValues(atMost: 1, &log)
        let match: TrackedProcessDefinition.ParameterMatch
        switch statement.values.first {
        case nil: match = .exact
        case "initial"?: match = .beginning
        case "partial"?: match = .first
        case let word?:
            return log.error(
                statement.place, statement.keyword, .notAllowed(value: word, allowed: "nothing, initial or partial"))
        }
        settings.parameterMatch = Located(match, at: statement.place, text: statement.keyword)
    }

    private static let weight = WeightEntry.keyword(
        standard: "1", isWide: true, into: \TrackedProcessSettings.weight,
        "What it adds to the priority: a positive weight while enough processes run, a negative one while not; with 0 the"
            + " instance is out of the election while not.")

    private static let counts: [Keyword<TrackedProcessSettings>] = [
        .value(
            "quorum", .integer(1...65_535), standard: "1", into: \.quorum, "How many processes must run at least."),
        .value(
            "quorum_max", .integer(0...65_535), standard: "any number", into: \.largestQuorum,
            "How many may run at most; 0 for none at all."),
    ]

    private static let delay = ValueFormat<Nanoseconds>.seconds(from: "0.000001", to: "3600")

    private static let delays: [Keyword<TrackedProcessSettings>] = [
        .value(
            "terminate_delay", delay, standard: "0", into: \.terminateDelay,
            "How many seconds there must be too few, or no longer too many, before that counts."),
        .value(
            "fork_delay", delay, standard: "0", into: \.forkDelay,
            "How many seconds there must be enough, or too many, before that counts."),
        .value("delay", delay, standard: "0", "Both of these delays.") { settings, delay in
            settings.terminateDelay = delay
            settings.forkDelay = delay
        },
    ]

    private static let fullCommand: Keyword<TrackedProcessSettings> = .flag(
        "full_command", into: \.matchesCommandLine,
        "The name is the first word of the command line even without parameters, not the name of the process.")
}
