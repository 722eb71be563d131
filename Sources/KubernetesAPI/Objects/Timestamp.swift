/// A moment, as objects write it: RFC 3339 in UTC, to the second.
public struct Timestamp: Hashable, Sendable {
    /// Microseconds since 1970.
    public var microseconds: Int64

    /// The moment that many microseconds after the beginning of 1970.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// The moment that many seconds after the beginning of 1970.
    public init(seconds: Int64) { microseconds = seconds.multipliedReportingOverflow(by: 1_000_000).partialValue }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int64 { microseconds.flooredQuotient(by: 1_000_000) }

    /// The moment that lies `duration` after `moment`.
    public static func + (moment: Self, duration: Duration) -> Self {
        let (seconds, attoseconds) = duration.components
        return Self(microseconds: moment.microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }
}

extension Timestamp: Comparable {
    /// Whether the left moment is the earlier one.
    public static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }
}

extension Timestamp: CustomStringConvertible {
    /// `2026-01-31T09:30:00Z`.
    public var description: String { text(fraction: false) }
}

extension Timestamp: Codable {
    /// Reads RFC 3339 with any offset and any fraction; what is finer than a microsecond is cut off.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let moment = Self(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(text.prefix(40))\" is no time of the form 2026-01-31T09:30:00Z")
        }
        self = moment
    }

    /// Writes RFC 3339 in UTC, to the second.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text(fraction: false))
    }
}

/// A moment with its microseconds, as Leases and Events write it.
public struct MicroTime: Hashable, Sendable, Codable {
    /// The moment.
    public var moment: Timestamp

    /// That moment.
    public init(_ moment: Timestamp) { self.moment = moment }

    /// Reads RFC 3339 like ``Timestamp``.
    public init(from decoder: any Decoder) throws { moment = try Timestamp(from: decoder) }

    /// Writes RFC 3339 in UTC with six digits of fraction.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(moment.text(fraction: true))
    }
}
