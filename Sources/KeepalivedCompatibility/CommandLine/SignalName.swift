/// The signals that keepalived reacts to, by the names of `--signum`.
enum SignalName {
    /// The numbers of Linux; those of real-time signals are the ones that glibc leaves to programs, which exporters
    /// have written into their code.
    private static let signals: KeyValuePairs<String, Int32> = [
        "STOP": 15, "RELOAD": 1, "DATA": 10, "STATS": 12, "STATS_CLEAR": 63, "JSON": 36,
    ]

    /// All names.
    static let names = signals.map(\.key)

    /// The number of a signal; nil for an unknown name.
    static func number(_ name: String) -> Int32? { signals.first { $0.key == name }?.value }
}
