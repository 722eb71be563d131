/// A line of `track_script`, `track_file` or `track_process`: a name and, where it differs from the thing's own, a weight.
enum TrackedNameEntry {
    /// What such a line may be, for people.
    static func allowed(_ thing: String, isWide: Bool) -> String {
        "\(thing) [\(isWide ? WeightEntry.wideAllowed : WeightEntry.allowed)]"
    }

    /// What an entry tracks; nil, and reported, where the entry is wrong.
    static func read(
        _ entry: Statement, in list: String, isWide: Bool, _ log: inout DiagnosticLog
    ) -> Located<TrackedName>? {
        var reader = EntryReader(entry, in: list, &log)
        var tracked = TrackedName(name: entry.keyword)
        guard WeightEntry.read(&reader, into: &tracked.weight, of: entry, isWide: isWide, &log) else { return nil }
        return Located(tracked, at: entry.place, text: entry.keyword)
    }
}
