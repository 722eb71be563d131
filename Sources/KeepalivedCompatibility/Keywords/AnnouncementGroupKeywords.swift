/// The keywords of `garp_group`.
enum AnnouncementGroupKeywords {
    static let table = KeywordTable<AnnouncementGroupSettings>(
        block: "garp_group",
        [
            .value(
                "garp_interval", .seconds(from: "0", to: "2147"), standard: "that of each interface",
                into: \.gratuitousARPSpacing,
                "The least seconds between two gratuitous ARP frames on all interfaces of the group."),
            .value(
                "gna_interval", .seconds(from: "0", to: "2147"), standard: "that of each interface",
                into: \.neighborAdvertisementSpacing,
                "The least seconds between two unsolicited neighbour advertisements on all interfaces of the group."),
            Keyword(
                "interface", values: ValueFormat<String>.interfaceName.allowed, mayRepeat: true,
                "An interface of the group."
            ) { statement, group, log in
                statement.expectNoBlock(&log)
                statement.expectValues(atMost: 1, &log)
                guard let text = statement.values.first else {
                    let allowed = ValueFormat<String>.interfaceName.allowed
                    return log.error(statement.place, "interface", .valueMissing(allowed: allowed))
                }
                add(text, of: statement, to: &group, &log)
            },
            .list("interfaces", entry: "INTERFACE ...", "The interfaces of the group, one or several a line.") {
                entries, _, group, log in
                for entry in entries {
                    entry.expectNoBlock(&log)
                    for text in [entry.keyword] + entry.values { add(text, of: entry, to: &group, &log) }
                }
            },
        ])

    private static func add(
        _ text: String, of statement: Statement, to group: inout AnnouncementGroupSettings, _ log: inout DiagnosticLog
    ) {
        let format = ValueFormat<String>.interfaceName
        guard let name = format.read(text) else {
            return log.error(statement.place, "garp_group", .notAllowed(value: text, allowed: format.allowed))
        }
        group.interfaces.append(Located(name, at: statement.place, text: text))
    }
}
