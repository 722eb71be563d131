import VRRPEngine

extension RootKeywords {
    /// Keywords about what is tracked.
    static let trackingKeywords: [Keyword<ConfigurationSettings>] = [
        file("track_file", isObsolete: false), file("vrrp_track_file", isObsolete: true), process, interfaceDelays,
        LinkbeatKeywords.interfaces, LinkbeatKeywords.polling(),
    ]

    private static func file(_ name: String, isObsolete: Bool) -> Keyword<ConfigurationSettings> {
        Keyword(
            name, values: "a name and a block", mayRepeat: true,
            // Under their old name the keywords of the block are the same, and described once.
            nested: isObsolete ? [] : FileKeywords.table.descriptions,
            isObsolete
                ? "The old name of track_file."
                : "A file with a number that instances can track; its name is unique."
        ) { statement, settings, log in
            guard let (name, block) = statement.expectNameAndBlock("a name that no other file has", &log) else {
                return
            }
            var file = FileSettings(name: name)
            file.hasErrors = log.containing { log in FileKeywords.table.read(block, into: &file, &log) }
            settings.tracked.files.append(file)
        }
    }

    private static let process = Keyword<ConfigurationSettings>(
        "vrrp_track_process", values: "a name and a block", mayRepeat: true,
        nested: ProcessKeywords.table.descriptions,
        "A program whose processes are counted, for instances to track; its name is unique."
    ) { statement, settings, log in
        guard let (name, block) = statement.expectNameAndBlock("a name that no other process has", &log) else { return }
        var process = TrackedProcessSettings(name: name)
        process.hasErrors = log.containing { log in ProcessKeywords.table.read(block, into: &process, &log) }
        settings.tracked.processes.append(process)
    }

    private static let interfaceDelays = Keyword<ConfigurationSettings>.list(
        "interface_up_down_delays", entry: InterfaceDelayEntry.allowed,
        "How many seconds an interface must be down, and up, before that counts; the second number is the first one where"
            + " it is missing."
    ) { entries, list, settings, log in
        for entry in entries {
            guard let delay = InterfaceDelayEntry.read(entry, in: list.keyword, &log),
                let earlier = settings.tracked.add(delay)
            else { continue }
            log.warning(delay.place, list.keyword, .duplicate(of: earlier, what: visible(delay.text)))
        }
    }
}
