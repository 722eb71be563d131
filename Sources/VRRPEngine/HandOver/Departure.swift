public import VRRP

/// How far a router is that hands over before it leaves; its addresses are on their interfaces all the time.
public struct Departure: Hashable, Sendable {
    /// What it waits for.
    public var phase: Phase
    /// When the hand-over began.
    public var since: Instant
    /// When it waits no longer.
    public var until: Instant

    /// A phase that lasts until a moment.
    public init(phase: Phase, since: Instant, until: Instant) {
        self.phase = phase
        self.since = since
        self.until = until
    }

    /// The phases in their order; without a need for it a router leaves ``resigned`` out.
    public enum Phase: String, Hashable, Sendable, CaseIterable {
        /// Active with the lowest priority: waits for a better router to take over.
        case offering
        /// Gave up with priority 0: waits for any router to take over.
        case resigned
        /// Another router is active: waits until its announcements have landed everywhere.
        case lingering
    }
}
