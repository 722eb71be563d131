import VRRPEngine

/// The keywords of `track_file` outside of blocks.
enum FileKeywords {
    static let table = KeywordTable<FileSettings>(
        block: "track_file",
        [
            .value(
                "file", path, standard: "required", into: \.path,
                "The file; it may come, go and be replaced at any time, and without it the number is 0."),
            WeightEntry.keyword(
                standard: "1", isWide: true, into: \.weight,
                "What the number is multiplied by before it is added to the priority; with 0 the number must be 0."),
            initialContent,
        ])

    private static let path = ValueFormat<String>(allowed: "an absolute path of at most 4095 octets") { text in
        text.utf8.first == UInt8(ascii: "/") && text.utf8.count <= 4095 ? text : nil
    }

    private static let initialContent = Keyword<FileSettings>(
        "init_file", values: "nothing, or a number of -254 to 254, and overwrite", standard: "left to others",
        "The file is made with this number, else 0, where there is none; with overwrite the start writes it in any case."
    ) { statement, settings, log in
        statement.expectNoBlock(&log)
        var content = TrackedFileDefinition.InitialContent()
        for word in statement.values {
            if word == "overwrite" {
                content.overwrites = true
            } else if let number = WeightEntry.wideFormat.read(word) {
                content.number = number
            } else {
                log.error(
                    statement.place, statement.keyword,
                    .notAllowed(value: word, allowed: "\(WeightEntry.wideFormat.allowed), or overwrite"))
            }
        }
        settings.initialContent = Located(content, at: statement.place, text: statement.keyword)
    }
}
