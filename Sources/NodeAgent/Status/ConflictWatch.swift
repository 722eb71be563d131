public import ControlProtocol

/// Notices that somebody else uses the identifier of a virtual router, or one of its addresses.
public struct ConflictWatch: Sendable {
    /// What somebody else does, and since when.
    public struct Conflict: Hashable, Sendable {
        /// ``RouterTrouble/otherRouterHeard`` or ``RouterTrouble/otherHostHeard``.
        public var trouble: RouterTrouble
        /// The first sign of it.
        public var since: WallTime

        /// That, since then.
        public init(_ trouble: RouterTrouble, since: WallTime) {
            self.trouble = trouble
            self.since = since
        }
    }

    /// Counters of adverts that cannot be of the same virtual router as it is meant here.
    private static let adverts = [
        "contests-won", "address-list-errors", "address-list-mismatches", "interval-errors", "version-errors",
        "invalid-auth-type", "auth-type-mismatch", "auth-failures",
    ]
    /// That of ARP or neighbour advertisements of others for an address that is active here.
    private static let claims = ["address-claims"]

    private var otherRouters = ConflictSigns(counters: Self.adverts)
    private var otherHosts = ConflictSigns(counters: Self.claims)

    /// Nothing was looked at yet.
    public init() {}

    /// Takes what vrrpd says of the router now.
    ///
    /// - Parameters:
    ///   - process: the process that says it, whose counters begin with 0.
    ///   - now: when it says so. What was seen at a later time counts no more: somebody has set the clock back.
    /// - Returns: how many adverts and claims of others have come since the last look. What was counted before the first
    ///   one was told by somebody else, or never.
    @discardableResult
    public mutating func take(_ router: VirtualRouterStatus, of process: EngineProcess?, at now: WallTime) -> Int {
        let adverts = otherRouters.take(router, of: process, at: now)
        let claims = otherHosts.take(router, of: process, at: now)
        return adverts.addingReportingOverflow(claims).overflow ? Int.max : adverts + claims
    }

    /// What somebody else does; nil where nobody is there, or was lately. Of both, another router is told.
    public func conflict(at now: WallTime) -> Conflict? {
        otherRouters.beginning(at: now).map { Conflict(.otherRouterHeard, since: $0) }
            ?? otherHosts.beginning(at: now).map { Conflict(.otherHostHeard, since: $0) }
    }
}

/// Signs of one kind that somebody else uses what is a router's.
///
/// A few come with any change of the owner; what counts is that they go on.
private struct ConflictSigns: Sendable {
    /// So many within ``window`` are a conflict.
    private static let limit = 3
    /// In milliseconds.
    private static let window: Int64 = 10_000
    /// How long a conflict is told after its last sign, in milliseconds.
    private static let memory: Int64 = 60_000

    private let counters: [String]
    private var last: (process: EngineProcess?, count: UInt64)?
    private var recent = 0
    private var recentSince: WallTime?
    private var current: (since: WallTime, lastSign: WallTime)?

    init(counters: [String]) { self.counters = counters }

    /// Takes the counters of now; returns how much they have grown.
    mutating func take(_ router: VirtualRouterStatus, of process: EngineProcess?, at now: WallTime) -> Int {
        let count = counters.reduce(0) { $0 &+ router.counters[$1] }
        defer { last = (process, count) }
        guard let last else { return 0 }
        let base = last.process == process ? last.count : 0
        guard count > base else { return 0 }
        let new = Int(clamping: count - base)
        if let recentSince, (0...Self.window).contains(now - recentSince) {
            recent = min(recent, Self.limit) + min(new, Self.limit)
        } else {
            recent = new
            recentSince = now
        }
        if recent >= Self.limit {
            current = (beginning(at: now) ?? recentSince ?? now, lastSign: now)
        }
        return new
    }

    /// Since when there is a conflict; nil where there is none, or was none lately.
    func beginning(at now: WallTime) -> WallTime? {
        current.flatMap { (0..<Self.memory).contains(now - $0.lastSign) ? $0.since : nil }
    }
}

extension WallTime {
    /// The milliseconds between two moments.
    fileprivate static func - (left: Self, right: Self) -> Int64 {
        left.millisecondsSinceEpoch - right.millisecondsSinceEpoch
    }
}
