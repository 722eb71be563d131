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
                    guard let tracked = TrackedNameEntry.read(entry, in: list.keyword, isWide: isWide, &log),
                        let earlier = target[keyPath: settings].add(tracked, kind)
                    else { continue }
                    log.warning(tracked.place, kind.list, .duplicate(of: earlier, what: visible(tracked.text)))
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
