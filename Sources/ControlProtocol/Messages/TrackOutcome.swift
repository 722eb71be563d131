public import JSONDocument

/// What came of telling vrrpd the states of tracked objects.
public struct TrackOutcome: Sendable, Equatable {
    /// The names that no virtual router tracks, or that vrrpd itself watches, sorted; their states count for nothing, and
    /// are to be told again when definitions that track them are in force.
    public var unknown: [String]

    /// An outcome.
    public init(unknown: [String]) { self.unknown = unknown }
}

extension TrackOutcome: ControlValue {
    /// `{"unknown": […]}`.
    public var json: JSONValue { ["unknown": .array(unknown.map(JSONValue.string))] }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        unknown = try reader.member("unknown").elements { (name) throws(JSONFieldError) in try name.string() }
    }
}
