public import JSONDocument
public import VRRP
public import VRRPEngine

/// How far a virtual router is with handing over before it leaves.
public struct HandOverStatus: Sendable, Equatable {
    /// What it waits for.
    public var phase: Departure.Phase
    /// Until it waits no longer, to the millisecond.
    public var remaining: Nanoseconds

    init(_ departure: Departure, at now: Instant) {
        phase = departure.phase
        remaining = (departure.until - now).wholeMilliseconds
    }
}

extension HandOverStatus: ControlValue {
    /// `{"phase": …, "remainingMilliseconds": …}`.
    public var json: JSONValue {
        ["phase": .string(phase.rawValue), "remainingMilliseconds": remaining.jsonMilliseconds]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        phase = try reader.member("phase").oneOf(Departure.Phase.self)
        remaining = try reader.member("remainingMilliseconds").milliseconds()
    }
}
