/// A line of `track_script`: the name of a script and, where it differs from the script's own, a weight.
enum TrackedScriptEntry {
    /// What such a line may be, for people.
    static let allowed = "SCRIPT [\(WeightEntry.allowed)]"

    /// The script of an entry; nil, and reported, where the entry is wrong.
    static func read(_ entry: Statement, in list: String, _ log: inout DiagnosticLog) -> Located<TrackedScript>? {
        var reader = EntryReader(entry, in: list, &log)
        var tracked = TrackedScript(name: entry.keyword)
        guard WeightEntry.read(&reader, into: &tracked.weight, of: entry, &log) else { return nil }
        return Located(tracked, at: entry.place, text: entry.keyword)
    }
}
