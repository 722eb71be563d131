public import JSONDocument

/// What came of telling vrrpd the states of tracked objects.
public struct TrackOutcome: Sendable, Equatable {
    /// The names that no virtual router tracks, or that vrrpd itself watches, sorted; their states count for nothing, and
    /// are to be told again when definitions that track them are in force.
    public var unknown: [String]

    /// An outcome.
    public init(unknown: [String]) { self.unknown = unknown }
}

extension TrackOutcome {
    /// A sentence for people about each unknown name, without a full stop.
    public var complaints: [String] {
        unknown.map { "no virtual router tracks \($0); vrrpctl status --json lists what is tracked as trackedObjects" }
    }
}

extension TrackOutcome: ControlValue {
    /// `{"unknown": […]}`.
    public var json: JSONValue { ["unknown": .array(unknown.map(JSONValue.string))] }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        unknown = try reader.member("unknown").elements { (name) throws(JSONFieldError) in try name.string() }
    }
}
