/// A line of `track_interface`: a name and, where it only changes the priority, a weight.
enum TrackedInterfaceEntry {
    /// What such a line may be, for people.
    static let allowed = "INTERFACE [weight -253...253 [reverse|noreverse]]"

    /// The interface of an entry; nil, and reported, where the entry is wrong.
    static func read(_ entry: Statement, in list: String, _ log: inout DiagnosticLog) -> Located<TrackedInterface>? {
        var reader = EntryReader(entry, in: list, &log)
        let format = ValueFormat<String>.interfaceName
        guard let name = format.read(entry.keyword) else {
            reader.reject(entry.keyword, allowed: format.allowed, &log)
            return nil
        }
        var tracked = TrackedInterface(name: name)
        while let option = reader.next() {
            switch option {
            case "weight":
                guard let weight = reader.value(of: option, weight, &log) else { return nil }
                tracked.weight = max(-253, min(253, weight))
                if tracked.weight != weight {
                    let problem = Diagnostic.Problem.changed(
                        value: String(weight), to: String(tracked.weight), because: .nearestAllowed)
                    log.warning(entry.place, option, problem)
                }
            case "reverse": tracked.isReversed = true
            case "noreverse": tracked.isReversed = false
            default:
                reader.reject(option, allowed: "weight, reverse or noreverse", &log)
                return nil
            }
        }
        return Located(tracked, at: entry.place, text: entry.keyword)
    }

    /// keepalived takes 254 and uses 253, so configurations have it.
    private static let weight = ValueFormat<Int>(allowed: "-253 to 253") { text in
        Int(text).flatMap { (-254...254).contains($0) ? $0 : nil }
    }
}
