public import VRRP

/// The other routers of a virtual router that were heard lately.
///
/// Of a bounded number, for anybody may send; once there are so many, the one that was silent for the longest makes room.
/// An advert costs no allocation except the first of a router that is new.
struct HeardRouters: Sendable {
    /// More nodes than adverts of one virtual router come from.
    static let capacity = 8

    private(set) var routers: [HeardRouter] = []
    /// The router that was active when last heard of any, and since when no other one was; nil while that one is this node's.
    private(set) var active: (router: IPAddress, since: Instant)?

    /// Takes in that an accepted advert came.
    ///
    /// - Parameter isContest: whether this node's router is active, so that the sender is not, but a second one that says so.
    mutating func note(_ source: IPAddress, priority: UInt8, isContest: Bool, at now: Instant) {
        if !isContest { noteActive(source, priority: priority, at: now) }
        var place = 0
        while place < routers.count, routers[place].address != source { place += 1 }
        guard place < routers.count else { return add(source, priority, now) }
        routers[place].lastHeard = now
        if priority > 0 { routers[place].priority = priority }
    }

    private mutating func noteActive(_ source: IPAddress, priority: UInt8, at now: Instant) {
        if priority == 0 {
            if active?.router == source { active = nil }
        } else if active?.router != source {
            active = (source, now)
        }
    }

    /// Takes in that this node's router is active itself.
    mutating func noteOwnPart() { active = nil }

    /// Takes in that this node's router is not active any more, for a router that is where the reason names one.
    mutating func noteEndOfOwnPart(_ reason: TransitionReason, at now: Instant) {
        switch reason {
        case .higherPriority(let router, _), .higherAddress(let router): active = (router, now)
        default: active = nil
        }
    }

    private mutating func add(_ source: IPAddress, _ priority: UInt8, _ now: Instant) {
        // Who is first heard when it gives up has told no priority that could be compared.
        guard priority > 0 else { return }
        let router = HeardRouter(address: source, priority: priority, lastHeard: now)
        guard routers.count == Self.capacity else { return routers.append(router) }
        var oldest = 0
        for place in routers.indices where routers[place].lastHeard < routers[oldest].lastHeard { oldest = place }
        routers[oldest] = router
    }
}

/// Another router of a virtual router, as its adverts told.
public struct HeardRouter: Hashable, Sendable {
    /// Where its adverts come from.
    public var address: IPAddress
    /// The priority that it advertised last, other than 0.
    public var priority: UInt8
    /// When its last advert came.
    public var lastHeard: Instant
}
