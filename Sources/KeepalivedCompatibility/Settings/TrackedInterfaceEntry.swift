/// A line of `track_interface`: a name and, where it only changes the priority, a weight.
enum TrackedInterfaceEntry {
    /// What such a line may be, for people.
    static let allowed = "INTERFACE [\(WeightEntry.allowed)]"

    /// The interface of an entry; nil, and reported, where the entry is wrong.
    static func read(_ entry: Statement, in list: String, _ log: inout DiagnosticLog) -> Located<TrackedInterface>? {
        var reader = EntryReader(entry, in: list, &log)
        let format = ValueFormat<String>.interfaceName
        guard let name = format.read(entry.keyword) else {
            reader.reject(entry.keyword, allowed: format.allowed, &log)
            return nil
        }
        var tracked = TrackedInterface(name: name)
        guard WeightEntry.read(&reader, into: &tracked.weight, of: entry, &log) else { return nil }
        return Located(tracked, at: entry.place, text: entry.keyword)
    }
}
