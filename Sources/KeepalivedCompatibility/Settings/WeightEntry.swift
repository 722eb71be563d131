/// What stands behind the name of something tracked: `weight -253...253 [reverse|noreverse]`.
enum WeightEntry {
    /// What it may be, for people.
    static let allowed = "weight -253...253 [reverse|noreverse]"

    /// keepalived takes 254 and uses 253, so configurations have it.
    static let format = ValueFormat<Int>(allowed: "-253 to 253") { text in
        Int(text).flatMap { (-254...254).contains($0) ? $0 : nil }
    }

    /// The same for what has a weight of up to 254.
    static let wideAllowed = "weight -254...254 [reverse|noreverse]"
    static let wideFormat = ValueFormat<Int>.integer(-254...254)

    /// The weight within its limits; reported where it was beyond them.
    static func limited(_ weight: Int, _ keyword: String, at place: SourcePlace, _ log: inout DiagnosticLog) -> Int {
        let limited = max(-253, min(253, weight))
        guard limited != weight else { return weight }
        let problem = Diagnostic.Problem.changed(
            value: String(weight), to: String(limited), because: .nearestAllowed)
        log.warning(place, keyword, problem)
        return limited
    }

    /// Reads the rest of an entry; false, and reported, where it is wrong.
    static func read(
        _ reader: inout EntryReader, into settings: inout WeightSettings, of entry: Statement, isWide: Bool = false,
        _ log: inout DiagnosticLog
    ) -> Bool {
        while let option = reader.next() {
            switch option {
            case "weight":
                guard let weight = reader.value(of: option, isWide ? wideFormat : format, &log) else { return false }
                settings.weight = isWide ? weight : limited(weight, option, at: entry.place, &log)
            case "reverse": settings.isReversed = true
            case "noreverse": settings.isReversed = false
            default:
                reader.reject(option, allowed: "weight, reverse or noreverse", &log)
                return false
            }
        }
        return true
    }

    /// The keyword `weight` of a block, where no instance says another one.
    static func keyword<Settings: Sendable>(
        standard: String, isWide: Bool = false, into field: any WritableKeyPath<Settings, WeightSettings> & Sendable,
        _ summary: String
    ) -> Keyword<Settings> {
        let format = isWide ? wideFormat : format
        return Keyword(
            "weight", values: "\(format.allowed) and reverse or noreverse", standard: standard, summary
        ) { statement, settings, log in
            statement.expectNoBlock(&log)
            guard let text = statement.values.first else {
                return log.error(statement.place, statement.keyword, .valueMissing(allowed: format.allowed))
            }
            guard let weight = format.read(text) else {
                return log.error(statement.place, statement.keyword, .notAllowed(value: text, allowed: format.allowed))
            }
            settings[keyPath: field].weight =
                isWide ? weight : limited(weight, statement.keyword, at: statement.place, &log)
            statement.expectValues(atMost: 2, &log)
            switch statement.values.dropFirst().first {
            case nil, "noreverse": settings[keyPath: field].isReversed = false
            case "reverse": settings[keyPath: field].isReversed = true
            case let word?:
                log.error(
                    statement.place, statement.keyword, .notAllowed(value: word, allowed: "reverse or noreverse"))
            }
        }
    }
}
