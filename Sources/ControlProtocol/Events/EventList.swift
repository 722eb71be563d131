public import JSONDocument

/// Events of vrrpd's log, oldest first.
public struct EventList: Sendable, Equatable {
    /// The events.
    public var events: [TimedReport]
    /// How many events before these were asked for, but have made room for newer ones.
    public var missed: UInt64
    /// The number of the newest event; 0 while there is none. Less than what was asked for after a restart of vrrpd.
    public var last: UInt64

    /// Some events.
    public init(events: [TimedReport], missed: UInt64, last: UInt64) {
        self.events = events
        self.missed = missed
        self.last = last
    }
}

extension EventList: ControlValue {
    /// `{"missed": 0, "last": 12, "events": […]}`.
    public var json: JSONValue {
        [
            "missed": .integer(Int64(clamping: missed)), "last": .integer(Int64(clamping: last)),
            "events": .array(events.map(\.json)),
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        missed = try reader.member("missed").integer()
        last = try reader.member("last").integer()
        events = try reader.member("events").elements(TimedReport.init)
    }
}
