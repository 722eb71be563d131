public import VRRP

/// The counters of one virtual router (RFC 8347, `statistics`; RFC 6527).
public struct RouterStatistics: Sendable, Equatable {
    /// Adverts that passed every check.
    public var advertisementsReceived: UInt64 = 0
    /// Adverts sent; one for each peer when they go by unicast.
    public var advertisementsSent: UInt64 = 0
    /// Valid adverts of priority 0.
    public var priorityZeroReceived: UInt64 = 0
    /// Adverts of priority 0 sent.
    public var priorityZeroSent: UInt64 = 0
    /// How often the router became active.
    public var becameActive: UInt64 = 0
    /// How often it stopped being active.
    public var leftActive: UInt64 = 0
    /// Announcements sent, gratuitous ARP and neighbour advertisements together.
    public var announcementsSent: UInt64 = 0
    /// Adverts of another router that were heard while active and lost the contest.
    public var contestsWon: UInt64 = 0
    /// Adverts of another router, of any priority but 0, that were heard while active: two were at the same time.
    public var advertisementsWhileActive: UInt64 = 0
    /// Adverts in which somebody else claims the router's own address, or to own the virtual addresses as it does.
    public var addressConflicts: UInt64 = 0
    /// How often somebody else claimed an address of the router by ARP or a neighbour advertisement while it was active.
    public var addressClaims: UInt64 = 0
    /// Accepted adverts whose address list differs from the configured one.
    public var addressListMismatches: UInt64 = 0
    /// Accepted adverts whose interval differs from the configured one.
    public var intervalMismatches: UInt64 = 0
    /// Addresses that somebody else removed and the engine put back.
    public var addressesRestored: UInt64 = 0
    /// Accepted adverts by the form of their checksum.
    public var checksumForms = ChecksumFormCounters()
    /// Discarded adverts by reason.
    public var discards = DiscardCounters()
}

/// How many accepted adverts had each form of checksum.
public struct ChecksumFormCounters: Sendable, Equatable {
    /// With pseudo-header.
    public var pseudoHeader: UInt64 = 0
    /// The message alone.
    public var messageOnly: UInt64 = 0
    /// With the pseudo-header of the group although unicast.
    public var pseudoHeaderOfGroup: UInt64 = 0

    mutating func count(_ form: ChecksumForm) {
        switch form {
        case .pseudoHeader: pseudoHeader += 1
        case .messageOnly: messageOnly += 1
        case .pseudoHeaderOfGroup: pseudoHeaderOfGroup += 1
        }
    }
}

/// A counter for each reason to discard a packet.
public struct DiscardCounters: Sendable, Equatable {
    private var counts = [UInt64](repeating: 0, count: DiscardReason.allCases.count)

    /// All counters at zero.
    public init() {}

    /// The counter of a reason.
    public subscript(reason: DiscardReason) -> UInt64 { counts[reason.ordinal] }

    /// The sum over all reasons.
    public var total: UInt64 { counts.reduce(0, +) }

    mutating func count(_ reason: DiscardReason) { counts[reason.ordinal] += 1 }
}

extension DiscardReason {
    /// The place of the reason among all of them, from 0.
    var ordinal: Int {
        switch self {
        case .ipHeader: 0
        case .destination: 1
        case .source: 2
        case .hopLimit: 3
        case .length: 4
        case .version: 5
        case .type: 6
        case .virtualRouterID: 7
        case .checksum: 8
        case .addressList: 9
        case .interval: 10
        case .authenticationType: 11
        case .authenticationMismatch: 12
        case .authenticationFailure: 13
        }
    }
}
