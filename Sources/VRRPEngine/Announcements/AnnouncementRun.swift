import VRRP

/// The rounds of announcements that one event causes: when each is due, and which addresses it covers.
struct AnnouncementRun: Sendable {
    /// When the event happened.
    var start: Instant
    /// When each round is due, as the time since the start, ascending.
    var offsets: [Nanoseconds]
    /// The next round.
    var next = 0
    /// The addresses to announce; nil for all of the router.
    var only: Set<IPAddress>?
    /// A contest caused it; the next contest replaces it.
    var followsContest = false

    /// When the next round is due; nil after the last.
    var deadline: Instant? { next < offsets.count ? start + offsets[next] : nil }
}

/// What a pace of announcements is kept for: an interface, or a group of interfaces that share one.
struct AnnouncementPaceKey: Hashable, Sendable {
    enum Place: Hashable, Sendable {
        case interface(Int32)
        case group(Int)
    }

    var place: Place
    var family: AddressFamily
}

/// A round that is being sent.
struct AnnouncementRound: Sendable {
    /// The virtual router.
    var slot: Int
    /// The address to announce next, as its place among those of the router.
    var position = 0
    /// The addresses to announce; nil for all of the router.
    var only: Set<IPAddress>?
    /// Whether the same event has announced the addresses already. Such a round waits for all others: an address that
    /// neighbours have yet to hear of matters more than one that they are told of again.
    var isRepetition = false
    /// Before when nothing of it can be sent: spacing, or an address that the kernel has yet to configure.
    var blockedUntil = Instant.zero
}
