import VRRP
import VRRPEngine

/// A line of `interface_up_down_delays`: an interface and one or two lengths of time.
enum InterfaceDelayEntry {
    /// What such a line may be, for people.
    static let allowed = "INTERFACE DOWN_DELAY [UP_DELAY]"

    private static let delay = ValueFormat<Nanoseconds>.seconds(from: "0", to: "255")

    /// The delays of an entry; nil, and reported, where the entry is wrong.
    static func read(
        _ entry: Statement, in list: String, _ log: inout DiagnosticLog
    ) -> Located<InterfaceDelay>? {
        var reader = EntryReader(entry, in: list, &log)
        let format = ValueFormat<String>.interfaceName
        guard let name = format.read(entry.keyword) else {
            reader.reject(entry.keyword, allowed: format.allowed, &log)
            return nil
        }
        guard !entry.values.isEmpty else {
            log.warning(entry.place, list, .ignored(because: .noDelay))
            return nil
        }
        entry.expectValues(atMost: 2, &log)
        guard let down = reader.value(of: list, delay, &log) else { return nil }
        var up = down
        if entry.values.count > 1 {
            guard let value = reader.value(of: list, delay, &log) else { return nil }
            up = value
        }
        return Located(InterfaceDelay(interface: name, down: down, up: up), at: entry.place, text: entry.keyword)
    }
}
