/// What stands behind the name of something tracked: `weight -253...253 [reverse|noreverse]`.
enum WeightEntry {
    /// What it may be, for people.
    static let allowed = "weight -253...253 [reverse|noreverse]"

    /// keepalived takes 254 and uses 253, so configurations have it.
    static let format = ValueFormat<Int>(allowed: "-253 to 253") { text in
        Int(text).flatMap { (-254...254).contains($0) ? $0 : nil }
    }

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
        _ reader: inout EntryReader, into settings: inout WeightSettings, of entry: Statement,
        _ log: inout DiagnosticLog
    ) -> Bool {
        while let option = reader.next() {
            switch option {
            case "weight":
                guard let weight = reader.value(of: option, format, &log) else { return false }
                settings.weight = limited(weight, option, at: entry.place, &log)
            case "reverse": settings.isReversed = true
            case "noreverse": settings.isReversed = false
            default:
                reader.reject(option, allowed: "weight, reverse or noreverse", &log)
                return false
            }
        }
        return true
    }
}
