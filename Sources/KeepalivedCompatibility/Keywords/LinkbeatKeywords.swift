/// The keywords that let keepalived ask drivers for the state of a link again and again.
///
/// Here the kernel tells of every change by netlink, which all drivers do since long ago. So nothing is asked, and what
/// these keywords want, to hear of a link that goes, is had without them.
enum LinkbeatKeywords {
    /// The ways to ask that keepalived knows.
    private static let ways = ["MII", "ETHTOOL", "IOCTL"]

    /// `linkbeat_use_polling`.
    static func polling<Settings: Sendable>() -> Keyword<Settings> {
        Keyword(
            "linkbeat_use_polling",
            "Accepted: the kernel tells of each change of a link, so no driver needs to be asked."
        ) { statement, _, log in
            statement.expectNoBlock(&log)
            statement.expectValues(atMost: 0, &log)
        }
    }

    /// `linkbeat_interfaces`.
    static let interfaces = Keyword<ConfigurationSettings>.list(
        "linkbeat_interfaces", entry: "INTERFACE [\(ways.joined(separator: "|"))]",
        "Accepted: the kernel tells of each change of a link, so no driver needs to be asked."
    ) { entries, list, _, log in
        for entry in entries {
            var reader = EntryReader(entry, in: list.keyword, &log)
            let format = ValueFormat<String>.interfaceName
            if format.read(entry.keyword) == nil { reader.reject(entry.keyword, allowed: format.allowed, &log) }
            while let word = reader.next() {
                if !ways.contains(word) { reader.reject(word, allowed: ways.joined(separator: ", "), &log) }
            }
        }
    }
}
