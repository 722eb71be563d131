public import VRRP

/// Where an event stands in vrrpd's log.
public struct EventPlace: Sendable, Hashable {
    /// Its number, from 1 since vrrpd was started, without gaps.
    public var sequence: UInt64
    /// When it happened by the node's clock that never jumps, CLOCK_MONOTONIC, to the millisecond.
    public var monotonic: Instant

    /// A place.
    public init(sequence: UInt64, monotonic: Instant) {
        self.sequence = sequence
        self.monotonic = monotonic
    }
}
