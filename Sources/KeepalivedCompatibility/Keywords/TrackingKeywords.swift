/// The lists of things that are tracked by name, which instances and groups have alike.
enum TrackingKeywords {
    /// - Parameter whom: whose priority a weight changes, for people.
    static func keywords<Settings: Sendable>(
        at settings: any WritableKeyPath<Settings, TrackingSettings> & Sendable, whom: String
    ) -> [Keyword<Settings>] {
        func list(_ kind: TrackedKind, _ thing: String, isWide: Bool, _ summary: String) -> Keyword<Settings> {
            .list(kind.list, entry: TrackedNameEntry.allowed(thing, isWide: isWide), summary) {
                entries, list, target, log in
                for entry in entries {
                    let tracked = TrackedNameEntry.read(entry, in: list.keyword, isWide: isWide, &log)
                    if let tracked { target[keyPath: settings].add(tracked, kind, &log) }
                }
            }
        }
        return [
            list(
                .script, "SCRIPT", isWide: false,
                "Scripts that must be good; with a weight, here or in the script, they change the priority \(whom) instead."
            ),
            list(
                .file, "FILE", isWide: true,
                "Files whose number, times the weight here or in the file's block, is added to the priority \(whom); with"
                    + " weight 0 the number must be 0."),
            list(
                .process, "PROCESS", isWide: true,
                "Programs that must run; with a weight, here or in the process's block, they change the priority \(whom)"
                    + " instead."),
        ]
    }
}

extension TrackingSettings {
    /// Adds an entry, unless the name stands there already.
    fileprivate mutating func add(_ tracked: Located<TrackedName>, _ kind: TrackedKind, _ log: inout DiagnosticLog) {
        guard let earlier = entries[kind]?.first(where: { $0.value.name == tracked.value.name }) else {
            entries[kind, default: []].append(tracked)
            return
        }
        log.warning(tracked.place, kind.list, .duplicate(of: earlier.place, what: visible(tracked.text)))
    }
}
