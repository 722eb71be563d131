extension GlobalKeywords {
    /// Keywords about what is tracked.
    static let trackingKeywords: [Keyword<GlobalSettings>] = [
        .unused("process_monitor_rcv_bufs", .integer(0...Int(Int32.max)), monitorBuffer),
        .accepted("process_monitor_rcv_bufs_force", switching: monitorBuffer),
    ]

    private static let monitorBuffer =
        "Accepted: lost news of processes lead to a look at all of them, so the buffer needs no size."
}

extension Keyword {
    /// A keyword whose value must be right and then changes nothing.
    fileprivate static func unused<Value: Sendable>(
        _ name: String, _ format: ValueFormat<Value>, _ summary: String
    ) -> Self {
        .value(name, format, summary) { _, _ in }
    }
}
