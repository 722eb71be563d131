/// A length of time in whole nanoseconds; the unit in which the state machine computes (RFC 9568, section 6.1).
public struct Nanoseconds: Hashable, Comparable, Sendable, AdditiveArithmetic {
    /// The number of nanoseconds; may be negative.
    public var rawValue: Int64

    /// A length of `rawValue` nanoseconds.
    @inlinable public init(_ rawValue: Int64) { self.rawValue = rawValue }

    /// A length of whole seconds.
    @inlinable public static func seconds(_ count: Int64) -> Nanoseconds { Nanoseconds(count * 1_000_000_000) }
    /// A length of whole milliseconds.
    @inlinable public static func milliseconds(_ count: Int64) -> Nanoseconds { Nanoseconds(count * 1_000_000) }
    /// A length of whole microseconds.
    @inlinable public static func microseconds(_ count: Int64) -> Nanoseconds { Nanoseconds(count * 1_000) }

    /// No time at all.
    @inlinable public static var zero: Nanoseconds { Nanoseconds(0) }
    /// The sum of two lengths.
    @inlinable public static func + (left: Self, right: Self) -> Self { Nanoseconds(left.rawValue + right.rawValue) }
    /// The difference of two lengths.
    @inlinable public static func - (left: Self, right: Self) -> Self { Nanoseconds(left.rawValue - right.rawValue) }
    /// A multiple of a length.
    @inlinable public static func * (left: Self, right: Int64) -> Self { Nanoseconds(left.rawValue * right) }
    /// A fraction of a length, rounded towards zero.
    @inlinable public static func / (left: Self, right: Int64) -> Self { Nanoseconds(left.rawValue / right) }
    /// Whether the left length is the shorter one.
    @inlinable public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The length in seconds, rounded to a binary fraction; for people and metrics, never for timers.
    @inlinable public var inSeconds: Double { Double(rawValue) / 1e9 }
}

/// A point in time on a clock that never steps back, in nanoseconds since an arbitrary start (CLOCK_MONOTONIC on Linux).
public struct Instant: Hashable, Comparable, Sendable {
    /// Nanoseconds since the start of the clock.
    public var rawValue: Int64

    /// The point `rawValue` nanoseconds after the start of the clock.
    @inlinable public init(_ rawValue: Int64) { self.rawValue = rawValue }

    /// The start of the clock.
    @inlinable public static var zero: Instant { Instant(0) }
    /// Later than any point that a deadline can name.
    @inlinable public static var distantFuture: Instant { Instant(.max) }

    /// The point that lies a length later.
    @inlinable public static func + (left: Self, right: Nanoseconds) -> Self { Instant(left.rawValue + right.rawValue) }
    /// The point that lies a length earlier.
    @inlinable public static func - (left: Self, right: Nanoseconds) -> Self { Instant(left.rawValue - right.rawValue) }
    /// How much later the left point lies.
    @inlinable public static func - (left: Self, right: Self) -> Nanoseconds {
        Nanoseconds(left.rawValue - right.rawValue)
    }
    /// Whether the left point lies before the right one.
    @inlinable public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
